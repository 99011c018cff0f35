import Accounts
import ArgumentParser
import Events
import Processes

/// `members`: administration without the web.
struct MembersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "Administer members.",
        subcommands: [
            GrantRole.self, RevokeRole.self, Close.self, Restore.self, Deactivate.self, Purge.self,
            ResetTwoFactor.self, WriteAccessReport.self,
        ])

    /// A member by username or id, and a role.
    struct RoleOfMember: ParsableArguments {
        @Argument(help: "The member's username or id.")
        var member: String

        @Argument(help: "moderator, administrator or auditor.")
        var role: String

        func resolved(in application: Application) throws -> (MemberID, Role) {
            guard let role = Role(rawValue: role) else {
                let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("there is no role '\(role)'; the roles are \(names)")
            }
            return (try application.member(named: member), role)
        }
    }

    struct GrantRole: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant-role", abstract: "Give a member a role.")

        @OptionGroup var options: DataOptions
        @OptionGroup var choice: RoleOfMember

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let (member, role) = try choice.resolved(in: application)
            try await application.accounts.grantRole(
                role, to: member, by: .operator, command: CommandID(at: application.clock.now()))
            output.line("\(member) is \(role.rawValue).")
        }
    }

    struct RevokeRole: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke-role", abstract: "Take a role from a member.")

        @OptionGroup var options: DataOptions
        @OptionGroup var choice: RoleOfMember

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let (member, role) = try choice.resolved(in: application)
            try await application.accounts.revokeRole(
                role, from: member, by: .operator, command: CommandID(at: application.clock.now()))
            output.line("\(member) is no longer \(role.rawValue).")
        }
    }
}

extension Application {
    /// - Throws: `CommandFailure` when there is no such member.
    func member(named text: String) throws -> MemberID {
        if let username = try? Username.typed(text), let member = try accounts.find(username) { return member }
        if let id = MemberID(text), try accounts.member(id) != .initial { return id }
        throw CommandFailure.usage("no confirmed member has that username or id; look at the member directory")
    }
}
