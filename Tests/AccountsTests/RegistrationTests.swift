import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-06.1")) struct `Becoming a member` {
    @Test(.clause("P-00.1")) func `begins on a site whose first events are the policy and the terms`() async throws {
        try await AccountsSite.with { site in
            let first = ["accounts.policy-published.v1", "accounts.policy-in-force.v1"]
            #expect(try site.log.events(after: 0, limit: 9).prefix(2).map(\.type.description) == first)
            #expect(try site.accounts.policies().versions == [PolicyDocument.first()])
            #expect(try site.accounts.terms().inForce(at: site.clock.now) == TermsDocument.first())
            let head = site.log.head
            try await site.accounts.publishFirstVersions()
            #expect(site.log.head == head)
        }
    }

    @Test func `takes a form and a link`() async throws {
        try await AccountsSite.with { site in
            let member = try await site.signUp()
            #expect(try site.accounts.member(member).active == nil)
            #expect(try site.accounts.roles(of: member).isEmpty)
            #expect(try await site.confirm(member) == .confirmed)
            let account = try #require(try site.accounts.member(member).active)
            #expect(account.identity.value.value?.name.text == "Moa Hallin")
            #expect(account.email?.value.value?.text == "moa@example.se")
            #expect(account.municipality?.value.value?.code == "0380")
            #expect(account.signedUpAt == site.clock.now)
            #expect(try site.accounts.roles(of: member) == [.member])
            #expect(try site.accounts.find(Username("MOA")) == member)
        }
    }

    @Test func `happens once, however often form and link arrive`() async throws {
        try await AccountsSite.with { site in
            let member = try await site.signUp()
            #expect(try await site.signUp() == member)
            #expect(try await site.confirm(member) == .confirmed)
            #expect(try await site.confirm(member) == .confirmed)
            #expect(try site.types(of: StreamName(member)).filter { $0 == "accounts.confirmed.v2" }.count == 1)
        }
    }

    @Test func `happens once when the link is followed twice at the same moment`() async throws {
        try await AccountsSite.with { site in
            let member = try await site.signUp()
            let outcomes = try await site.confirmAtOnce(Array(repeating: member, count: 6))
            #expect(outcomes == Array(repeating: .confirmed, count: 6))
            #expect(try site.types(of: StreamName(member)).filter { $0 == "accounts.confirmed.v2" }.count == 1)
        }
    }

    @Test func `reserves nothing until the address is confirmed`() async throws {
        try await AccountsSite.with { site in
            let first = try await site.signUp(command: "first")
            let second = try await site.signUp(command: "second")
            #expect(try site.accounts.find(Username("moa")) == nil)
            #expect(try await site.confirm(second) == .confirmed)
            #expect(try await site.confirm(first) == .emailTaken)
            #expect(try site.accounts.find(Username("moa")) == second)
        }
    }

    @Test func `with one address at the same moment makes one member`() async throws {
        try await AccountsSite.with { site in
            var members: [MemberID] = []
            for number in 0..<8 { members.append(try await site.signUp(command: "sign-up \(number)")) }
            let outcomes = try await site.confirmAtOnce(members)
            #expect(outcomes.filter { $0 == .confirmed }.count == 1)
            #expect(outcomes.filter { $0 == .emailTaken }.count == 7)
        }
    }

    @Test(.clause("P-16.6"))
    func `with one number at the same moment makes one holder; the others are members without it`()
        async throws
    {
        try await AccountsSite.with { site in
            var members: [MemberID] = []
            for number in 0..<8 {
                members.append(
                    try await site.signUp(Sample.form(email: "moa\(number)@example.se", username: "moa\(number)")))
            }
            let outcomes = try await site.confirmAtOnce(members)
            #expect(outcomes.allSatisfy { $0 == .confirmed })
            let accounts = try members.map { try #require(try site.accounts.member($0).active) }
            #expect(accounts.filter { $0.duplicateSince == nil }.count == 1)
            let winner = try #require(accounts.firstIndex { $0.duplicateSince == nil })
            #expect(try site.accounts.holderOfNumber(of: members[winner]) == members[winner])
        }
    }

    @Test(.clause("P-16.6"))
    func `with a number that is taken makes a member like any other, without the number`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let stranger = try await site.signUp(Sample.form(email: "stranger@example.se", username: "moa"))
            #expect(try await site.confirm(stranger) == .usernameTaken)
            #expect(try await site.confirm(stranger, username: Username("stranger")) == .confirmed)
            #expect(try await site.confirm(stranger) == .confirmed)
            #expect(try site.accounts.holderOfNumber(of: stranger) == moa)
            #expect(try site.accounts.isDuplicate(stranger))
            #expect(try site.accounts.find(Username("stranger")) == stranger)
            #expect(try await site.signIn("stranger@example.se") != .refused)
            let events = try site.log.events(in: StreamName(stranger))
            #expect(!events.contains { String(decoding: $0.clear.bytes, as: UTF8.self).contains(moa.description) })
        }
    }

    @Test func `with a username that is taken can be tried again with another`() async throws {
        try await AccountsSite.with { site in
            _ = try await site.member()
            let astrid = try await site.signUp(
                Sample.form(email: "astrid@example.se", username: "Moa", number: "19750612-9241"))
            #expect(try await site.confirm(astrid) == .usernameTaken)
            #expect(try await site.confirm(astrid, username: Username("astrid")) == .confirmed)
            #expect(try site.accounts.member(astrid).active?.identity.value.value?.username.text == "astrid")
            #expect(try site.accounts.find(Username("astrid")) == astrid)
        }
    }

    @Test func `is too late after the link's time`() async throws {
        try await AccountsSite.with { site in
            let member = try await site.signUp()
            let made = site.clock.now
            site.clock.advance(by: try #require(Period("PT48H")))
            await #expect(throws: AccountRefusal.linkExpired) {
                try await site.accounts.confirm(member, linkMadeAt: made, command: site.command("late"))
            }
            await #expect(throws: AccountRefusal.linkExpired) { try await site.confirm(MemberID(rawValue: 99)) }
        }
    }

    @Test func `that is not confirmed leaves nothing after seven days`() async throws {
        try await AccountsSite.with { site in
            let member = try await site.signUp()
            let confirmed = try await site.member(Sample.astrid)
            #expect(try await !site.accounts.lapse(member))
            site.clock.advance(by: try #require(Period("P7D")))
            #expect(try await site.accounts.lapse(member))
            #expect(try await !site.accounts.lapse(member))
            #expect(try await !site.accounts.lapse(confirmed))
            let account = try #require(try site.accounts.member(member).account)
            #expect(account.identity.value == .erased && account.email?.value == .erased)
            #expect(account.municipality?.value == .erased && account.password?.value == .erased)
            await #expect(throws: AccountRefusal.linkExpired) { try await site.confirm(member) }
        }
    }

    @Test(.clause("P-14.1")) func `leaves no personal data readable in any file`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let accounts = Accounts(
                log: log, hasher: PasswordHasher(cost: .quick), clock: TestClock().clock, uniformDelay: .zero)
            try await accounts.publishFirstVersions()
            let here = AccountsSite(accounts: accounts, log: log, clock: TestClock())
            _ = try await here.member()
        }
        let files = try #require(FileManager.default.enumerator(at: site.files.data, includingPropertiesForKeys: nil))
        var read = 0
        for case let file as URL in files where !file.hasDirectoryPath {
            let bytes = try Data(contentsOf: file)
            read += 1
            for secret in [
                "198809172391", "8809172391", "880917-2391", "Moa Hallin", "moa@example.se", "$scrypt$", "grön båt",
            ] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file.lastPathComponent) shows \(secret)")
            }
        }
        #expect(read > 2)
    }
}

extension AccountsSite {
    func confirmAtOnce(_ members: [MemberID]) async throws -> [Accounts.Confirmation] {
        let made = clock.now
        return try await withThrowingTaskGroup { group in
            for (index, member) in members.enumerated() {
                group.addTask {
                    (index, try await accounts.confirm(member, linkMadeAt: made, command: CommandID(at: made)))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
