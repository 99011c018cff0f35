import Testing
import Testkit

@testable import Accounts
@testable import Events

/// A command or a deadline that erases something of a member.
struct ErasingPath: Sendable, CustomStringConvertible {
    let description: String
    var isMember = true
    var prepare: @Sendable (AccountsSite, MemberID) async throws -> Void = { _, _ in }
    let erase: @Sendable (AccountsSite, MemberID) async throws -> Void

    static let all: [ErasingPath] = [
        ErasingPath("declaring another municipality") { site, moa in
            try await site.accounts.declareMunicipality(
                of: moa, #require(Municipality(code: "0180")), command: site.command("move"))
        },
        ErasingPath("protecting an identity") { site, moa in
            try await site.accounts.setIdentityProtection(
                of: moa, to: .protected, by: .operator, command: site.command("protect"))
        },
        ErasingPath("asking for another address twice") { site, moa in
            try await site.requestEmail("moa.ny@example.se", of: moa)
        } erase: { site, moa in
            try await site.requestEmail("moa.nyare@example.se", of: moa)
        },
        ErasingPath("a compromised account, with an address asked for") { site, moa in
            try await site.requestEmail("moa.ny@example.se", of: moa)
        } erase: { site, moa in
            try await site.accounts.reportCompromise(of: moa, by: .member(moa), command: site.command("compromise"))
        },
        ErasingPath("completing a change of address") { site, moa in
            try await site.changeEmail(of: moa)
            site.clock.advance(by: Period("P8D")!)
        } erase: { site, moa in
            _ = try await site.accounts.completeEmailChange(of: moa)
        },
        ErasingPath("undoing a change of address") { site, moa in
            try await site.changeEmail(of: moa)
        } erase: { site, moa in
            try await site.accounts.undoEmailChange(of: moa, command: site.command("undo"))
        },
        ErasingPath("closing an account") { site, moa in
            _ = try await site.signIn("moa")
            try await site.requestEmail("moa.ny@example.se", of: moa)
        } erase: { site, moa in
            try await site.close(moa)
        },
        ErasingPath("the end of the time for details of a sign-in") { site, moa in
            _ = try await site.signIn("moa")
            site.clock.advance(by: Period("P2Y")!)
        } erase: { site, moa in
            let subjects = try await site.log.subjects(of: Owner(moa), [.signIn])
            _ = try await site.accounts.erase(signIns: subjects.map { ($0, .testStart) })
        },
        ErasingPath("correcting a name") { site, moa in
            try await site.requestCorrection(of: moa)
        } erase: { site, moa in
            try await site.decideCorrection()
        },
        ErasingPath("the end of the time for a decided correction") { site, moa in
            try await site.requestCorrection(of: moa)
            try await site.decideCorrection()
            site.clock.advance(by: Period("P4Y")!)
        } erase: { site, _ in
            _ = try await site.accounts.eraseDecided(site.correction)
        },
        ErasingPath("a sign-up that nobody confirms", isMember: false) { site, _ in
            site.clock.advance(by: Period("P8D")!)
        } erase: { site, moa in
            _ = try await site.accounts.lapse(moa)
        },
    ]

    init(
        _ description: String, isMember: Bool = true,
        _ prepare: @escaping @Sendable (AccountsSite, MemberID) async throws -> Void,
        erase: @escaping @Sendable (AccountsSite, MemberID) async throws -> Void
    ) {
        (self.description, self.isMember, self.prepare, self.erase) = (description, isMember, prepare, erase)
    }

    init(_ description: String, erase: @escaping @Sendable (AccountsSite, MemberID) async throws -> Void) {
        self.init(description, { _, _ in }, erase: erase)
    }

    /// Runs `body` with a member for whom everything is prepared.
    func prepared(
        _ body: (AccountsSite, RacingLog, MemberID) async throws -> Void
    ) async throws {
        try await AccountsSite.racing { site, log in
            let moa = isMember ? try await site.member() : try await site.signUp()
            try await prepare(site, moa)
            try await body(site, log, moa)
        }
    }

    /// The kinds of what is left when nothing is held.
    func leftWithoutHold() async throws -> [String] {
        var left: [String] = []
        try await prepared { site, _, moa in
            try await erase(site, moa)
            left = try await site.subjects(of: moa).map(\.kind.rawValue).sorted()
        }
        return left
    }
}

extension AccountsSite {
    fileprivate func requestEmail(_ address: String, of member: MemberID) async throws {
        try await accounts.requestEmailChange(
            of: member, to: EmailAddress(address), command: command("request \(address)"))
    }

    func changeEmail(of member: MemberID) async throws {
        try await requestEmail("moa.ny@example.se", of: member)
        try await accounts.confirmEmailChange(of: member, linkMadeAt: clock.now, command: command("confirm"))
    }

    /// The correction that `requestCorrection` requests: its id is made by a command at the start.
    fileprivate var correction: CorrectionID { CorrectionID(createdBy: CommandID(named: "correct", at: .testStart)) }

    fileprivate func requestCorrection(of member: MemberID) async throws {
        _ = try await accounts.requestCorrection(
            of: member, to: #require(CorrectionWish(.name(PersonName("Moa Berg")), grounds: "")),
            command: command("correct"))
        try await accounts.compare(correction, .registerAgrees, by: .operator, command: command("compare"))
    }

    fileprivate func decideCorrection() async throws {
        try await accounts.decide(
            correction, approve: true, DecisionReason("Stämmer")!, by: .operator, command: command("decide"))
    }
}
