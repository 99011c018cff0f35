package import Events

/// The members a reported text concerns, in addition to the parties of its case. Injected: only the forum knows its authors.
package struct ReportedText: Hashable, Sendable {
    package let author: MemberID?
    /// Each removal of the text.
    package let removals: [Removal]

    package struct Removal: Hashable, Sendable {
        package let by: MemberID
        package let at: Instant

        package init(by member: MemberID, at time: Instant) {
            by = member
            at = time
        }
    }

    package init(by author: MemberID?, removals: [Removal] = []) {
        self.author = author
        self.removals = removals
    }
}

/// Looks up the author and removals of a reported forum text.
package typealias ReportedTexts = @Sendable (ReportedThing) throws -> ReportedText?

extension CaseFile {
    /// Members who must not handle the case: its parties, a reported member, and staff whose decision was appealed against (P-08.2).
    package var concerned: Set<MemberID> {
        let reported: MemberID? = if case .report(_, .member(let member)) = topic { member } else { nil }
        return overruled.union([opener, other, reported].compactMap(\.self))
    }

    /// `concerned`, plus the author of the reported text and the staff who removed it before an appeal.
    func concerned(by text: ReportedText?) -> Set<MemberID> {
        guard let text else { return concerned }
        let removers = text.removals.filter { removal in appealedAt.map { removal.at <= $0 } ?? false }.map(\.by)
        return concerned.union(removers).union([text.author].compactMap(\.self))
    }

    /// - Throws: `CaseRefusal.ownMatter`.
    func requireOthersMatter(than staff: MemberID) throws(CaseRefusal) {
        guard !concerned.contains(staff) else { throw .ownMatter }
    }
}

extension Messaging {
    /// All members a case concerns: none of them handles it or sees the staff's view of it (P-08.2).
    package func concerned(by file: CaseFile) throws -> Set<MemberID> {
        guard case .report(_, let thing) = file.topic else { return file.concerned }
        switch thing {
        case .post, .thread: return file.concerned(by: try reportedText(thing))
        case .message(_, in: let conversation): return file.concerned.union(try members(of: conversation))
        case .member, .page: return file.concerned
        }
    }

    /// All present and former members of a conversation; empty when there is no such conversation.
    package func members(of conversation: ConversationID) throws -> Set<MemberID> {
        let state: Conversation = try log.state(of: StreamName(conversation)).state
        return Set(state.facts?.members ?? [])
    }

    /// Every action of the staff in a case goes through here: `requireOthersMatter` is checked on the state that the events are appended
    /// to.
    @discardableResult
    func handle(
        _ id: CaseID, _ command: CommandID, by staff: MemberID,
        _ decide: (CaseFile, Instant) throws -> [CaseEvent]
    ) async throws -> Appended {
        try await inCase(id, command, by: .member(staff)) { file, time in
            try requireOthersMatter(file, than: staff)
            return try decide(file, time)
        }
    }

    /// - Throws: `CaseRefusal.ownMatter`.
    func requireOthersMatter(_ file: CaseFile, than staff: MemberID) throws {
        guard try !concerned(by: file).contains(staff) else { throw CaseRefusal.ownMatter }
    }
}
