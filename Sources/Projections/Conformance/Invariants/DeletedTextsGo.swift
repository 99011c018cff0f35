import Accounts
import Events
import Forum
import Messaging

/// P-06.3: a text that its author deleted is erased when she can no longer undo that, not sooner, and not while a report about it is open.
struct DeletedTextsGo: Invariant {
    static let name = InvariantName.deletedTextsGo
    static let sources: Set<ProjectedEvent.Source> = [.forum, .conversations, .cases]

    private enum Text: Hashable {
        case post(PostID)
        case revision(PostID, Int)
        case message(MessageID)
    }

    private struct Deletion {
        let author: MemberID?
        let time: Instant
        let position: Int
    }

    private var deletions: [Text: Deletion] = [:]
    /// What should be fenced, with the author and the position of the event that says so.
    private var completed: [(subject: Subject, author: MemberID?, position: Int)] = []
    private var revisions: [PostID: [Int: Subject]] = [:]
    private var threads: [PostID: ThreadID] = [:]
    private var conversations: [MessageID: ConversationID] = [:]
    private var judging = TextsJudged()

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        switch event.kind {
        case .forum(.post(let post)): take(post, event, history, &violations)
        case .conversations(let conversation): take(conversation, event, history, &violations)
        case .cases(let change): judging.take(change, event)
        case .accounts, .corrections, .oversight, .forum, .notifications, .erasure, .mail, .newsletter, .other: break
        }
    }

    private mutating func take(
        _ post: PostEvent, _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        switch post {
        case .published(let id, let thread, _, _): threads[id] = thread
        case .revised(let id, _, let number, let subject, _):
            if subject.kind == .revision { revisions[id, default: [:]][number] = subject }
        case .deleted(let id): note(.post(id), event)
        case .restored(let id): restore(.post(id), event, history, &violations)
        case .deletionCompleted(let id, _):
            let subjects = [Subject(.post, id)] + (revisions[id] ?? [:]).values
            complete(.post(id), subjects, event, history, &violations)
        case .erased(let id, _, _): deletions[.post(id)] = nil
        case .revisionDeleted(let id, let number): note(.revision(id, number), event)
        case .revisionRestored(let id, let number): restore(.revision(id, number), event, history, &violations)
        case .revisionDeletionCompleted(let id, let number, _):
            complete(
                .revision(id, number), [revisions[id]?[number] ?? Subject(.post, id)], event, history, &violations)
        case .removed, .reinstated: break
        }
    }

    private mutating func take(
        _ conversation: ConversationEvent, _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        switch conversation {
        case .messageDeleted(let id, let message):
            conversations[message] = id
            note(.message(message), event)
        case .messageRestored(_, let message): restore(.message(message), event, history, &violations)
        case .messageDeletionCompleted(_, let message, _):
            complete(.message(message), [Subject(.message, message)], event, history, &violations)
        case .messageErased(_, let message, _, _): deletions[.message(message)] = nil
        case .erased(let id):
            for message in conversations.filter({ $0.value == id }).keys { deletions[.message(message)] = nil }
        case .reported(let id, let report): judging.report(report.message, in: id)
        case .begun, .sent, .read, .left, .muted, .unmuted, .opened, .blocked, .unblocked: break
        }
    }

    private mutating func note(_ text: Text, _ event: AuditedEvent) {
        deletions[text] = Deletion(author: event.recorded.actor.member, time: event.time, position: event.position)
    }

    private mutating func restore(
        _ text: Text, _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        guard let deletion = deletions.removeValue(forKey: text) else { return }
        if let end = end(of: deletion, at: event.time, history), event.time >= end {
            violations.add("restored after its time", at: event.position, of: deletion.author)
        }
    }

    private mutating func complete(
        _ text: Text, _ subjects: [Subject], _ event: AuditedEvent, _ history: History, _ violations: inout Violations
    ) {
        guard let deletion = deletions.removeValue(forKey: text) else {
            return violations.add("erased without having been deleted", at: event.position)
        }
        completed += subjects.map { ($0, deletion.author, event.position) }
        if let end = end(of: deletion, at: event.time, history), event.time < end {
            violations.add("erased while it could be restored", at: event.position, of: deletion.author)
        }
        if isJudged(text, deletion).isOpen {
            violations.add("erased while a report about it was open", at: event.position, of: deletion.author)
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (subject, author, position) in completed {
            if let author, history.underLegalHold.contains(author) { continue }
            let isFenced = author.map { history.fences.cover(subject, of: Owner($0)) } ?? false
            if !isFenced { violations.add("said to be erased, and is not", at: position, of: author) }
        }
        // Versions from before the clause promise nothing.
        guard history.policies.document?.text.clauses.contains(where: { $0.id == clause.rawValue }) == true else {
            return
        }
        for (text, deletion) in deletions.sorted(by: { $0.value.position < $1.value.position }) {
            let judged = isJudged(text, deletion)
            guard !judged.isOpen, let end = end(of: deletion, at: now.lastLate, history) else { continue }
            guard max(end, judged.closed ?? end) <= now.lastLate, !isErased(text, deletion, history) else { continue }
            violations.add("should have been erased by \(end)", at: deletion.position, of: deletion.author)
        }
    }

    private var clause: PolicyClause { DeletedTextsGo.name.clause }

    private func end(of deletion: Deletion, at time: Instant, _ history: History) -> Instant? {
        history.policies.calendar.deadline(from: deletion.time, judgedAt: time, \.deletedText)
    }

    /// Whether it was erased with everything of its author, or as chosen at closing.
    private func isErased(_ text: Text, _ deletion: Deletion, _ history: History) -> Bool {
        guard let author = deletion.author else { return false }
        let subject =
            switch text {
            case .post(let id): Subject(.post, id)
            case .revision(let id, let number): revisions[id]?[number] ?? Subject(.post, id)
            case .message(let id): Subject(.message, id)
            }
        return history.fences.cover(subject, of: Owner(author))
    }

    private func isJudged(_ text: Text, _ deletion: Deletion) -> (isOpen: Bool, closed: Instant?) {
        switch text {
        case .post(let id), .revision(let id, _): judging.standing(of: id, in: threads[id], by: deletion.author)
        case .message(let id): judging.standing(of: id, in: conversations[id], by: deletion.author)
        }
    }
}
