import Accounts
import ArgumentParser
import Events
import Processes

extension MembersCommand {
    /// `members reset-two-factor`: the operator's approval, where there is no second administrator, for a member who has lost device and
    /// recovery codes.
    struct ResetTwoFactor: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-two-factor",
            abstract: "Approve that a member's second factor is removed, because the device is lost.",
            discussion: """
                Where there is one administrator only: she proposes it on the member's page, and this is the second \
                approval. For herself it needs no proposal. Make sure first who asks. Every session of the member \
                ends, and the member gets a mail.
                """)

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            try await application.decide(about: whom.member, "without two-factor sign-in", options, output) {
                try await application.accounts.resetTwoFactor(of: $0, by: .operator, command: $1)
                try await host.endSessions(of: $0)
            }
        }
    }
}

extension CommandHost {
    /// Signs a member out everywhere, with or without a running site.
    fileprivate func endSessions(of member: MemberID) async throws {
        let (accounts, clock) = (application.accounts, application.clock)
        guard let runtime = try records.runtime() else { return }
        let signIns = try SignInRecords(store: runtime.store)
        try await SessionEnding(accounts: accounts, sessions: runtime.sessions, signIns: signIns)
            .endAll(of: member, at: clock.now())
    }
}
