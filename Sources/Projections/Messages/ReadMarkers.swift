package import Events

/// What one member has read, as positions in the log. Not a projection: it is kept outside the log (P-06.4), and queries take it as a value.
package struct ReadMarkers: Hashable, Sendable {
    /// Everything up to here counts as read for every member: it is too old for anything to be kept of it.
    package var floor = 0
    /// Everything up to here is read, because the member said so; 0 if she did not.
    package var everything = 0
    /// In each conversation, the position of the last message that was read.
    package var conversations: [ConversationID: Int] = [:]
    /// All notifications up to here are read.
    package var notifications = 0
    /// Single notifications that were opened after that.
    package var opened: Set<Int> = []

    /// For queries whose answer does not depend on what was read.
    package static let none = ReadMarkers()

    package init() {}

    /// The number of markers.
    package var count: Int {
        conversations.count + opened.count + (everything > 0 ? 1 : 0) + (notifications > 0 ? 1 : 0)
    }

    package var isEmpty: Bool { count == 0 }

    /// The position up to which everything is read.
    package var everythingThrough: Int { max(floor, everything) }

    /// The position up to which a conversation is read.
    package func through(_ conversation: ConversationID) -> Int {
        max(everythingThrough, conversations[conversation] ?? 0)
    }

    /// The position up to which all notifications are read.
    package var notificationsThrough: Int { max(everythingThrough, notifications) }

    package func isRead(_ notification: Int) -> Bool {
        notification <= notificationsThrough || opened.contains(notification)
    }

    /// Adds what other markers say. Nothing that is read becomes unread, and what is covered by a wider marker is left out.
    package mutating func add(_ other: ReadMarkers) {
        floor = max(floor, other.floor)
        everything = max(everything, other.everything)
        notifications = max(notifications, other.notifications)
        conversations.merge(other.conversations, uniquingKeysWith: max)
        opened.formUnion(other.opened)
        simplify()
    }

    package func adding(_ other: ReadMarkers) -> ReadMarkers {
        var sum = self
        sum.add(other)
        return sum
    }

    /// Leaves out what is covered by a wider marker.
    package mutating func simplify() {
        if everything <= floor { everything = 0 }
        if notifications <= everythingThrough { notifications = 0 }
        let (all, through) = (everythingThrough, notificationsThrough)
        if all > 0 { conversations = conversations.filter { $0.value > all } }
        opened = opened.filter { $0 > through }
    }
}
