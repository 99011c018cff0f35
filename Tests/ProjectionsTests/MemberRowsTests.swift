import Accounts
import Events
import Foundation
import GRDB
import Testing
import Testkit

@testable import Projections

@Suite struct `The rows of members` {
    @Test(.clause("P-11.2")) func `hold a name only while it is shown, and never a birth date`() async throws {
        try await LifeSite.with { site in
            let moa = try await site.member()
            #expect(try await site.row(of: moa) == "moa.hallin  0380 0")
            try await site.answer(.visibleAgeAndSex, true, moa)
            #expect(try await site.row(of: moa) == "moa.hallin  0380 1")
            try await site.answer(.visibleName, true, moa)
            #expect(try await site.row(of: moa) == "moa.hallin Moa Hallin 0380 1")
            try await site.answer(.visibleAgeAndSex, false, moa)
            try await site.answer(.visibleName, false, moa)
            #expect(try await site.row(of: moa) == "moa.hallin  0380 0")
            let everything = try await site.everything()
            #expect(
                !everything.contains("Hallin") && !everything.contains("19880917") && !everything.contains("1988-09-17")
            )
        }
    }

    @Test(.clause("P-07.1"), .clause("P-11.1"))
    func `hold nothing that tells a protected identity from an unknown municipality`() async throws {
        try await LifeSite.with { site in
            let moa = try await site.member()
            try await site.answer(.visibleName, true, moa)
            try await site.accounts.setHandling(of: moa, to: .protected, by: .system, command: site.command())
            let protected = try await site.rowBytes(of: moa)
            try await site.accounts.setHandling(of: moa, to: .ordinary, by: .system, command: site.command())
            try await site.accounts.declareMunicipality(
                of: moa, #require(Municipality(code: "0380")), command: site.command())
            #expect(try await site.row(of: moa) == "moa.hallin  0380 0")
            let erasure = ErasureRequest(fence: .random(), .kinds([.municipality], of: Owner(moa)))
            _ = try await site.log.erase(erasure, command: site.command(), by: .system, at: site.time.now)
            #expect(try await site.rowBytes(of: moa) == protected)
        }
    }

    @Test(.clause("P-16.2")) func `are gone while an account is closed, and come back as they were`() async throws {
        try await LifeSite.with { site in
            let (moa, astrid) = (try await site.member(), try await site.member("astrid", "197506129241"))
            try await site.accounts.grantRole(.administrator, to: astrid, by: .operator, command: site.command())
            try await site.answer(.visibleName, true, moa)
            let before = try await site.rowBytes(of: moa)
            try await site.accounts.close(
                moa, password: EnteredPassword(LifeSite.password), texts: .anonymise, marked: [],
                command: site.command())
            #expect(try await site.rowBytes(of: moa) == nil)
            #expect(try await !site.everything().contains("moa.hallin"))
            try await site.accounts.restore(moa, by: .member(astrid), command: site.command())
            #expect(try await site.rowBytes(of: moa) == before)
        }
    }

    @Test func `follow a new username and a corrected name`() async throws {
        try await LifeSite.with { site in
            let (moa, astrid) = (try await site.member(), try await site.member("astrid", "197506129241"))
            try await site.accounts.grantRole(.administrator, to: astrid, by: .operator, command: site.command())
            try await site.answer(.visibleName, true, moa)
            try await site.accounts.changeUsername(of: moa, to: Username("moa-h"), command: site.command())
            let wish = try #require(CorrectionWish(.name(PersonName("Moa Ek")), grounds: ""))
            let request = try await site.accounts.requestCorrection(of: moa, to: wish, command: site.command())
            let (judge, reason) = (Actor.member(astrid), try #require(DecisionReason("Ja")))
            try await site.accounts.compare(request, .documentAgrees, by: judge, command: site.command())
            try await site.accounts.decide(request, approve: true, reason, by: judge, command: site.command())
            #expect(try await site.row(of: moa) == "moa-h Moa Ek 0380 0")
        }
    }

    @Test func `as of an earlier time are what they were then`() async throws {
        try await LifeSite.with { site in
            let moa = try await site.member()
            try await site.answer(.visibleName, true, moa)
            let then = (position: site.log.head, row: try await site.rowBytes(of: moa))
            try await site.answer(.visibleName, false, moa)
            try await site.accounts.changeUsername(of: moa, to: Username("moa-h"), command: site.command())
            let earlier = try GenerationLoad.build(
                99, in: site.directory, from: site.log, through: then.position
            ) { _ in }
            let bytes = try earlier.read { try LifeSite.rowBytes(of: moa, in: $0) }
            #expect(bytes?.contains("'Moa Hallin'") == true)
            // The username is sealed under the same key as before; only later writes must not show.
            #expect(try earlier.read { try LifeSite.rowBytes(of: moa, in: $0) } == then.row)
        }
    }
}

/// Members with varied histories, and the views of them.
private struct LifeSite {
    static let password = "grön båt i motvind"

    let accounts: Accounts
    let log: EventLog
    let time: TestClock
    let views: Views
    let directory: URL

    static func with(_ body: (LifeSite) async throws -> Void) async throws {
        let site = try TemporarySite()
        let time = TestClock()
        try await site.withLog { log async throws in
            let accounts = Accounts(
                log: log, hasher: PasswordHasher(cost: .quick), clock: time.clock)
            try await accounts.publishFirstVersions()
            let views = try Views(of: log, in: site.files.data)
            defer { views.close() }
            try await body(
                LifeSite(accounts: accounts, log: log, time: time, views: views, directory: site.files.data))
        }
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func member(_ username: String = "moa.hallin", _ number: String = "198809172391") async throws -> MemberID {
        try await accounts.join(SignUpForm(username, number: number, password: LifeSite.password), at: time.now)
    }

    func answer(_ purpose: ConsentPurpose, _ isYes: Bool, _ member: MemberID) async throws {
        let wording = TextHash(of: "test")
        try await accounts.answer(
            AnswerConsent(purpose, isYes: isYes, wording: wording), of: member, command: command())
    }

    /// Username, name, municipality and the flag.
    func row(of member: MemberID) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT username || ' ' || coalesce(name, '') || ' ' || coalesce(municipality, '') || ' ' || shows_age_and_sex
                    FROM members WHERE id = ?
                    """, arguments: [member.column])
        }
    }

    func rowBytes(of member: MemberID) async throws -> String? {
        try await read { try LifeSite.rowBytes(of: member, in: $0) }
    }

    static func rowBytes(of member: MemberID, in database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: """
                SELECT concat_all FROM (SELECT id, quote(identity) || quote(username) || quote(folded) || quote(sort_key) || quote(name)
                || quote(name_key) || quote(shows_age_and_sex) || quote(municipality_subject) || quote(municipality) || quote(joined)
                AS concat_all FROM members) WHERE id = ?
                """, arguments: [member.column])
    }

    /// Every row of every table.
    func everything() async throws -> String {
        try await read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            return try tables.flatMap { try Row.fetchAll(database, sql: "SELECT * FROM \($0)").map(\.description) }
                .joined(separator: "\n")
        }
    }

    private func read<Value: Sendable>(_ query: @Sendable (Database) throws -> Value) async throws -> Value {
        _ = await views.waitUntil(position: log.head)
        return try views.read { try query($0.database) }
    }
}
