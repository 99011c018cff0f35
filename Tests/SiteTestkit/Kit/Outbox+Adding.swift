import Events

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

extension Outbox {
    /// Adds mails to the outbox as if an event had requested them.
    func add(_ entries: [Entry], readTo position: Int, due: Instant) throws {
        try take(Changes(entries: entries), from: self.position, to: position, due: due)
    }
}
