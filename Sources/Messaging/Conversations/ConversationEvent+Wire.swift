package import Events

/// The events of conversations by their names on the wire.
package enum ConversationEventName: String, WireName {
    case begun = "messages.conversation-begun"
    case sent = "messages.sent"
    case read = "messages.read"
    case left = "messages.conversation-left"
    case muted = "messages.conversation-muted"
    case unmuted = "messages.conversation-unmuted"
    case reported = "messages.reported"
    case opened = "messages.opened-by-staff"
    case messageErased = "messages.message-erased"
    case erased = "messages.conversation-erased"
    case blocked = "messages.member-blocked"
    case unblocked = "messages.member-unblocked"

    package static let prefix = "messages."
}

extension ConversationEvent: NamedEvent {
    package typealias Name = ConversationEventName

    package func encoded() -> NewEvent {
        switch self {
        case .begun(_, let by, let others):
            event(.begun) {
                $0.id("by", by)
                $0.ids("with", others)
            }
        case .sent(let id, _, let author, let text):
            event(.sent, text.sealed(for: id, by: author)) {
                $0.id("author", author)
                $0.id("message", id)
            }
        case .read(_, let member, let number):
            event(.read) {
                $0.id("member", member)
                $0.integer("through", number)
            }
        case .left(_, let member): event(.left) { $0.id("member", member) }
        case .muted(_, let member): event(.muted) { $0.id("member", member) }
        case .unmuted(_, let member): event(.unmuted) { $0.id("member", member) }
        case .reported(_, let report):
            event(.reported, report.note?.sealed(from: report.reporter)) {
                $0.id("message", report.message)
                $0.code("reason", report.reason)
                $0.id("reporter", report.reporter)
            }
        case .opened(_, let message, let reason):
            event(.opened) {
                $0.id("message", message)
                $0.code("reason", reason)
            }
        case .messageErased(_, let message, let fence, let reason):
            event(.messageErased) {
                $0.id("fence", fence)
                $0.id("message", message)
                $0.code("reason", reason)
            }
        case .erased: event(.erased)
        case .blocked(let member, _): event(.blocked) { $0.id("member", member) }
        case .unblocked(let member, _): event(.unblocked) { $0.id("member", member) }
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> ConversationEvent? {
        guard let name = try ConversationEventName(event) else { return nil }
        switch name {
        case .begun:
            let (by, others) = try event.clear { (clear) throws(MalformedEvent) in
                let by: MemberID = try clear.id("by")
                let others: [MemberID] = try clear.ids("with")
                return (by, others)
            }
            return .begun(try event.id(), by: by, with: others)
        case .sent:
            let (author, id) = try event.clear { (clear) throws(MalformedEvent) in
                let author: MemberID = try clear.id("author")
                let message: MessageID = try clear.id("message")
                return (author, message)
            }
            return .sent(id, in: try event.id(), author: author, text: try MessageText.opened(from: event))
        case .read:
            let (member, number) = try event.clear { (clear) throws(MalformedEvent) in
                let member: MemberID = try clear.id("member")
                return (member, try clear.integer("through"))
            }
            return .read(try event.id(), by: member, through: number)
        case .left: return .left(try event.id(), try event.onlyMember())
        case .muted: return .muted(try event.id(), try event.onlyMember())
        case .unmuted: return .unmuted(try event.id(), try event.onlyMember())
        case .reported: return .reported(try event.id(), try MessageReport(event))
        case .opened:
            let (message, reason) = try event.clear { (clear) throws(MalformedEvent) in
                let message: MessageID = try clear.id("message")
                let reason: OpeningReason = try clear.code("reason")
                return (message, reason)
            }
            return .opened(try event.id(), message, reason)
        case .erased:
            try event.clear { (_) throws(MalformedEvent) in }
            return .erased(try event.id())
        case .messageErased:
            let (fence, message, reason) = try event.clear { (clear) throws(MalformedEvent) in
                let fence: FenceID = try clear.id("fence")
                let message: MessageID = try clear.id("message")
                let reason: TextErasureReason = try clear.code("reason")
                return (fence, message, reason)
            }
            return .messageErased(try event.id(), message, fence: fence, reason)
        case .blocked: return .blocked(try event.onlyMember(), by: try event.owner(BlockListKind.self))
        case .unblocked: return .unblocked(try event.onlyMember(), by: try event.owner(BlockListKind.self))
        }
    }
}

extension RecordedEvent {
    /// The id of the thing whose stream the event is in.
    func id<Kind>() throws -> Identifier<Kind> {
        guard let id: Identifier<Kind> = stream.id() else { throw UnreadableEvent(self) }
        return id
    }

    /// The member whose list it is, when the stream is named by that one's id.
    func owner<Kind: IdentifierKind>(_ kind: Kind.Type) throws -> MemberID {
        let id: Identifier<Kind> = try id()
        return MemberID(rawValue: id.rawValue)
    }

    fileprivate func onlyMember() throws(MalformedEvent) -> MemberID {
        try clear { (clear) throws(MalformedEvent) in try clear.id("member") }
    }
}
