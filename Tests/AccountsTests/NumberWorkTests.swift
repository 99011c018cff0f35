import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-16.6")) struct `Confirming a sign-up, whoever holds its number` {
    enum Holder: String, CaseIterable {
        case nobody, member, closed, suspended, banned
    }

    private static let times = 200

    /// What 200 confirmations append, each to the sign-up's own stream, and how they are answered.
    private func confirmations(_ holder: Holder) async throws -> (
        answers: Set<Accounts.Confirmation>, work: Set<[String]>
    ) {
        let found = Guarded((answers: Set<Accounts.Confirmation>(), work: Set<[String]>()))
        try await AccountsSite.with { site async throws in
            let numbers = try AgencyNumbers.adults
            let taken = "19880917-2391"
            if holder != .nobody { try await prepare(holder, site) }
            for index in 0..<Self.times {
                let number = holder == .nobody ? numbers[index % numbers.count] : taken
                let member = try await site.signUp(
                    Sample.form(email: "nr\(index)@example.se", username: "nykomling\(index)", number: number))
                let before = site.log.head
                let command = site.command("confirm \(index)")
                let answer = try await site.accounts.confirm(member, linkMadeAt: site.clock.now, command: command)
                let events = try site.log.events(after: before, limit: 10)
                // One command, appended at once; only the notice to the holder, once a week, stands in another stream.
                #expect(events.allSatisfy { $0.command == command })
                let own = events.filter { $0.stream == StreamName(member) }.map(\.type.description)
                let others = events.filter { $0.stream != StreamName(member) }.map(\.type.description)
                #expect(others == (holder != .nobody && index == 0 ? ["accounts.number-used.v1"] : []))
                found.update {
                    $0.answers.insert(answer)
                    $0.work.insert(own)
                }
            }
        }
        return found.value
    }

    private func prepare(_ holder: Holder, _ site: AccountsSite) async throws {
        let moa = try await site.member()
        switch holder {
        case .nobody, .member: break
        case .closed: try await site.close(moa)
        case .suspended:
            try await site.accounts.deactivate(
                moa, until: site.clock.now.adding(Period(days: 9)), .sample, by: .operator, command: site.command("off")
            )
        case .banned:
            try await site.accounts.closeForBreach(
                moa, .sample, erasing: [], by: .operator, command: site.command("ban"))
        }
    }

    @Test(arguments: Holder.allCases) func `does the same work and gives the same answer, 200 times`(
        holder: Holder
    ) async throws {
        let found = try await confirmations(holder)
        #expect(found.answers == [.confirmed])
        #expect(found.work == [["accounts.confirmed.v2"]])
    }

    @Test(arguments: [false, true]) func `takes no less than the uniform time, however it ends`(fails: Bool)
        async throws
    {
        try await AccountsSite.with { site async throws in
            let delay = Duration.milliseconds(40)
            let accounts = Accounts(
                log: site.log, hasher: site.accounts.hasher, clock: site.clock.clock, uniformDelay: delay)
            let begun = ContinuousClock.now
            do {
                try await accounts.takingUniformTime { if fails { throw AccountRefusal.linkExpired } }
                #expect(!fails)
            } catch AccountRefusal.linkExpired {
                #expect(fails)
            }
            #expect(begun.duration(to: .now) >= delay)
        }
    }
}

@Suite(.clause("P-16.6")) struct `A backup with a duplicate` {
    @Test func `is restored with the number where it was, and the duplicate still ends`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "duplicate-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let backup = directory.appending(path: "backup")
        let files = LogFiles(
            data: directory.appending(path: "data"), keys: directory.appending(path: "keys"),
            anchor: directory.appending(path: "anchor"))
        try FileManager.default.createDirectory(
            at: directory.appending(path: "anchor"), withIntermediateDirectories: true)
        let clock = TestClock()
        _ = try EventLog.create(files, at: clock.now)
        let members = try await opened(files, clock) { site async throws in
            try await site.accounts.publishFirstVersions()
            let members = (moa: try await site.member(), stranger: try await site.duplicate("stranger"))
            _ = try await site.log.backUp(to: backup, by: .operator, at: clock.now)
            return members
        }
        try FileManager.default.removeItem(at: files.data)
        let restoration = Restoration(
            try RestorePlan(RestoreOrder(files: files, backup: backup, ledger: nil, acceptsLoss: true)))
        try FileManager.default.createDirectory(at: files.data, withIntermediateDirectories: true)
        try restoration.place()
        _ = try await restoration.finish(at: clock.now)
        try await opened(files, clock) { site async throws in
            #expect(try site.claims(of: members.moa) == [.email, .username, .personalIdentityNumber])
            #expect(try site.claims(of: members.stranger) == [.email, .username])
            clock.advance(by: Period(days: 7))
            #expect(try await site.accounts.endDuplicate(members.stranger) { [] })
        }
    }

    private func opened<Value>(
        _ files: LogFiles, _ clock: TestClock, _ body: (AccountsSite) async throws -> Value
    ) async throws -> Value {
        let log = try EventLog(files)
        return try await closing(with: log.close) {
            let accounts = Accounts(
                log: log, hasher: PasswordHasher(cost: .quick), clock: clock.clock, uniformDelay: .zero)
            return try await body(AccountsSite(accounts: accounts, log: log, clock: clock))
        }
    }
}
