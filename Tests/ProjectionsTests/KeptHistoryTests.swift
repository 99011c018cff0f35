import Events
import Foundation
import Testing
import Testkit

@testable import Projections

@Suite struct `A history that an earlier version kept` {
    @Test(arguments: try KeptHistory.all())
    func `is sound, and continues its checkpoint`(history: KeptHistory) throws {
        let files = try history.copied()
        defer { try? FileManager.default.removeItem(at: files.data) }
        let checkpoint = try SignedCheckpoint(note: String(contentsOfFile: files.checkpoint, encoding: .utf8))
        let verified = try LogVerifier(path: files.log, checkpoint: checkpoint, key: history.verifierKey).run()
        #expect(verified.isSound && verified.signature == .valid)
        #expect(verified.events == history.found.types.values.reduce(0, +))
    }

    @Test(arguments: try KeptHistory.all())
    func `is opened, decoded and shown as it was then`(history: KeptHistory) async throws {
        let files = try history.copied()
        defer { try? FileManager.default.removeItem(at: files.data) }
        let log = try EventLog(files)
        try await closing(with: log.close) {
            let views = try Views(of: log, in: files.data)
            defer { views.close() }
            #expect(try KeptHistory.Findings(log, views) == history.found)
        }
    }

    /// The number of breaches that they really contain: their generator leaves questions unanswered for days.
    private static let breaches: [String: [InvariantName: Int]] = [
        "2026-11-30": [.questionsAreAnswered: 8], "2026-12-01": [.questionsAreAnswered: 8],
        "2026-12-01-reading": [.questionsAreAnswered: 8],
    ]

    /// Checks that were written after the histories.
    private static let checks: [InvariantName] = [
        .chosenTextsGo, .closedCasesGo, .unusedAccountsAreClosed, .correctionsAreDecidedInTime,
        .rectificationsAreDecidedInTime, .rightsAreDecidedInTime, .requestsAreIdentified, .waitingCasesEnd,
        .questionsAreAnswered,
    ]

    @Test(arguments: try KeptHistory.all())
    func `breaks no check that was written later, except where it really does`(history: KeptHistory) throws {
        let files = try history.copied()
        defer { try? FileManager.default.removeItem(at: files.data) }
        let log = try LogCopy(files)
        let last = try #require(try log.events(after: 0, limit: 100_000).last)
        let found = try ConformanceAudit(of: log).run(at: last.time)
        #expect(found.unreadable == [])
        let broken = Self.checks.compactMap { name in found.outcomes[name]?.violations.map { (name, $0) } }
        let counts = Dictionary(uniqueKeysWithValues: broken.map { ($0.0, $0.1.count) })
        #expect(counts == Self.breaches[history.description] ?? [:], "\(broken.flatMap(\.1.first).map(\.what))")
    }

    /// Not a rule but the way to store a new history; it runs only when requested by name.
    @Test(.enabled(if: KeptHistory.newName != nil))
    func `is stored with the others`() async throws {
        let site = try TemporarySite()
        let found = try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: 20_261_127, time: TestClock())
            try await history.begin()
            try await history.tellWhatIsRare()
            for _ in 1...200 { try await history.step() }
            _ = try await log.checkpoint()
            let views = try Views(of: log, in: site.files.data)
            defer { views.close() }
            return try KeptHistory.Findings(log, views)
        }
        try KeptHistory.keep(site, as: #require(KeptHistory.newName), found)
    }
}
