import Accounts
package import Events
import Logging
package import Projections

/// What members have read: kept in `reading`, never in the log (P-06.4).
extension Application {
    /// The store of a serving site, with what an earlier program had recorded in the log.
    static func serving(
        _ files: LogFiles, _ log: EventLog, _ accounts: Accounts, at now: Instant, _ logger: Logger
    ) throws -> ReadingStore {
        try ReadingStore(serving: files.reading, of: log.identity, keys: log.memberKeys, logger: logger) {
            try ImportedMarkers(from: log, limit: accounts.policies().limit(judgedAt: now, \.reading)) {
                try accounts.member($0).account == nil
            }
        }
    }

    package func readMarkers(of member: MemberID) throws -> ReadMarkers { try reading.markers(of: member) }

    /// - Parameter position: of the last message that was shown.
    package func markRead(_ conversation: ConversationID, through position: Int, by member: MemberID) {
        var markers = ReadMarkers()
        markers.conversations = [conversation: position]
        reading.add(markers, of: member)
    }

    /// - Parameter notification: the position of the event that it is about.
    package func markOpened(_ notification: Int, by member: MemberID) {
        var markers = ReadMarkers()
        markers.opened = [notification]
        reading.add(markers, of: member)
    }

    package func markNotificationsRead(through position: Int, by member: MemberID) {
        var markers = ReadMarkers()
        markers.notifications = position
        reading.add(markers, of: member)
    }

    /// The time of the oldest event that a marker names.
    package func oldestRead() throws -> Instant? {
        guard let position = try reading.oldest() else { return nil }
        return try log.events(after: position - 1, limit: 1).first?.time
    }

    /// The position up to which markers are too old to be kept; nil while no policy is in force.
    package func readingLimit(at now: Instant) throws -> Int? {
        try accounts.policies().limit(judgedAt: now, \.reading).map(log.position)
    }
}
