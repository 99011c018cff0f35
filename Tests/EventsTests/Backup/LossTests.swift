import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `A log that lost its end` {
    let site: BackedUpSite

    init() async throws {
        site = try BackedUpSite()
        try await site.withLog { log async throws in
            try await site.write("före", by: site.anna, in: log)
            _ = try await site.backUp(log)
            for number in 1...4 { try await site.write("efter \(number)", by: site.anna, in: log) }
        }
    }

    private func kept() throws -> SignedCheckpoint {
        try SignedCheckpoint(note: String(contentsOfFile: site.files.checkpoint, encoding: .utf8))
    }

    @Test func `is not restored unless the loss is accepted`() async throws {
        try site.lose(site.files.log, site.files.vault)
        await #expect(throws: BackupUnusable.lossNotAccepted(head: 2, known: 6)) { try await site.restore() }
        try site.lose(site.files.checkpoint)
        // The anchor also records the head.
        await #expect(throws: BackupUnusable.lossNotAccepted(head: 2, known: 6)) { try await site.restore() }
    }

    @Test func `continues under a new name, and its first event says what is lost`() async throws {
        let last = try kept()
        let early = try SignedCheckpoint(
            note: String(contentsOf: site.backup.appending(path: "log/checkpoint"), encoding: .utf8))
        try site.lose(site.files.log, site.files.vault)
        let report = try await site.restore(acceptsLoss: true)
        let continued = try await site.withLog { log async throws in
            let event = try #require(try log.events(after: 2, limit: 1).first)
            #expect(log.verifierKey.name == report.origin)
            return try #require(try LogContinued(event))
        }
        #expect(continued.lastKnown == 6 && continued.lostFrom == 3)
        #expect(continued.root.description == Hex.encode(last.checkpoint.root))
        #expect(report.origin == "\(last.checkpoint.origin)/\(continued.id)")
        #expect(try kept().checkpoint.origin == report.origin)

        let verify = { try LogVerifier(path: site.files.log, checkpoint: $0).run() }
        #expect(try verify(early).isSound)
        #expect(try verify(kept()).isSound)
        #expect(try verify(last).findings.map(\.defect) == [.lost(from: 3, through: 6)])
        let before = site.anchor.appending(path: "checkpoint-before-\(continued.id)")
        #expect(try String(contentsOf: before, encoding: .utf8) == last.note)
    }

    @Test func `put in the place of the whole one is refused at the start`() async throws {
        try site.lose(site.files.log)
        try FileManager.default.copyItem(
            atPath: site.backup.appending(path: "log/log.sqlite").path, toPath: site.files.log)
        #expect(throws: LogUnusable.shorterThanCheckpoint(head: 2, size: 6)) { try EventLog(site.files) }
    }

    @Test func `can lose it again, under a third name`() async throws {
        try site.lose(site.files.log, site.files.vault)
        let first = try await site.restore(acceptsLoss: true)
        try await site.withLog { log async throws in
            for number in 1...9 { try await site.write("om igen \(number)", by: site.anna, in: log) }
        }
        try site.lose(site.files.log, site.files.vault)
        await #expect(throws: BackupUnusable.lossNotAccepted(head: 2, known: 12)) { try await site.restore() }
        let second = try await site.restore(acceptsLoss: true)
        #expect(second.origin != first.origin && second.continued?.lastKnown == 12)
        #expect(try await site.texts() == ["före"])
    }
}

@Suite struct `A restoration that was interrupted` {
    let site: BackedUpSite

    init() async throws {
        site = try BackedUpSite()
        try await site.withLog { log async throws in
            try await site.write("Anna", by: site.anna, in: log)
            try await site.write("Bo", by: site.bo, in: log)
            _ = try await site.backUp(log)
            try await site.erase(site.anna, in: log)
        }
        try site.lose(site.files.data.path, site.files.keys.path)
        try FileManager.default.createDirectory(at: site.files.data, withIntermediateDirectories: true)
    }

    private var plan: RestorePlan {
        get throws {
            try RestorePlan(RestoreOrder(files: site.files, backup: site.backup, acceptsLoss: true))
        }
    }

    @Test func `while files were copied opens nothing, and is begun again by the same command`() async throws {
        for file in ["log.sqlite", "vault.sqlite"] {
            try FileManager.default.createDirectory(at: site.files.keys, withIntermediateDirectories: true)
            try RestoreMarker(plan, isPlaced: false).write(to: site.files)
            try Data("half".utf8).write(to: site.files.data.appending(path: file))
            try Data("half".utf8).write(to: site.files.data.appending(path: file + ".new"))
        }
        #expect(throws: (any Error).self) { try EventLog(site.files) }
        #expect(try await site.restore(acceptsLoss: true).fencedAgain == 1)
        #expect(try await site.texts() == [nil, "Bo"])
        #expect(!FileManager.default.fileExists(atPath: site.files.restoring))
    }

    @Test func `when every file was placed opens nothing, and goes on from there`() async throws {
        try Restoration(plan).place()
        #expect(throws: LogUnusable.restoreUnfinished) { try EventLog(site.files) }
        #expect(try await site.restore(acceptsLoss: true).fencedAgain == 1)
        #expect(try await site.texts() == [nil, "Bo"])
    }

    @Test func `at its very end is not done twice`() async throws {
        let restoration = Restoration(try plan)
        try restoration.place()
        let marker = try Data(contentsOf: URL(fileURLWithPath: site.files.restoring))
        let first = try await restoration.finish(at: site.time.now)
        try marker.write(to: URL(fileURLWithPath: site.files.restoring))
        let second = try await site.restore(acceptsLoss: true)
        #expect(second.fencedAgain == 0 && second.head == first.head && second.origin == first.origin)
    }

    @Test func `gives way to no other backup`() async throws {
        let begun = try plan
        try Restoration(begun).place()
        let other = try BackedUpSite()
        try await other.withLog { _ = try await other.backUp($0) }
        await #expect(throws: BackupUnusable.otherRestoreUnfinished(begun.backups[0])) {
            try await site.restore(from: other.backup, acceptsLoss: true)
        }
    }
}
