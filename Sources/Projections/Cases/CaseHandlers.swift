package import Accounts
package import Messaging

extension CaseMatter {
    /// The roles that handle such cases; moderators see no other cases than reports.
    package var handlers: Set<Role> {
        switch self {
        case .report: [.moderator, .administrator]
        case .support, .correction, .dispute, .rights, .number: [.administrator]
        }
    }

    package static func seen(to roles: Set<Role>) -> Set<CaseMatter> {
        Set(allCases.filter { !$0.handlers.isDisjoint(with: roles) })
    }
}
