package import Events

/// What a member does about notices: which things she follows, and what she has seen.
package enum NoticeEvent: Hashable, Sendable {
    case watched(WatchedThing, by: MemberID)
    case unwatched(WatchedThing, by: MemberID)
    /// One notice, named by the position of the event that it tells of.
    case opened(Int, by: MemberID)
    /// All that there were up to a position.
    case read(through: Int, by: MemberID)
    /// The site asks for a mail about the event at a position.
    case mailAsked(NoticeMail, about: Int, to: MemberID)
    /// The site asks for the mail of the day about everything unread up to a position.
    case digestAsked(through: Int, to: MemberID)
}

/// What a mail tells of; never what was written (P-15.2).
package enum NoticeMail: String, ClosedCode, CaseIterable {
    case message, reply, mention, quote, watched
    /// To those who decide: something reported waits.
    case reports
}

/// Something of the forum that a member wants to hear of.
package enum WatchedThing: Hashable, Sendable {
    case thread(ThreadID)
    case category(CategoryID)
}

package enum NoticeListKind: IdentifierKind { package static let name = "notices" }

/// The events of notices by their names on the wire.
package enum NoticeEventName: String, WireName {
    case watched = "notices.watched"
    case unwatched = "notices.unwatched"
    case opened = "notices.opened"
    case read = "notices.read"
    case mailAsked = "notices.mail-asked"
    case digestAsked = "notices.digest-asked"

    package static let prefix = "notices."
}

extension NoticeEvent {
    package var member: MemberID {
        switch self {
        case .watched(_, let member), .unwatched(_, let member), .opened(_, let member), .read(_, let member),
            .mailAsked(_, _, let member), .digestAsked(_, let member):
            member
        }
    }
}

extension NoticeEvent: NamedEvent {
    package typealias Name = NoticeEventName

    package func encoded() -> NewEvent {
        switch self {
        case .watched(let thing, by: _): event(.watched) { $0.write(thing) }
        case .unwatched(let thing, by: _): event(.unwatched) { $0.write(thing) }
        case .opened(let position, by: _): event(.opened) { $0.integer("notice", position) }
        case .read(let position, by: _): event(.read) { $0.integer("through", position) }
        case .mailAsked(let mail, let position, to: _):
            event(.mailAsked) {
                $0.integer("about", position)
                $0.code("mail", mail)
            }
        case .digestAsked(let position, to: _): event(.digestAsked) { $0.integer("through", position) }
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> NoticeEvent? {
        guard let name = try NoticeEventName(event) else { return nil }
        let member = try event.owner(NoticeListKind.self)
        switch name {
        case .watched: return .watched(try WatchedThing(event), by: member)
        case .unwatched: return .unwatched(try WatchedThing(event), by: member)
        case .opened:
            let notice = try event.clear { (clear) throws(MalformedEvent) in try clear.integer("notice") }
            return .opened(notice, by: member)
        case .read:
            let through = try event.clear { (clear) throws(MalformedEvent) in try clear.integer("through") }
            return .read(through: through, by: member)
        case .mailAsked:
            let (position, mail) = try event.clear { (clear) throws(MalformedEvent) in
                let position = try clear.integer("about")
                let mail: NoticeMail = try clear.code("mail")
                return (position, mail)
            }
            return .mailAsked(mail, about: position, to: member)
        case .digestAsked:
            let through = try event.clear { (clear) throws(MalformedEvent) in try clear.integer("through") }
            return .digestAsked(through: through, to: member)
        }
    }
}

extension ClearWriter {
    fileprivate mutating func write(_ thing: WatchedThing) {
        switch thing {
        case .thread(let id): self.id("thread", id)
        case .category(let id): self.id("category", id)
        }
    }
}

extension WatchedThing {
    fileprivate init(_ event: RecordedEvent) throws {
        let (category, thread) = try event.clear { (clear) throws(MalformedEvent) in
            let category: CategoryID? = try clear.optionalID("category")
            let thread: ThreadID? = try clear.optionalID("thread")
            return (category, thread)
        }
        switch (category, thread) {
        case (let category?, nil): self = .category(category)
        case (nil, let thread?): self = .thread(thread)
        case (nil, nil), (_?, _?): throw UnreadableEvent(event)
        }
    }
}
