package import Events

/// The members a reported text concerns, in addition to the parties of its case. Injected: only the forum knows its authors.
package struct ReportedText: Hashable, Sendable {
    package let author: MemberID?
    /// Who removed it, and when, each time.
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

/// Finds who wrote a text of the forum that was reported.
package typealias ReportedTexts = @Sendable (ReportedThing) throws -> ReportedText?

extension CaseFile {
    /// Those who have no part in handling the case: its parties, and those who made a decision that was appealed against (P-08.2).
    package var concerned: Set<MemberID> {
        let reported: MemberID? = if case .report(_, .member(let member)) = topic { member } else { nil }
        return overruled.union([opener, other, reported].compactMap(\.self))
    }

    /// The same with the author of the text that was reported, and who removed it before an appeal.
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
    /// Everybody whom a case concerns: none of them handles it, or sees it as the staff does (P-08.2).
    package func concerned(by file: CaseFile) throws -> Set<MemberID> {
        guard case .report(_, let thing) = file.topic else { return file.concerned }
        switch thing {
        case .post, .thread: return file.concerned(by: try reportedText(thing))
        case .message(_, in: let conversation): return file.concerned.union(try members(of: conversation))
        case .member, .page: return file.concerned
        }
    }

    /// Everybody who ever was in a conversation; none when there is no such conversation.
    package func members(of conversation: ConversationID) throws -> Set<MemberID> {
        let state: Conversation = try log.state(of: StreamName(conversation)).state
        return Set(state.facts?.members ?? [])
    }

    /// The one way in which the staff acts in a case: judged on the case as it stands when the act is appended.
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
