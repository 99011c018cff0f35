import Events

/// The unsealed fields of `cases.opened`; which optional fields are present depends on the matter.
struct ClearOpening {
    let channel: CaseChannel
    private(set) var conversation: ConversationID?
    let matter: CaseMatter
    private(set) var member: MemberID?
    private(set) var message: MessageID?
    let opener: MemberID?
    private(set) var other: MemberID?
    private(set) var post: PostID?
    private(set) var reason: ReportReason?
    private(set) var right: RightKind?
    private(set) var thread: ThreadID?
    let trouble: MailTrouble?

    init(_ opening: CaseOpening) {
        channel = opening.channel
        matter = opening.topic.matter
        opener = opening.opener
        trouble = opening.trouble
        switch opening.topic {
        case .support, .correction, .number: break
        case .report(let why, let thing):
            reason = why
            switch thing {
            case .post(let id): post = id
            case .thread(let id): thread = id
            case .member(let id): member = id
            case .message(let id, in: let place): (message, conversation) = (id, place)
            case .page: break
            }
        case .dispute(with: let party, let ground):
            other = party
            switch ground {
            case .thread(let id): thread = id
            case .conversation(let id): conversation = id
            case .other: break
            }
        case .rights(let kind): right = kind
        }
    }

    /// Nil when the fields are inconsistent.
    fileprivate var topic: CaseTopic? {
        switch matter {
        case .support: .support
        case .correction: .correction
        case .report: reason.map { .report($0, thing) }
        case .dispute: other.map { .dispute(with: $0, ground) }
        case .rights: right.map { .rights($0) }
        case .number: .number
        }
    }

    private var thing: ReportedThing {
        if let post { return .post(post) }
        if let thread { return .thread(thread) }
        if let member { return .member(member) }
        if let message, let conversation { return .message(message, in: conversation) }
        return .page
    }

    private var ground: DisputeGround {
        if let thread { return .thread(thread) }
        return conversation.map { .conversation($0) } ?? .other
    }
}

extension ClearOpening: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        channel = try fields("channel", \.channel)
        conversation = try fields("conversation", \.conversation)
        matter = try fields("matter", \.matter)
        member = try fields("member", \.member)
        message = try fields("message", \.message)
        opener = try fields("opener", \.opener)
        other = try fields("other", \.other)
        post = try fields("post", \.post)
        reason = try fields("reason", \.reason)
        right = try fields("right", \.right)
        thread = try fields("thread", \.thread)
        trouble = try fields("trouble", \.trouble)
    }
}

extension CaseOpening {
    init(_ event: RecordedEvent) throws {
        let clear: ClearOpening = try event.clear()
        guard let topic = clear.topic else { throw UnreadableEvent(event) }
        self.init(
            id: try event.id(), topic: topic, channel: clear.channel, opener: clear.opener,
            statement: try event.sealed(), trouble: clear.trouble, at: event.time)
    }
}
