import Events
import Messaging
import Synchronization

/// The cases opened from each address within the last hour.
///
/// Read from the log incrementally: a restart loses nothing, and no view is needed.
final class RecentCases: Sendable {
    private struct Opened {
        let id: CaseID
        let address: String
        let at: Instant
    }

    private struct Seen {
        /// The position up to which the log was read; nil before the first read.
        var position: Int?
        var opened: [Opened] = []
    }

    private static let seconds = 3600.0
    private let log: EventLog
    private let seen = Mutex(Seen())

    init(log: EventLog) { self.log = log }

    /// Oldest first.
    func opened(from address: MailAddress, at now: Instant) throws -> [CaseID] {
        let start = now.advanced(seconds: -RecentCases.seconds)
        return try seen.withLock { seen in
            try read(into: &seen, from: start)
            seen.opened.removeAll { $0.at <= start }
            return seen.opened.filter { $0.address == RecentCases.key(address) }.map(\.id)
        }
    }

    private func read(into seen: inout Seen, from start: Instant) throws {
        var position = try seen.position ?? log.position(at: start)
        while case let events = try log.events(after: position, limit: 500), let last = events.last {
            for event in events {
                guard let id: CaseID = event.stream.id(),
                    case .contactGiven(let contact)? = try CaseEvent.decode(event),
                    let address = contact.value.value?.address
                else { continue }
                seen.opened.append(Opened(id: id, address: RecentCases.key(address), at: event.time))
            }
            position = last.position
            seen.position = position
        }
    }

    private static func key(_ address: MailAddress) -> String { address.text.lowercased() }
}
