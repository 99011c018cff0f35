package import Events

/// Wire names of the conversation events.
package enum ConversationEventName: String, WireName {
    case begun = "messages.conversation-begun"
    case sent = "messages.sent"
    case read = "messages.read"
    case erased = "messages.conversation-erased"
    case left = "messages.conversation-left"
    case muted = "messages.conversation-muted"
    case unmuted = "messages.conversation-unmuted"
    case reported = "messages.reported"
    case opened = "messages.opened-by-staff"
    case messageDeleted = "messages.message-deleted"
    case messageRestored = "messages.message-restored"
    case messageDeletionCompleted = "messages.message-deletion-completed"
    case messageErased = "messages.message-erased"
    case blocked = "messages.member-blocked"
    case unblocked = "messages.member-unblocked"

    package static let prefix = "messages."
}

extension ConversationEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .begun(_, let by, let others):
            event(.begun) {
                $0.write(.by, by)
                $0.write(.with, others)
            }
        case .sent(let id, _, let author, let text):
            event(.sent, sealing: SealedPart(Subject(.message, id), of: Owner(author), text)) {
                $0.write(.author, author)
                $0.write(.message, id)
            }
        case .read(_, let member, let number):
            event(.read) {
                $0.write(.member, member)
                $0.write(.through, number)
            }
        case .left(_, let member): event(.left, .member, member)
        case .muted(_, let member): event(.muted, .member, member)
        case .unmuted(_, let member): event(.unmuted, .member, member)
        case .reported(_, let report):
            event(.reported, sealing: report.sealedNote) {
                $0.write(.message, report.message)
                $0.write(.reportReason, report.reason)
                $0.write(.reporter, report.reporter)
            }
        case .opened(_, let message, let reason):
            event(.opened) {
                $0.write(.message, message)
                $0.write(.openingReason, reason)
            }
        case .messageDeleted(_, let message): event(.messageDeleted, .message, message)
        case .messageRestored(_, let message): event(.messageRestored, .message, message)
        case .messageDeletionCompleted(_, let message, let fence):
            event(.messageDeletionCompleted) {
                $0.write(.fence, fence)
                $0.write(.message, message)
            }
        case .messageErased(_, let message, let fence, let reason):
            event(.messageErased) {
                $0.write(.fence, fence)
                $0.write(.message, message)
                $0.write(.erasureReason, reason)
            }
        case .erased: event(.erased)
        case .blocked(let member, _): event(.blocked, .member, member)
        case .unblocked(let member, _): event(.unblocked, .member, member)
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> ConversationEvent? {
        try ConversationEventName(event).map { try ConversationEvent($0, event) }
    }

    package init(_ name: ConversationEventName, _ event: RecordedEvent) throws {
        switch name {
        case .begun:
            let (by, others) = try event.clear(.by, .with)
            self = .begun(try event.id(), by: by, with: others)
        case .sent:
            let (author, id) = try event.clear(.author, .message)
            self = .sent(id, in: try event.id(), author: author, text: try event.personal())
        case .read:
            let (member, number) = try event.clear(.member, .through)
            self = .read(try event.id(), by: member, through: number)
        case .left: self = .left(try event.id(), try event.clear(.member))
        case .muted: self = .muted(try event.id(), try event.clear(.member))
        case .unmuted: self = .unmuted(try event.id(), try event.clear(.member))
        case .reported: self = .reported(try event.id(), try MessageReport(event))
        case .opened:
            let (message, reason) = try event.clear(.message, .openingReason)
            self = .opened(try event.id(), message, reason)
        case .messageDeleted: self = .messageDeleted(try event.id(), try event.clear(.message))
        case .messageRestored: self = .messageRestored(try event.id(), try event.clear(.message))
        case .messageDeletionCompleted:
            let (fence, message) = try event.clear(.fence, .message)
            self = .messageDeletionCompleted(try event.id(), message, fence: fence)
        case .messageErased:
            let (fence, message, reason) = try event.clear(.fence, .message, .erasureReason)
            self = .messageErased(try event.id(), message, fence: fence, reason)
        case .erased: self = .erased(try event.onlyID())
        case .blocked: self = .blocked(try event.clear(.member), by: try event.owner(BlockListKind.self))
        case .unblocked: self = .unblocked(try event.clear(.member), by: try event.owner(BlockListKind.self))
        }
    }
}

extension MessageReport {
    fileprivate init(_ event: RecordedEvent) throws {
        let (message, reason, reporter) = try event.clear(.message, .reportReason, .reporter)
        let note = try event.subject.map { ReportNote($0, try event.personal(NoteText.self).map(\.recorded)) }
        self.init(message: message, reporter: reporter, reason: reason, note: note)
    }

    fileprivate var sealedNote: SealedPart? {
        note.map { SealedPart($0.subject, of: Owner(reporter), $0.text.map { NoteText(recorded: $0) }) }
    }
}

private struct NoteText: SealedText {
    static let field = PersonalField.messageReport
    let recorded: String
}

extension RecordedEvent {
    /// The member whose id is the stream's id, for streams named by member.
    func owner<Kind: IdentifierKind>(_ kind: Kind.Type) throws -> MemberID {
        let id: Identifier<Kind> = try id()
        return MemberID(rawValue: id.rawValue)
    }
}

extension ClearField<MemberID> {
    fileprivate static var author: Self { "author" }
    fileprivate static var by: Self { "by" }
    fileprivate static var member: Self { "member" }
    fileprivate static var reporter: Self { "reporter" }
}

extension ClearField<[MemberID]> {
    fileprivate static var with: Self { "with" }
}

extension ClearField<MessageID> {
    fileprivate static var message: Self { "message" }
}

extension ClearField<Int> {
    fileprivate static var through: Self { "through" }
}

extension ClearField<FenceID> {
    fileprivate static var fence: Self { "fence" }
}

extension ClearField<MessageReportReason> {
    fileprivate static var reportReason: Self { "reason" }
}

extension ClearField<OpeningReason> {
    fileprivate static var openingReason: Self { "reason" }
}

extension ClearField<TextErasureReason> {
    fileprivate static var erasureReason: Self { "reason" }
}
