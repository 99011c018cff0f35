import Events
import Processes
import Projections

/// Whether the site can accept events and show them.
struct Readiness: Sendable {
    let application: Application
    /// The greatest lag of the views, in events, at which the site still counts as ready.
    var greatestLag = 1000

    /// One line for `/readyz` that names the problem; nil when the site is ready.
    func problem(at now: Instant) async -> String? {
        let status = application.views.status
        if status.isDamaged { return "the views are damaged and are being built anew" }
        if let failure = status.failure {
            return "the views stopped before position \(failure.position) (\(failure.type))"
        }
        let lag = status.head - status.position
        if lag > greatestLag { return "the views are \(lag) events behind the log" }
        do {
            // Appends an empty batch: it passes through the writer and leaves no trace.
            _ = try await application.log.append(
                Append(command: CommandID(at: now), actor: .system, time: now, streams: []))
            return nil
        } catch AppendFailure.closed {
            return "the log is closed"
        } catch AppendFailure.diskFull {
            return "the disk is full"
        } catch AppendFailure.fileReplaced {
            return "a file of the log or the vault was removed or replaced; stop the site and put it back"
        } catch {
            return "the log takes no events (\(type(of: error)))"
        }
    }
}
