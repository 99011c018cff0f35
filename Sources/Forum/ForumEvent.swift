package import Events

/// All events of this module, by kind of stream. The fold of a stream takes only the events of its kind.
package enum ForumEvent: Hashable, Sendable {
    case category(CategoryEvent)
    case thread(ThreadEvent)
    case post(PostEvent)

    /// The stream that the event belongs to.
    package var stream: StreamName {
        switch self {
        case .category(let event): event.stream
        case .thread(let event): event.stream
        case .post(let event): event.stream
        }
    }
}

package enum ForumEventName: Hashable {
    case category(CategoryEventName)
    case thread(ThreadEventName)
    case post(PostEventName)
}

extension ForumEventName: WireName {
    package static let prefix = "forum."

    package static let allCases: [ForumEventName] =
        CategoryEventName.allCases.map(category) + ThreadEventName.allCases.map(thread)
        + PostEventName.allCases.map(post)

    private static let byRawValue = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    package init?(rawValue: String) {
        guard let name = ForumEventName.byRawValue[rawValue] else { return nil }
        self = name
    }

    package var rawValue: String {
        switch self {
        case .category(let name): name.rawValue
        case .thread(let name): name.rawValue
        case .post(let name): name.rawValue
        }
    }

    package var schema: Int {
        switch self {
        case .category(let name): name.schema
        case .thread(let name): name.schema
        case .post(let name): name.schema
        }
    }
}

extension ForumEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .category(let event): event.encoded()
        case .thread(let event): event.encoded()
        case .post(let event): event.encoded()
        }
    }

    package static func decode(_ event: RecordedEvent) throws -> ForumEvent? {
        try ForumEventName(event).map { try ForumEvent($0, event) }
    }

    package init(_ name: ForumEventName, _ event: RecordedEvent) throws {
        switch name {
        case .category(let name): self = .category(try CategoryEvent(name, event))
        case .thread(let name): self = .thread(try ThreadEvent(name, event))
        case .post(let name): self = .post(try PostEvent(name, event))
        }
    }
}

/// The names of the events of one kind of stream, all of which begin with `forum.`.
package protocol ForumStreamEventName: WireName {}

extension ForumStreamEventName {
    package static var prefix: String { ForumEventName.prefix }
    package static func isElsewhere(_ name: String) -> Bool { ForumEventName(rawValue: name) != nil }
}

/// The clear part of the events that record the erasure of a text.
struct TextErasure {
    let fence: FenceID
    let reason: TextErasureReason
}

extension TextErasure: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        fence = try fields("fence", \.fence)
        reason = try fields("reason", \.reason)
    }
}
