import Events
import Testing
import Testkit

@testable import Accounts

/// Steps shared by the tests about a member's life.
extension AccountsSite {
    static let password = EnteredPassword("grön båt i motvind")

    func close(_ member: MemberID, _ texts: TextsChoices = .anonymise, marked: [Subject] = []) async throws {
        try await accounts.close(
            member, password: AccountsSite.password, texts: texts, marked: marked, command: command("close \(member)"))
    }

    /// Appoints Astrid, who then acts as the administrator.
    func administrator() async throws -> MemberID {
        let astrid = try await member(Sample.astrid)
        try await accounts.grantRole(.administrator, to: astrid, by: .operator, command: command("appoint"))
        return astrid
    }

    func restore(_ member: MemberID) async throws {
        try await accounts.restore(member, accepting: nil, command: CommandID(at: clock.now))
    }

    func refusal(_ body: () async throws -> Void) async throws -> AccountRefusal? {
        do {
            try await body()
            return nil
        } catch let refusal as AccountRefusal {
            return refusal
        }
    }

    func publish(_ version: String, replacing rules: [String: String]) async throws {
        try await accounts.publish(
            Sample.policy(version, replacing: rules), by: .operator, command: command("publish \(version)"))
    }

    /// The sealed content of a stream, as far as it can be opened.
    func contents(of member: MemberID) throws -> [SealedContent] {
        try log.events(in: StreamName(member)).map(\.content).filter { $0 != .none }
    }
}

extension Period {
    static let day = Period("P1D")!
    static let year = Period("P1Y")!
}

extension StatementOfReasons {
    static let sample = StatementOfReasons(rule: "Medlemsvillkoren 4.2", facts: "Samma annons hundra gånger.")!
}
