import Events
import Forum
import Messaging
import Processes
import Projections

/// A text that a case is about: as it stood when it was reported or removed, and how it was edited since (P-08.2).
///
/// The caller checks who may read it: those who judge the case, and the author.
struct JudgedText: Sendable {
    enum Kind: Sendable { case post(PostID), title, message }

    enum State: Sendable {
        case visible
        case removed(RemovalReason, at: Instant?)
        /// Deleted by the author.
        case deleted
        /// Erased for good: it can no longer be read.
        case erased
    }

    enum Words: Sendable {
        case post([ThreadPage.Segment])
        case title(String)
        case message(MessageText)
    }

    struct Version: Sendable {
        let time: Instant
        let words: Words
    }

    let kind: Kind
    let state: State
    let author: PublicMember
    /// The thread that it is or was in; nil for a message.
    let thread: (id: ThreadID, title: String?)?
    let written: Instant
    /// The version at the time of the report or removal; nil once the versions are erased.
    let judged: Version?
    let earlier: [Version]
    let later: [Version]

    /// The maximum number of earlier and of later versions; the oldest are left out, as the post's history shows them while it is visible.
    private static let mostVersions = 20

    init(
        _ kind: Kind, _ state: State, by author: PublicMember, in thread: (id: ThreadID, title: String?)?,
        written: Instant, _ versions: [Version], at moment: Instant
    ) {
        self.kind = kind
        self.state = state
        self.author = author
        self.thread = thread
        self.written = written
        let index = versions.lastIndex { $0.time <= moment } ?? versions.indices.first
        judged = index.map { versions[$0] }
        earlier = index.map { Array(versions[..<$0].suffix(JudgedText.mostVersions)) } ?? []
        later = index.map { Array(versions[($0 + 1)...].suffix(JudgedText.mostVersions)) } ?? []
    }
}

extension Application {
    /// The thing that a case is about; old reports, which gave only an address, are resolved through it.
    func reportedThing(of record: CaseRecord) throws -> ReportedThing? {
        guard case .report(_, let thing) = record.file.topic else { return nil }
        guard thing == .page, let target = record.opening?.target else { return thing }
        return try reportedThing(at: target)
    }

    /// The forum texts that a case is about; a private message is opened separately, with a reason (P-06.2).
    func judgedTexts(of record: CaseRecord) throws -> [JudgedText] {
        let moment = record.file.openedAt
        switch try reportedThing(of: record) {
        case .post(let id): return try [judgedPost(id, at: moment)].compactMap(\.self)
        case .thread(let id):
            guard let titles = try forum.titles(of: id) else { return [] }
            return try [judgedTitle(titles, of: id, at: moment), judgedPost(titles.first, at: moment)]
                .compactMap(\.self)
        case .member, .message, .page, nil: return []
        }
    }

    /// The texts that a case is about, private messages included, for the party that wrote them; empty for any other party.
    func ownTexts(of record: CaseRecord, as party: CaseParty) throws -> [JudgedText] {
        guard let member = record.file.member(party), let thing = try reportedThing(of: record),
            try author(of: thing) == member
        else { return [] }
        guard case .message(let id, in: let conversation) = thing else { return try judgedTexts(of: record) }
        return try judgedMessage(id, in: conversation, at: record.file.openedAt)
    }

    private func judgedPost(_ id: PostID, at moment: Instant) throws -> JudgedText? {
        guard let history = try forum.post(id), let facts = history.post.facts else { return nil }
        let state: JudgedText.State =
            switch history.post {
            case .visible: .visible
            case .removed(_, let reason): .removed(reason, at: history.removals.last?.at)
            case .deleted: .deleted
            case .none, .erased: .erased
            }
        let versions = try history.revisions.compactMap { revision in
            try revision.body.value.map { body in
                JudgedText.Version(time: revision.time, words: .post(try segments(of: body, for: .members)))
            }
        }
        return JudgedText(
            .post(id), versions.isEmpty ? .erased : state, by: try publicMember(facts.author),
            in: (facts.thread, try forum.thread(facts.thread).facts?.title.value?.text),
            written: history.revisions.first?.time ?? moment, versions, at: moment)
    }

    private func judgedTitle(_ titles: ThreadTitles, of thread: ThreadID, at moment: Instant) throws -> JudgedText {
        let versions = titles.revisions.compactMap { revision in
            revision.title.value.map { JudgedText.Version(time: revision.time, words: .title($0.text)) }
        }
        return JudgedText(
            .title, titles.isErased ? .erased : .visible, by: try publicMember(titles.author),
            in: (thread, titles.revisions.last?.title.value?.text), written: titles.revisions.first?.time ?? moment,
            versions, at: moment)
    }

    private func judgedMessage(
        _ id: MessageID, in conversation: ConversationID, at moment: Instant
    ) throws -> [JudgedText] {
        let messages = try messaging.messages(in: conversation, showsDeleted: true)
        guard let message = messages.first(where: { $0.id == id }) else { return [] }
        let version = message.text.value.map { JudgedText.Version(time: message.sent, words: .message($0)) }
        return [
            JudgedText(
                .message, version == nil ? .erased : message.deletedAt == nil ? .visible : .deleted,
                by: try publicMember(message.author), in: nil,
                written: message.sent, [version].compactMap(\.self), at: moment)
        ]
    }

    private func publicMember(_ id: MemberID) throws -> PublicMember {
        PublicMember(id: id, username: try views.members.username(of: id))
    }
}
