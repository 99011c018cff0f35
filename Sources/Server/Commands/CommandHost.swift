import Events
import Processes
import Site

/// Where a command that writes runs: in the serving process, or in its own process, which then holds the lock.
struct CommandHost: Sendable {
    let application: Application
    let retention: RetentionService
    /// Nil when no site runs.
    let running: WebEnvironment?

    /// In the serving process.
    init(_ application: Application, retention: RetentionService, running: WebEnvironment) {
        self.application = application
        self.retention = retention
        self.running = running
    }

    /// Without a site: no mail is sent.
    init(_ application: Application) {
        self.application = application
        retention = RetentionService(application, records: OperationalRecords(in: application.files.data))
        running = nil
    }

    var records: OperationalRecords { retention.side.files }
}
