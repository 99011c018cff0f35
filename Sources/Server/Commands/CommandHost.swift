import Events
import Processes
import Site


/// Where a command that writes runs: in the serving process, or in one of its own that holds the lock.
struct CommandHost: Sendable {
    let community: Community
    let retention: RetentionService
    /// Nil when no site runs.
    let running: WebEnvironment?

    /// In the serving process.
    init(_ community: Community, retention: RetentionService, running: WebEnvironment) {
        self.community = community
        self.retention = retention
        self.running = running
    }

    /// Without a site: no mail is sent.
    init(_ community: Community) {
        self.community = community
        retention = RetentionService(community, records: OperationalRecords(in: community.files.data))
        running = nil
    }

    var records: OperationalRecords { retention.side.files }
}
