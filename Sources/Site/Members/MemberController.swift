import Accounts
import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap

/// The member directory and the members' profiles: for whom the visibility matrix opens them (P-11.1).
struct MemberController: Sendable {
    let application: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.members) { try await showDirectory($0, $1) }
        routes.get(.member) { try showProfile($0, $1) }
    }
}

extension Optional<Municipality> {
    /// What others see; nothing tells an unknown municipality from a protected one (P-07.1, P-11.1).
    var shownName: String { self?.name ?? "Uppgift saknas" }
}
