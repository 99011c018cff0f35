import Accounts
import Events
import Web

/// Whose matter a staff route is; staff do not act in their own (P-08.2).
///
/// Every route of the staff is registered with one.
enum Matter: Sendable {
    /// Concerns no single member.
    case nobodys
    /// Those whom the request concerns, asked of the log and of the form that was sent. They get `PageError.ownMatter`.
    case of(@Sendable (SiteContext) throws -> Set<MemberID>)
    /// A page that concerns one member, does nothing, and shows her no more than her own settings do.
    case harmless

    /// - Throws: `PageError.ownMatter`, and what the request itself is refused with.
    func require(othersThan reader: MemberID, _ roles: Set<Role>, _ context: SiteContext) throws {
        guard case .of(let concerned) = self, try concerned(context).contains(reader) else { return }
        throw PageError.ownMatter(of: roles)
    }
}

extension PageError {
    /// The staff do not act in their own matters (P-08.2).
    /// - Parameter roles: of those who may handle it.
    static func ownMatter(of roles: Set<Role>) -> PageError { .ownMatter(roles: Set(roles.map(\.rawValue))) }
}
