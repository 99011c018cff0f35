import Accounts
import Events
import Forum
import Hummingbird
import Processes
import Projections
import SiteMap

/// The member directory and the members' profiles, for readers admitted by the visibility matrix (P-11.1).
struct MemberController: Sendable {
    let application: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.members) { try await showDirectory($0, $1) }
        routes.get(.member) { try showProfile($0, $1) }
    }
}

extension Optional<Municipality> {
    /// The name that others see; an unknown municipality looks the same as a protected one (P-07.1, P-11.1).
    var shownName: String { self?.name ?? "Uppgift saknas" }
}
