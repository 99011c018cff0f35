import Accounts
import Events
import Forum
import Hummingbird
import Projections

/// The member directory and the members' profiles: for whom the visibility matrix opens them (P-11.1).
struct MemberPages: Sendable {
    let community: Community
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.members, for: .those(whoSee: .directory)) { try await showDirectory($0, $1) }
        routes.get(.member, for: .those(whoSee: .profile)) { try showProfile($0, $1) }
    }
}

extension Admission {
    /// Everybody, if visitors see members there; else whoever is signed in.
    fileprivate static func those(whoSee place: VisibilityPlace) -> Admission {
        Viewpoint(.visitor, in: place).sees(.username) ? .everyone : .members
    }
}

extension Optional<Municipality> {
    /// What others see; nothing tells an unknown municipality from a protected one (P-07.1, P-11.1).
    var shownName: String { self?.name ?? "Uppgift saknas" }
}
