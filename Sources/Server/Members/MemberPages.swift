import Accounts
import Events
import Forum
import Hummingbird
import Projections

/// The member directory and the members' profiles: for members only (P-11.1).
struct MemberPages: Sendable {
    let community: Community
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.members, for: .members) { try await showDirectory($0, $1) }
        routes.get(.member, for: .members) { try showProfile($0, $1) }
    }
}

extension Optional<Municipality> {
    /// What others see; nothing tells an unknown municipality from a protected one (P-11.1).
    var shownName: String { self?.name ?? "Uppgift saknas" }
}
