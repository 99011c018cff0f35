import Accounts
import Events

/// The policy version that rows are built under: the last one whose coming into force is in the log, for all events alike.
///
/// A version that changes what is visible leads to a new generation, never to updates in place.
extension ShownFields {
    /// By the events up to a position; nil before the first version.
    static func inForce(in log: EventLog, through position: Int) throws -> ShownFields? {
        var calendar = PolicyCalendar.initial
        for event in try log.events(in: PolicyDocument.stream) where event.position <= position {
            try calendar.evolve(event)
        }
        return calendar.shownFields
    }
}

extension ProjectedEvent {
    var isComingIntoForce: Bool {
        if case .accounts(.policy(.policyInForce)) = kind { true } else { false }
    }
}

extension ViewWriter {
    /// Adopts the first version without a rebuild: there can be no member before it.
    mutating func adopt(_ event: ProjectedEvent, from log: EventLog) throws {
        shown = try ShownFields.inForce(in: log, through: event.recorded.position)
        try run("UPDATE generation SET shown = ?", .optional(shown?.description))
    }
}

extension Projector {
    /// Rebuilds the views when a policy version that changes the visible member fields has come into force.
    /// - Returns: nil when nothing differs.
    func followRules(progress: @escaping ProgressReport) async throws -> Rebuilt? {
        var rebuilt: Rebuilt?
        while try ShownFields.inForce(in: log, through: log.head) != current.shown {
            // The first version is applied like any other event.
            guard await waitUntil(position: log.head, within: .seconds(2)), try current.shown != nil else {
                return rebuilt
            }
            do { rebuilt = try await rebuild(progress: progress) } catch RebuildRefusal.alreadyRunning {
                // The running rebuild may have begun under the previous version.
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        return rebuilt
    }
}
