package import Events
import Messaging
package import Projections

/// The markers in the log of earlier programs, which recorded as events what members had read.
package struct ImportedMarkers: Sendable {
    package private(set) var markers: [MemberID: ReadMarkers] = [:]
    /// The log's head when they were read.
    package let head: Int
    /// What was read up to here is too old to be kept.
    package let floor: Int

    /// No markers.
    init(head: Int) { (self.head, floor) = (head, 0) }

    /// Reads the whole log.
    /// - Parameters:
    ///   - limit: the time before which nothing is kept.
    ///   - isGone: whether a member has been erased: her markers are not imported.
    package init(from log: EventLog, limit: Instant?, isGone: (MemberID) throws -> Bool) throws {
        head = log.head
        floor = try limit.map(log.position) ?? 0
        var messages: [ConversationID: [Int]] = [:]
        let names =
            [ConversationEventName.sent, .read].map(\.rawValue) + [NotificationEventName.read, .opened].map(\.rawValue)
        try log.forEachEvent(named: names) { event in
            if event.type.name == ConversationEventName.sent.rawValue {
                guard let id: ConversationID = event.stream.id() else { return }
                messages[id, default: []].append(event.position)
            } else if let conversation = try ConversationEvent.decode(event) {
                add(conversation, having: messages)
            } else if let notification = try NotificationEvent.decode(event) {
                add(notification)
            }
        }
        for member in markers.keys where try isGone(member) { markers[member] = nil }
    }

    /// The events count the messages of a conversation; markers name the position of the last one that was read.
    private mutating func add(_ event: ConversationEvent, having messages: [ConversationID: [Int]]) {
        guard case .read(let id, by: let member, through: let number) = event, let sent = messages[id],
            (1...sent.count).contains(number), sent[number - 1] > floor
        else { return }
        var read = ReadMarkers()
        read.conversations = [id: sent[number - 1]]
        markers[member, default: ReadMarkers()].add(read)
    }

    private mutating func add(_ event: NotificationEvent) {
        var read = ReadMarkers()
        switch event {
        case .opened(let position, by: _): read.opened = position > floor ? [position] : []
        case .read(through: let position, by: _): read.notifications = position > floor ? position : 0
        case .watched, .unwatched, .mailAsked, .digestAsked: return
        }
        if !read.isEmpty { markers[event.member, default: ReadMarkers()].add(read) }
    }
}
