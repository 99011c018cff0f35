package import Events

/// An event in a member's notification stream: what she follows, and which mails were requested.
///
/// What she has seen is in logs of earlier programs only: it is not recorded as an event any more (P-06.4).
package enum NotificationEvent: Hashable, Sendable {
    case watched(WatchedThing, by: MemberID)
    case unwatched(WatchedThing, by: MemberID)
    /// One notification, identified by the position of the event it is about. No longer appended.
    case opened(Int, by: MemberID)
    /// All notifications up to a position. No longer appended.
    case read(through: Int, by: MemberID)
    /// The site requested a mail about the event at a position.
    case mailAsked(NotificationMail, about: Int, to: MemberID)
    /// The site requested a digest of everything unread up to a position.
    case digestAsked(through: Int, to: MemberID)
}

/// The subject of a notification mail, which never contains the text written (P-15.2).
package enum NotificationMail: String, ClosedCode, CaseIterable {
    case message, reply, mention, quote, watched
    /// To the staff who decide: a report waits.
    case reports
}

/// A thread or category that a member follows.
package enum WatchedThing: Hashable, Sendable {
    case thread(ThreadID)
    case category(CategoryID)
}

package enum NotificationListKind: IdentifierKind { package static let name = "notices" }

/// Wire names of the notification events.
package enum NotificationEventName: String, WireName {
    case watched = "notices.watched"
    case unwatched = "notices.unwatched"
    case opened = "notices.opened"
    case read = "notices.read"
    case mailAsked = "notices.mail-asked"
    case digestAsked = "notices.digest-asked"

    package static let prefix = "notices."
}

extension NotificationEvent {
    package var member: MemberID {
        switch self {
        case .watched(_, let member), .unwatched(_, let member), .opened(_, let member), .read(_, let member),
            .mailAsked(_, _, let member), .digestAsked(_, let member):
            member
        }
    }
}

extension NotificationEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .watched(let thing, by: _): event(.watched, ClearThing(thing))
        case .unwatched(let thing, by: _): event(.unwatched, ClearThing(thing))
        case .opened(let position, by: _): event(.opened, .notification, position)
        case .read(let position, by: _): event(.read, .through, position)
        case .mailAsked(let mail, let position, to: _):
            event(.mailAsked) {
                $0.write(.about, position)
                $0.write(.mail, mail)
            }
        case .digestAsked(let position, to: _): event(.digestAsked, .through, position)
        }
    }

    package init(_ name: NotificationEventName, _ event: RecordedEvent) throws {
        let member = try event.owner(NotificationListKind.self)
        switch name {
        case .watched: self = .watched(try WatchedThing(event), by: member)
        case .unwatched: self = .unwatched(try WatchedThing(event), by: member)
        case .opened: self = .opened(try event.clear(.notification), by: member)
        case .read: self = .read(through: try event.clear(.through), by: member)
        case .mailAsked:
            let (position, mail) = try event.clear(.about, .mail)
            self = .mailAsked(mail, about: position, to: member)
        case .digestAsked: self = .digestAsked(through: try event.clear(.through), to: member)
        }
    }
}

/// Exactly one of the two fields is set.
private struct ClearThing {
    let category: CategoryID?
    let thread: ThreadID?

    init(_ thing: WatchedThing) {
        switch thing {
        case .category(let id): (category, thread) = (id, nil)
        case .thread(let id): (category, thread) = (nil, id)
        }
    }
}

extension ClearThing: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        category = try fields("category", \.category)
        thread = try fields("thread", \.thread)
    }
}

extension WatchedThing {
    fileprivate init(_ event: RecordedEvent) throws {
        let clear: ClearThing = try event.clear()
        switch (clear.category, clear.thread) {
        case (let category?, nil): self = .category(category)
        case (nil, let thread?): self = .thread(thread)
        case (nil, nil), (_?, _?): throw UnreadableEvent(event)
        }
    }
}

extension ClearField<Int> {
    fileprivate static var about: Self { "about" }
    fileprivate static var notification: Self { "notice" }
    fileprivate static var through: Self { "through" }
}

extension ClearField<NotificationMail> {
    fileprivate static var mail: Self { "mail" }
}
