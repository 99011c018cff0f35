import Events
import Messaging

/// The texts that reports and disputes are about, as far as the log tells without keys.
struct TextsJudged {
    private enum Thing: Hashable {
        case post(PostID)
        case thread(ThreadID)
        case message(MessageID)
        case dispute(DisputeGround, MemberID)
    }

    private var cases: [StreamName: CaseState] = [:]
    private var about: [Thing: Set<StreamName>] = [:]
    private var closed: [StreamName: Instant] = [:]
    /// Cases erased before their time. The folded state cannot tell: without keys, every statement counts as erased.
    private var erased: Set<StreamName> = []
    /// Messages whose report has no case yet.
    private var reported: Set<MessageID> = []

    mutating func report(_ message: MessageID, in _: ConversationID) { reported.insert(message) }

    mutating func take(_ change: CaseEvent, _ event: AuditedEvent) {
        let stream = event.recorded.stream
        cases[stream, default: .initial].evolve(change, at: event.time)
        guard case .known(let file)? = cases[stream] else { return }
        if case .erased = change { erased.insert(stream) }
        if file.isClosed || erased.contains(stream) { closed[stream] = event.time }
        guard case .opened = change else { return }
        for thing in things(of: file) { about[thing, default: []].insert(stream) }
        if case .report(_, .message(let message, in: _)) = file.topic { reported.remove(message) }
    }

    private func things(of file: CaseFile) -> [Thing] {
        switch file.topic {
        case .report(_, .post(let id)): [.post(id)]
        case .report(_, .thread(let id)): [.thread(id)]
        case .report(_, .message(let id, in: _)): [.message(id)]
        case .dispute(with: let other, let ground):
            [file.opener, other].compactMap(\.self).map { .dispute(ground, $0) }
        case .report, .support, .correction, .rights, .number: []
        }
    }

    /// Whether a case about a post is open, and when the last one was closed.
    func standing(of post: PostID, in thread: ThreadID?, by author: MemberID?) -> (isOpen: Bool, closed: Instant?) {
        var things = [Thing.post(post)]
        if let thread { things += [.thread(thread)] + (author.map { [.dispute(.thread(thread), $0)] } ?? []) }
        return standing(of: things)
    }

    func standing(
        of message: MessageID, in conversation: ConversationID?, by author: MemberID?
    ) -> (isOpen: Bool, closed: Instant?) {
        guard !reported.contains(message) else { return (true, nil) }
        var things = [Thing.message(message)]
        if let conversation, let author { things.append(.dispute(.conversation(conversation), author)) }
        return standing(of: things)
    }

    private func standing(of things: [Thing]) -> (isOpen: Bool, closed: Instant?) {
        let streams = things.flatMap { about[$0] ?? [] }
        let isOpen = streams.contains { stream in
            guard case .known(let file)? = cases[stream] else { return false }
            return !file.isClosed && !erased.contains(stream)
        }
        return (isOpen, streams.compactMap { closed[$0] }.max())
    }
}
