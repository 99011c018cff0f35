import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-16.6")) struct `An account whose number is another account's` {
    /// Moa holds the number; a stranger has confirmed a sign-up with it.
    private func with(_ body: (AccountsSite, _ moa: MemberID, _ stranger: MemberID) async throws -> Void) async throws {
        try await AccountsSite.with { site async throws in
            let moa = try await site.member()
            try await body(site, moa, try await site.duplicate("stranger"))
        }
    }

    @Test func `holds address and username, and never the number`() async throws {
        try await with { site, moa, stranger async throws in
            #expect(try site.claims(of: stranger) == [.email, .username])
            #expect(try site.claims(of: moa) == [.email, .username, .personalIdentityNumber])
            #expect(try site.accounts.holder(ofExactly: "19880917-2391", today: Sample.today) == moa)
        }
    }

    @Test(arguments: ["P6DT23H", "P7D"]) func `ends by itself after seven days`(period: String) async throws {
        try await with { site, moa, stranger async throws in
            site.clock.advance(by: try #require(Period(period)))
            let isOver = period == "P7D"
            #expect(try await site.accounts.endDuplicate(stranger) { [] } == isOver)
            #expect(try await !site.accounts.endDuplicate(moa) { [] })
            #expect(try site.accounts.member(stranger).closing?.cause == (isOver ? .duplicate : nil))
            #expect(try site.claims(of: stranger) == (isOver ? [] : [.email, .username]))
            #expect(try await !site.accounts.endDuplicate(stranger) { [] })
        }
    }

    @Test func `lives for as long as the policy says, shortened by a later version`() async throws {
        try await with { site, _, stranger async throws in
            try await site.publish("2026-03-12", replacing: ["duplicateAccount\":\"P7D": "duplicateAccount\":\"P2D"])
            site.clock.advance(by: try #require(Period("P3D")))
            #expect(try await site.accounts.endDuplicate(stranger) { [] })
        }
    }

    @Test func `frees its names, which another member takes`() async throws {
        try await with { site, _, stranger async throws in
            try await site.end(stranger)
            site.clock.advance(seconds: 1)
            let other = try await site.member(
                Sample.form(email: "stranger@example.se", username: "stranger", number: "800222-2399"))
            #expect(try site.accounts.find(Username("stranger")) == other)
            #expect(try site.accounts.restorableMember(with: EmailAddress("stranger@example.se")) == nil)
        }
    }

    @Test func `is restored neither by its owner nor by staff without the number`() async throws {
        try await with { site, _, stranger async throws in
            try await site.end(stranger)
            let refused = try await site.refusal {
                try await site.accounts.restore(stranger, accepting: nil, command: site.command("self"))
            }
            #expect(refused == .notByOneself)
            let byStaff = try await site.refusal {
                try await site.accounts.restore(stranger, by: .operator, command: site.command("staff"))
            }
            #expect(byStaff == .numberNotProved)
        }
    }

    @Test func `is erased when the time to appeal is over, or when the appeal is answered`() async throws {
        try await with { site, _, stranger async throws in
            let second = try await site.duplicate("second")
            try await site.end(stranger)
            try await site.end(second)
            try await site.accounts.appeal(
                of: second, #require(AppealText("Det är mitt nummer")), command: site.command("appeal"))
            site.clock.advance(by: try #require(Period("P6M")))
            #expect(try await site.accounts.purge(stranger))
            #expect(try await !site.accounts.purge(second))
            try await site.accounts.rejectAppeal(
                of: second, .sample, by: .operator, command: site.command("rejected"))
            #expect(try await site.accounts.purge(second))
        }
    }

    @Test func `does not inherit the number: not from one who leaves, is erased, or gets another`() async throws {
        try await with { site, moa, stranger async throws in
            try await site.close(moa)
            #expect(try site.claims(of: stranger) == [.email, .username])
            site.clock.advance(by: try #require(Period("P1Y")))
            try await site.remindAndPurge(moa)
            #expect(try site.accounts.holderOfNumber(of: stranger) == nil)
            #expect(try site.claims(of: stranger) == [.email, .username])
            #expect(try site.accounts.isDuplicate(stranger))
            let newcomer = try await site.member(Sample.form(email: "ny@example.se", username: "nykomling"))
            #expect(try site.accounts.holderOfNumber(of: stranger) == newcomer)
        }
    }

    @Test func `gets a number of its own by a correction that was approved`() async throws {
        try await with { site, moa, stranger async throws in
            try await site.correctNumber(of: stranger, to: "19800222-2399")
            #expect(try !site.accounts.isDuplicate(stranger))
            #expect(try site.claims(of: stranger) == [.email, .username, .personalIdentityNumber])
            #expect(try site.accounts.holder(ofExactly: "19880917-2391", today: Sample.today) == moa)
            site.clock.advance(by: try #require(Period("P8D")))
            #expect(try await !site.accounts.endDuplicate(stranger) { [] })
        }
    }

    @Test func `stays without the number when its holder gets another one`() async throws {
        try await with { site, moa, stranger async throws in
            try await site.correctNumber(of: moa, to: "19800222-2399")
            #expect(try site.accounts.holderOfNumber(of: stranger) == nil)
            #expect(try site.claims(of: stranger) == [.email, .username])
        }
    }

    @Test func `holds what the log and the vault say when its claims are made anew from them`() async throws {
        try await with { site, moa, stranger async throws in
            let ended = try await site.duplicate("ended")
            try await site.end(ended)
            for member in [moa, stranger, ended] {
                let state = try site.accounts.member(member)
                let claims = state.closing?.cause == .duplicate ? [] : state.account?.claims ?? []
                for claim in claims { #expect(try site.log.holder(of: claim) == Owner(member)) }
                #expect(Set(claims.map(\.kind)) == (try site.claims(of: member)))
            }
        }
    }

    @Test func `is ended before its time by an administrator, but not by the holder or a moderator`() async throws {
        try await with { site, moa, stranger async throws in
            let astrid = try await site.administrator()
            let moderator = try await site.member(Sample.nils)
            try await site.accounts.grantRole(.moderator, to: moderator, by: .operator, command: site.command("mod"))
            try await site.accounts.grantRole(.administrator, to: moa, by: .operator, command: site.command("adm"))
            func end(_ actor: MemberID) async throws -> AccountRefusal? {
                try await site.refusal {
                    try await site.accounts.endDuplicateNow(
                        stranger, erasing: [], by: .member(actor), command: CommandID(at: site.clock.now))
                }
            }
            #expect(try await end(moderator) == .notAllowed)
            #expect(try await end(moa) == .ownMatter)
            #expect(try await end(astrid) == nil)
            #expect(try site.accounts.member(stranger).closing?.cause == .duplicate)
            #expect(try await end(astrid) == .alreadyDecided)
        }
    }

    @Test func `hides that staff viewed it for its number until it has ended`() async throws {
        try await with { site, _, stranger async throws in
            let astrid = try await site.administrator()
            for reason in [ViewingReason.duplicate, .support] {
                try await site.accounts.view(
                    stranger, for: reason, note: nil, by: astrid, command: site.command("\(reason)"))
            }
            #expect(try site.accounts.dataViews(of: stranger).map(\.view.reason) == [.support])
            try await site.end(stranger)
            #expect(try site.accounts.dataViews(of: stranger).map(\.view.reason) == [.duplicate, .support])
        }
    }

    @Test func `that its owner closed comes back only while its time lasts`() async throws {
        try await with { site, _, stranger async throws in
            func restore(_ words: String) async throws -> AccountRefusal? {
                try await site.refusal {
                    try await site.accounts.restore(stranger, accepting: nil, command: site.command(words))
                }
            }
            try await site.close(stranger)
            #expect(try await restore("first") == nil)
            #expect(try site.accounts.isDuplicate(stranger))
            site.clock.advance(by: try #require(Period("PT1H")))
            try await site.close(stranger)
            site.clock.advance(by: try #require(Period("P7D")))
            #expect(try await restore("second") == .notByOneself)
        }
    }
}

@Suite(.clause("P-16.6")) struct `The holder of a number that others use` {
    @Test func `is told once a week at most`() async throws {
        try await AccountsSite.with { site async throws in
            let moa = try await site.member()
            func told() throws -> Int { try site.types(of: StreamName(moa)).count { $0 == "accounts.number-used.v1" } }
            for name in ["ett", "tva"] { _ = try await site.duplicate(name) }
            #expect(try told() == 1)
            site.clock.advance(by: try #require(Period("P7D")))
            _ = try await site.duplicate("tre")
            #expect(try told() == 2)
        }
    }

    @Test(arguments: ["closed", "deactivated", "breach"])
    func `is told also when she has left or is suspended`(state: String) async throws {
        try await AccountsSite.with { site async throws in
            let moa = try await site.member()
            switch state {
            case "closed": try await site.close(moa)
            case "deactivated":
                try await site.accounts.deactivate(
                    moa, until: site.clock.now.advanced(seconds: 999), .sample, by: .operator,
                    command: site.command("off"))
            default:
                try await site.accounts.closeForBreach(
                    moa, .sample, erasing: [], by: .operator, command: site.command("ban"))
            }
            _ = try await site.duplicate("stranger")
            #expect(try site.types(of: StreamName(moa)).last == "accounts.number-used.v1")
        }
    }
}

@Suite(.clause("P-16.6")) struct `Moving a number to its rightful owner` {
    private let file = CaseID(rawValue: 7)

    private func move(_ site: AccountsSite, to owner: MemberID, by actor: Actor = .operator) async throws
        -> AccountRefusal?
    {
        try await site.refusal {
            try await site.accounts.moveNumber(
                to: owner, provedIn: file, by: actor, command: CommandID(at: site.clock.now))
        }
    }

    @Test func `makes the first one a duplicate, which ends like any other`() async throws {
        try await AccountsSite.with { site async throws in
            let first = try await site.member()
            let owner = try await site.duplicate("hulda")
            site.clock.advance(by: try #require(Period("P5D")))
            #expect(try await move(site, to: owner) == nil)
            #expect(try site.claims(of: owner) == [.email, .username, .personalIdentityNumber])
            #expect(try site.claims(of: first) == [.email, .username])
            site.clock.advance(by: try #require(Period("P6DT23H")))
            #expect(try await !site.accounts.endDuplicate(first) { [] })
            #expect(try await !site.accounts.endDuplicate(owner) { [] })
            site.clock.advance(by: try #require(Period("PT1H")))
            #expect(try await site.accounts.endDuplicate(first) { [] })
        }
    }

    @Test func `brings back an account that has ended, with its names if they are free`() async throws {
        try await AccountsSite.with { site async throws in
            let first = try await site.member()
            let owner = try await site.duplicate("hulda")
            try await site.end(owner)
            #expect(try await move(site, to: owner) == nil)
            #expect(try site.accounts.member(owner).active?.duplicateSince == nil)
            #expect(try site.claims(of: owner) == [.email, .username, .personalIdentityNumber])
            #expect(try site.accounts.isDuplicate(first))
        }
    }

    @Test func `is refused when a name of the ended account is another member's by now`() async throws {
        try await AccountsSite.with { site async throws in
            let first = try await site.member()
            let owner = try await site.duplicate("hulda")
            try await site.end(owner)
            _ = try await site.member(Sample.form(email: "ny@example.se", username: "hulda", number: "800222-2399"))
            #expect(try await move(site, to: owner) == .usernameTaken)
            #expect(try !site.accounts.isDuplicate(first))
        }
    }

    @Test func `is for administrators, in matters of others`() async throws {
        try await AccountsSite.with { site async throws in
            let holder = try await site.member()
            let owner = try await site.duplicate("hulda")
            #expect(try await move(site, to: owner, by: .member(holder)) == .notAllowed)
            for member in [holder, owner] {
                try await site.accounts.grantRole(
                    .administrator, to: member, by: .operator, command: site.command("\(member)"))
                #expect(try await move(site, to: owner, by: .member(member)) == .ownMatter)
            }
            #expect(try await move(site, to: MemberID(rawValue: 99)) == .noSuchMember)
        }
    }
}

extension AccountsSite {
    /// A member who has confirmed a sign-up with Moa's number.
    func duplicate(_ name: String) async throws -> MemberID {
        try await member(Sample.form(email: "\(name)@example.se", username: name))
    }

    func end(_ member: MemberID) async throws {
        try await accounts.endDuplicateNow(
            member, erasing: [], by: .operator, command: CommandID(at: clock.now))
    }

    /// The kinds of names that a member holds.
    func claims(of member: MemberID) throws -> Set<Claim.Kind> {
        guard let account = try accounts.member(member).account, let identity = account.identity.value.value,
            let email = account.email?.value.value
        else { return [] }
        let held = try [email.claim, identity.username.claim, identity.number.claim].filter {
            try log.holder(of: $0) == Owner(member)
        }
        return Set(held.map(\.kind))
    }

    func correctNumber(of member: MemberID, to number: String) async throws {
        let number = try PersonalIdentityNumber(number, today: clock.now.stockholmDate)
        let wish = CorrectionWish(recorded: .personalIdentityNumber(number), grounds: "")
        let id = try await accounts.requestCorrection(of: member, to: wish, command: command("wish \(member)"))
        try await accounts.compare(id, .documentAgrees, by: .operator, command: command("compare \(member)"))
        try await accounts.decide(
            id, approve: true, DecisionReason(recorded: "Pass"), by: .operator, command: command("decide \(member)"))
    }

    func remindAndPurge(_ member: MemberID) async throws {
        _ = try await accounts.announcePurge(of: member)
        clock.advance(by: Period(days: 31))
        guard try await accounts.purge(member) else { throw Unexpected() }
    }
}
