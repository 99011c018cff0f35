import Accounts
import Events
import Web

/// The members whose matter a staff route handles; staff do not act in their own (P-08.2).
///
/// Every staff route is registered with one.
enum Matter: Sendable {
    /// Concerns no single member.
    case nobodys
    /// The members that the request concerns, read from the log and the posted form; they get `PageError.ownMatter`.
    case of(@Sendable (SiteContext) throws -> Set<MemberID>)
    /// A page that concerns one member, changes nothing, and shows her no more than her own settings do.
    case harmless

    /// - Throws: `PageError.ownMatter`, and the errors of finding the members that the request concerns.
    func require(othersThan reader: MemberID, _ roles: Set<Role>, _ context: SiteContext) throws {
        guard case .of(let concerned) = self, try concerned(context).contains(reader) else { return }
        throw PageError.ownMatter(of: roles)
    }
}

extension PageError {
    /// The staff do not act in their own matters (P-08.2).
    /// - Parameter roles: the roles that may handle the matter.
    static func ownMatter(of roles: Set<Role>) -> PageError { .ownMatter(roles: Set(roles.map(\.rawValue))) }
}
