package import Accounts

/// The Swedish names of the roles.
package enum RoleWords {
    package static func name(of role: Role) -> String {
        switch role {
        case .member: "medlem"
        case .moderator: "moderator"
        case .administrator: "administratör"
        case .auditor: "revisor"
        }
    }

    package static func meaning(of role: Role) -> String {
        switch role {
        case .member: "läser och skriver"
        case .moderator: "ser till att forumet följer reglerna"
        case .administrator: "sköter webbplatsen och utser andra"
        case .auditor: "granskar vad som har hänt, utan att kunna ändra något"
        }
    }

    /// The names of the granted roles; `member` is left out unless it is the only one.
    package static func list(_ roles: Set<Role>) -> String {
        let names = Role.allCases.filter { roles.contains($0) && $0 != .member }.map(name)
        return names.isEmpty ? name(of: .member) : names.joined(separator: ", ")
    }
}
