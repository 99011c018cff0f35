package import Events
import Synchronization

extension ReadingStore {
    /// Keeps a draft, in place of an earlier one at the same place. On disk when it returns.
    /// - Throws: `SavingRefusal`.
    package func save(_ text: DraftText, at place: DraftPlace, of member: MemberID, at now: Instant) throws {
        guard text.size <= Draft.mostBytes else { throw SavingRefusal.draftTooLong }
        try saving(for: member) { file in
            if try file.draft(at: place, of: member) == nil {
                guard try file.countDrafts(of: member) < Draft.most else { throw SavingRefusal.tooManyDrafts }
            }
            let sealed = try key(of: member, in: file).seal(
                text.recorded, as: ReadingStore.sealedKind(of: place), at: place.id)
            try file.put(ReadingFile.DraftRow(place: place, saved: now, sealed: sealed), of: member)
        }
    }

    package func draft(at place: DraftPlace, of member: MemberID) throws -> Draft? {
        guard try savedPlaces(of: member).drafts.contains(place) else { return nil }
        return try file.withLock { file in
            guard let file, let row = try file.draft(at: place, of: member) else { return nil }
            return try existingKey(of: member, in: file).map { try ReadingStore.opened(row, with: $0) }
        }
    }

    /// The drafts of a member, the latest first.
    package func drafts(of member: MemberID) throws -> [Draft] {
        try file.withLock { file in
            guard let file, case let rows = try file.drafts(of: member), !rows.isEmpty,
                let key = try existingKey(of: member, in: file)
            else { return [] }
            return try rows.map { try ReadingStore.opened($0, with: key) }
        }
    }

    /// Deletes a draft, which leaves no trace in the file; does nothing without one.
    package func removeDraft(at place: DraftPlace, of member: MemberID) throws {
        guard isServing, try savedPlaces(of: member).drafts.contains(place) else { return }
        try removing(of: member) { try $0.removeDraft(at: place, of: member) }
    }

    /// Deletes all drafts of a member.
    package func removeDrafts(of member: MemberID) throws {
        guard isServing, try !savedPlaces(of: member).drafts.isEmpty else { return }
        try removing(of: member) { try $0.removeDrafts(of: member) }
    }

    /// Deletes the drafts that were last saved until a time.
    /// - Returns: how many were deleted; 0 if no site serves.
    @discardableResult
    package func pruneDrafts(savedUntil limit: Instant) throws -> Int {
        guard isServing else { return 0 }
        return try writing { file in
            let count = try file?.pruneDrafts(savedUntil: limit) ?? 0
            if count > 0 { forgetSaved() }
            return count
        }
    }

    /// The number of drafts that `pruneDrafts` would delete; 0 if no site serves.
    package func countDrafts(savedUntil limit: Instant) throws -> Int {
        isServing ? try file.withLock { try $0?.countDrafts(savedUntil: limit) ?? 0 } : 0
    }

    /// When the draft that is kept for the longest time was last saved.
    package func oldestDraft() throws -> Instant? { try file.withLock { try $0?.oldestDraft() } }

    package func membersWithDrafts() throws -> [MemberID] { try file.withLock { try $0?.membersWithDrafts() ?? [] } }

    /// Runs a deletion, and empties the write-ahead log, in which the deleted rows would remain.
    func removing(of member: MemberID, _ body: (ReadingFile) throws -> Void) throws {
        try writing { file in
            guard let file else { return }
            defer { forgetSaved(of: member) }
            try body(file)
            // Does not wait for a backup that is being made, which has the rows in any case; the hourly run empties it again.
            try file.emptyWriteAheadLogIfUnused()
        }
    }

    private static func sealedKind(of place: DraftPlace) -> String { "draft-\(place.kind.rawValue)" }

    private static func opened(_ row: ReadingFile.DraftRow, with key: MemberKey) throws -> Draft {
        let text = try key.open(row.sealed, as: sealedKind(of: row.place), at: row.place.id)
        return Draft(place: row.place, text: try DraftText(recorded: text), saved: row.saved)
    }
}
