import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-16.3")) struct `The keys of drafts and notes` {
    private let site: TemporarySite
    private let time = TestClock()
    private let anna = MemberID(rawValue: 1)
    private let place = DraftPlace.newConversation(nil)

    init() throws { site = try TemporarySite() }

    private func opened<Value: Sendable>(
        serving: Bool = true, _ body: @Sendable (Application) async throws -> Value
    ) async throws -> Value {
        let application = try Application(
            site.files, clock: time.clock, hasher: PasswordHasher(cost: .quick), serving: serving)
        return try await closing(with: application.close) { try await body(application) }
    }

    private func epochs() throws -> [Int] { try ReadingFile(reading: site.files.reading).epochs() }

    private func rotate(_ application: Application) async throws {
        _ = try await application.log.rotateKeys(claims: Accounts.claims, by: .operator, at: time.now)
    }

    @Test(arguments: [true, false])
    func `are wrapped anew at a rotation, whether or not a site serves, and the old epoch can go`(
        serving: Bool
    ) async throws {
        try await opened { application async throws in
            try await application.accounts.publishFirstVersions()
            try application.reading.save(DraftText("Halva"), at: place, of: anna, at: time.now)
        }
        #expect(try epochs() == [1])
        try await opened(serving: serving) { application async throws in
            try await rotate(application)
            #expect(try epochs() == [2])
            let replaced = try #require(try application.log.replacedEpochs().first)
            try await application.log.destroyEpoch(replaced, by: .system, at: time.now)
            #expect(try application.reading.draft(at: place, of: anna)?.text.text == "Halva")
        }
        #expect(!DatabaseFiles(site.files.reading).hasCompanions)
        try await opened { application async throws in
            #expect(try application.reading.drafts(of: anna).map(\.text.text) == ["Halva"])
        }
    }

    @Test func `that a kill left under the old epoch are wrapped anew by the next run, and hold it until then`()
        async throws
    {
        let before = URL(fileURLWithPath: site.files.reading + ".before")
        try await opened { application async throws in
            try await application.accounts.publishFirstVersions()
            try application.reading.save(DraftText("Halva"), at: place, of: anna, at: time.now)
        }
        try FileManager.default.copyItem(at: URL(fileURLWithPath: site.files.reading), to: before)
        try await opened { try await rotate($0) }
        // As if the kill had come before this file was written.
        try DatabaseFiles(site.files.reading).delete()
        try FileManager.default.moveItem(at: before, to: URL(fileURLWithPath: site.files.reading))
        try await opened { application async throws in
            let replaced = try #require(try application.log.replacedEpochs().first)
            await #expect(throws: EpochInUse.self) {
                try await application.log.destroyEpoch(replaced, by: .system, at: time.now)
            }
            #expect(try await KeyEpochs(application: application).work() == [.keyRotation: 1])
            #expect(try epochs() == [2])
            try await application.log.destroyEpoch(replaced, by: .system, at: time.now)
            #expect(try application.reading.drafts(of: anna).count == 1)
        }
    }

    @Test func `are not shown as gone when their epoch is missing: the site does not start`() async throws {
        try await opened { application async throws in
            try await application.accounts.publishFirstVersions()
            try application.reading.save(DraftText("Halva"), at: place, of: anna, at: time.now)
        }
        let file = try SQLiteConnection(site.files.reading, .readWrite)
        try file.run("UPDATE member_keys SET epoch = 7")
        #expect(throws: ReadingUnusable.epochMissing(7, site.files.reading)) {
            try Application(site.files, clock: time.clock, hasher: PasswordHasher(cost: .quick), serving: true)
        }
        #expect(try ReadingStore.examine(site.files)?.missingEpochs == [7])
    }
}
