import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `A backup from before a member was purged` {
    /// The part that is lost and restored.
    enum Loss: CaseIterable {
        case log, vault, both
        /// Including the keys: only a copy of the ledger remains.
        case everything
    }

    @Test(arguments: TextsChoice.allCases)
    func `brings nothing of her back, whatever is put back and from under which master key`(
        texts: TextsChoice
    ) async throws {
        let life = try await purged(texts)
        for epoch in 1...2 {
            for loss in Loss.allCases {
                let place = try life.closed.copy()
                let backup = life.closed.backup(epoch)
                try #require(try readers(in: backup.appending(path: "vault")) == [life.member, life.other])
                try await restore(loss, from: backup, in: place)
                #expect(try readers(in: place.data) == [life.other], "\(loss), epoch \(epoch)")
                #expect(try life.search.findings(in: place.data) == [], "\(loss), epoch \(epoch), before the start")
                let time = TestClock(Events.Clock.system.now())
                try await CanarySite.opened(place, at: time) { site async throws in
                    await site.finishErasures()
                    _ = try await site.retention.run()
                    await site.finishErasures()
                    #expect(try site.unfinishedErasures == 0, "\(loss), epoch \(epoch)")
                    try await site.expectForgotten(life)
                }
                #expect(try life.search.findings(in: place.data) == [], "\(loss), epoch \(epoch)")
                #expect(try life.opened(in: place) == (texts == .erase ? 0 : 2), "\(loss), epoch \(epoch)")
                #expect(try LogVerifier(path: place.files.log).run().isSound)
            }
        }
    }

    @Test func `is refused without a ledger that is newer than it`() async throws {
        let life = try await purged(.anonymise)
        for epoch in 1...2 {
            let (place, backup) = (try CanaryPlace(), life.closed.backup(epoch))
            let own = backup.appending(path: "keys/erasures.ledger").path
            for ledger in [[], ["--ledger", own]] {
                let refused = try await Program.run(
                    ["restore", backup.path, "--data", place.data.path, "--accept-loss"] + ledger)
                #expect(refused.status == 70 && refused.errors.contains("ledger"), "\(refused.errors)")
                #expect(!FileManager.default.fileExists(atPath: place.files.log))
            }
        }
    }

    /// The members with markers in the file of what members have read.
    private func readers(in directory: URL) throws -> Set<MemberID> {
        Set(try ReadingFile(reading: directory.appending(path: "reading.sqlite").path).members())
    }

    private func purged(_ texts: TextsChoice) async throws -> CanaryLife {
        let life = try await CanaryLife.lived(texts)
        try await CanarySite.opened(life.closed, at: CanaryLife.purgeTime) { try await $0.eraseWhatIsDue() }
        return life
    }

    private func restore(_ loss: Loss, from backup: URL, in place: CanaryPlace) async throws {
        let manager = FileManager.default
        let given = place.directory.appending(path: "given")
        try manager.createDirectory(at: given, withIntermediateDirectories: true)
        var parts: [String] = []
        var words = ["restore", given.path, "--data", place.data.path, "--accept-loss"]
        switch loss {
        case .log: parts = ["log"]
        case .vault: parts = ["vault"]
        case .both: parts = ["log", "vault"]
        case .everything:
            parts = ["log", "vault", "keys"]
            let ledger = place.directory.appending(path: "newest.ledger")
            try manager.copyItem(at: place.files.keys.appending(path: "erasures.ledger"), to: ledger)
            try manager.removeItem(at: place.data)
            words += ["--ledger", ledger.path]
        }
        for part in parts {
            try manager.copyItem(at: backup.appending(path: part), to: given.appending(path: part))
            for suffix in ["", "-wal", "-shm"] {
                try? manager.removeItem(atPath: place.data.appending(path: "\(part).sqlite\(suffix)").path)
                // What members have read comes back with the vault.
                if part == "vault" { try? manager.removeItem(atPath: place.files.reading + suffix) }
            }
        }
        let restored = try await Program.run(words)
        #expect(restored.status == 0, "\(loss): \(restored.errors)")
        // Erasures are applied to a log from before the purge before it is opened.
        let isTold = restored.output.contains(/forgotten it: [1-9]/)
        #expect(isTold == (loss != .vault), "\(loss): \(restored.output)")
    }
}
