import Accounts
import Events

/// Under which version of the policy rows are made: the last whose coming into force stands in the log, for all events alike.
///
/// A version that lets less or more be seen leads to another generation, never to a patch in place.
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
    /// The first version: nobody can have become a member before it, so nothing has to be built anew.
    mutating func adopt(_ event: ProjectedEvent, from log: EventLog) throws {
        shown = try ShownFields.inForce(in: log, through: event.recorded.position)
        try run("UPDATE generation SET shown = ?", .optional(shown?.description))
    }
}

extension Projector {
    /// Builds the views anew when a version of the policy has come into force that lets something else be seen of members.
    /// - Returns: nil when nothing differs.
    func followRules(progress: @escaping ProgressReport) async throws -> Rebuilt? {
        var rebuilt: Rebuilt?
        while try ShownFields.inForce(in: log, through: log.head) != current.shown {
            // The first version is taken in like any other event.
            guard await waitUntil(position: log.head, within: .seconds(2)), try current.shown != nil else {
                return rebuilt
            }
            do { rebuilt = try await rebuild(progress: progress) } catch RebuildRefusal.alreadyRunning {
                // It may have begun under the version before.
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        return rebuilt
    }
}
