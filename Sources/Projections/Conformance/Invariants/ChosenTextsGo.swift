import Accounts
import Events
import Forum
import Messaging

/// P-16.3: at the erasure of a member go the texts that she chose to have erased at closing, those that she had deleted, and those that were
/// removed.
struct ChosenTextsGo: Invariant {
    static let name = InvariantName.chosenTextsGo
    static let sources: Set<ProjectedEvent.Source> = [.accounts, .forum, .conversations, .erasure]

    private struct Purged: Sendable {
        let member: MemberID
        let texts: Set<Subject>
        let time: Instant
        let position: Int
    }

    private var written: [MemberID: Set<Subject>] = [:]
    private var authors: [PostID: MemberID] = [:]
    /// The subjects of the revisions of each post that has several, by number.
    private var revisions: [PostID: [Int: Subject]] = [:]
    private var hiddenPosts: [MemberID: [PostID: Hidden]] = [:]
    private var deletedRevisions: [MemberID: Set<Revision>] = [:]
    private var deletedMessages: [MemberID: Set<MessageID>] = [:]
    /// The oldest first; each is judged when the time to erase is out.
    private var purged: [Purged] = []

    private struct Hidden: OptionSet {
        let rawValue: Int
        static let deleted = Hidden(rawValue: 1)
        static let removed = Hidden(rawValue: 2)
    }

    private struct Revision: Hashable {
        let post: PostID
        let number: Int
    }

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        while let first = purged.first, first.time.isLate(at: event.time, after: Leeway.erasing) {
            judge(first, history, &violations)
            purged.removeFirst()
        }
        if let subject = event.recorded.subject, let author = event.recorded.owner?.id(MemberKind.self),
            TextsChoices.erase.erased.contains(subject.kind)
        {
            written[author, default: []].insert(subject)
        }
        switch event.kind {
        case .accounts(.member(.closing(.purged))): if let member = event.member { note(member, event, history) }
        case .forum(.post(let post)): take(post)
        case .conversations(.messageDeleted(_, let message)):
            if let author = event.recorded.actor.member { deletedMessages[author, default: []].insert(message) }
        case .conversations(.messageRestored(_, let message)):
            if let author = event.recorded.actor.member { deletedMessages[author]?.remove(message) }
        case .accounts, .corrections, .oversight, .forum, .conversations, .notifications, .cases, .erasure, .mail,
            .newsletter, .other:
            break
        }
    }

    private mutating func take(_ post: PostEvent) {
        switch post {
        case .published(let id, _, let author, _): authors[id] = author
        case .revised(let id, _, let number, let subject, _): revisions[id, default: [:]][number] = subject
        case .deleted(let id): hide(id, .deleted)
        case .restored(let id): show(id, .deleted)
        case .removed(let id, _): hide(id, .removed)
        case .reinstated(let id): show(id, .removed)
        case .revisionDeleted(let id, let number):
            authors[id].map { _ = deletedRevisions[$0, default: []].insert(Revision(post: id, number: number)) }
        case .revisionRestored(let id, let number):
            authors[id].map { _ = deletedRevisions[$0]?.remove(Revision(post: id, number: number)) }
        // Each has a fence of its own.
        case .deletionCompleted, .revisionDeletionCompleted, .erased: break
        }
    }

    private mutating func hide(_ post: PostID, _ how: Hidden) {
        guard let author = authors[post] else { return }
        hiddenPosts[author, default: [:]][post, default: []].insert(how)
    }

    private mutating func show(_ post: PostID, _ how: Hidden) {
        guard let author = authors[post] else { return }
        hiddenPosts[author]?[post]?.remove(how)
        if hiddenPosts[author]?[post]?.isEmpty == true { hiddenPosts[author]?[post] = nil }
    }

    private mutating func note(_ member: MemberID, _ event: AuditedEvent, _ history: History) {
        let closing = history.member(member).closing
        let chosen = closing?.texts.erased ?? []
        var texts = (written[member] ?? []).filter { chosen.contains($0.kind) }
        for subject in closing?.marked ?? [] {
            texts.insert(subject)
            if subject.kind == .post { texts.formUnion(subjects(of: subject.id(PostKind.self))) }
        }
        for post in hiddenPosts[member]?.keys ?? [:].keys { texts.formUnion(subjects(of: post)) }
        for revision in deletedRevisions[member] ?? [] {
            texts.insert(revisions[revision.post]?[revision.number] ?? Subject(.post, revision.post))
        }
        texts.formUnion((deletedMessages[member] ?? []).map { Subject(.message, $0) })
        purged.append(Purged(member: member, texts: texts, time: event.time, position: event.position))
        written[member] = nil
        hiddenPosts[member] = nil
        deletedRevisions[member] = nil
        deletedMessages[member] = nil
    }

    private func subjects(of post: PostID) -> [Subject] {
        [Subject(.post, post)] + (revisions[post] ?? [:]).values.filter { $0.kind == .revision }
    }

    private func judge(_ purged: Purged, _ history: History, _ violations: inout Violations) {
        let owner = Owner(purged.member)
        let left = purged.texts.count { !history.fences.cover($0, of: owner) }
        guard left > 0 else { return }
        violations.add("\(left) texts that were to be erased are kept", at: purged.position, of: purged.member)
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for purged in purged where purged.time.isLate(at: now, after: Leeway.erasing) {
            judge(purged, history, &violations)
        }
    }
}
