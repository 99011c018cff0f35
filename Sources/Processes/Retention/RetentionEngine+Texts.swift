import Accounts
import Events
import Forum
import Messaging
import Projections

/// Texts that their authors have deleted (P-06.3).
extension RetentionEngine {
    /// Whether an open report, case or dispute is about a deleted text, so that it is kept until that is closed.
    ///
    /// A legal hold is not looked at: the deletion is completed, and the log defers the erasure without anybody seeing it.
    func isNeeded(_ id: String, by rule: RetentionRule) throws -> Bool {
        switch rule {
        case .deletedPost, .deletedRevision: try PostID(id).map(isNeeded) ?? false
        case .deletedMessage: try MessageID(id).map { try isNeeded($0) } ?? false
        case .unconfirmedSignUp, .pendingReview, .previousEmail, .signInDetails, .formerStaffName, .correction,
            .supportCase, .correctionCase, .reportCase, .disputeCase, .rightsCase, .waitingCase, .unusedAccount,
            .deactivatedAccount, .purgeNotice, .closedAccount, .abandonedConversation, .duplicateAccount,
            .endedDuplicate:
            false
        }
    }

    private func isNeeded(_ post: PostID) throws -> Bool {
        guard let facts = try forum.post(post)?.post.facts else { return false }
        var things = [ReportedThing.post(post)]
        // A report of a thread is a report of its first post as well.
        if try forum.thread(facts.thread).facts?.first == post { things.append(.thread(facts.thread)) }
        if try things.contains(where: { try !views.reports.cases(about: $0).isEmpty }) { return true }
        return try isInDispute(.thread(facts.thread), facts.author)
    }

    private func isNeeded(_ message: MessageID) throws -> Bool {
        guard let place = try views.conversations.place(of: message),
            let author = try messaging.conversation(place.conversation).facts?.author(of: message)
        else { return false }
        let isReported = try views.reportedMessages.positions(of: message).contains { position in
            // Its case is opened within the hour.
            guard let id = try log.caseOfReport(at: position) else { return true }
            return try messaging.record(id).map { !$0.file.isClosed } ?? false
        }
        return try isReported || isInDispute(.conversation(place.conversation), author)
    }

    private func isInDispute(_ ground: DisputeGround, _ author: MemberID) throws -> Bool {
        try views.caseConcerns.disputes(of: author).contains { id in
            guard case .dispute(with: _, let known) = try messaging.record(id)?.file.topic else { return false }
            return known == ground
        }
    }

    /// - Returns: false when it was restored or erased after it was listed, or a report came in.
    func erase(_ id: String, deletedUnder rule: RetentionRule) async throws -> Bool {
        let policies = try accounts.policies()
        let isDue = { (deleted: Instant, now: Instant) throws in
            guard let end = policies.deadline(from: deleted, judgedAt: now, \.deletedText), now >= end else {
                return false
            }
            return try !isNeeded(id, by: rule)
        }
        if rule == .deletedMessage {
            guard let message = MessageID(id), let place = try views.conversations.place(of: message) else {
                return false
            }
            return try await messaging.completeDeletion(of: message, in: place.conversation, when: isDue)
        }
        guard let post = PostID(id) else { return false }
        return rule == .deletedPost
            ? try await forum.completeDeletion(of: post, when: isDue)
            : try await forum.completeRevisionDeletions(of: post, when: isDue)
    }

    /// The texts of a purged member that go whatever she chose for the rest: those marked at the closing with all their revisions, and
    /// those that she had deleted or a moderator had removed (P-16.3).
    func textsToErase(of member: MemberID, marked: [Subject]) throws -> [Subject] {
        let posts = try views.posts.hidden(of: member).flatMap { post -> [Subject] in
            guard let known = try forum.post(post)?.post, let facts = known.facts else { return [] }
            if case .visible = known { return facts.deletedRevisions.keys.sorted().map { facts.subjects[$0 - 1] } }
            return facts.subjectsToErase
        }
        let messages = try views.conversations.deleted(by: member).map { Subject(.message, $0) }
        let whole = try marked.flatMap { subject -> [Subject] in
            guard subject.kind == .post else { return [subject] }
            return try forum.post(subject.id(PostKind.self))?.post.facts?.subjectsToErase ?? [subject]
        }
        var named: Set<Subject> = []
        return (whole + posts + messages).filter { named.insert($0).inserted }
    }
}
