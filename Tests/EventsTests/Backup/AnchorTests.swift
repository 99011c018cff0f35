import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `The anchor directory` {
    let site: BackedUpSite
    init() throws { site = try BackedUpSite() }

    private func ledger(_ directory: URL) throws -> String {
        try String(contentsOf: directory.appending(path: "erasures.ledger"), encoding: .utf8)
    }

    @Test func `has every erasure and the newest signed head`() async throws {
        try await site.withLog { log async throws in
            try await site.write("text", by: site.anna, in: log)
            try await site.erase(site.anna, in: log)
            #expect(try ledger(site.anchor) == ledger(site.files.keys))
            let signed = try await log.checkpoint()
            let kept = try String(contentsOf: site.anchor.appending(path: "checkpoint"), encoding: .utf8)
            #expect(kept == signed.note)
        }
    }

    @Test func `that was added later, or was away for a while, is complete after the next start`() async throws {
        let without = LogFiles(data: site.files.data, keys: site.files.keys)
        try await site.withLog { try await site.erase(site.anna, in: $0) }
        try await site.withLog(without) { try await site.erase(site.bo, in: $0) }
        #expect(try ledger(site.anchor) != ledger(site.files.keys))
        try await site.withLog { _ in }
        #expect(try ledger(site.anchor) == ledger(site.files.keys))
    }

    @Test func `that is missing stops the start, and is not made`() throws {
        try site.lose(site.anchor.path)
        #expect(throws: LogUnusable.anchorUnreachable(site.anchor.path)) { try EventLog(site.files) }
        #expect(!FileManager.default.fileExists(atPath: site.anchor.path))
    }

    @Test func `that goes away during an erasure hinders no erasure, and lets none count as done before it is back`()
        async throws
    {
        try await site.withLog { log async throws in
            try await site.write("text", by: site.anna, in: log)
            try site.lose(site.anchor.path)
            #expect(!log.isAnchorReachable)
            try await site.erase(site.anna, in: log)
            #expect(try log.events(after: 0, limit: 1).map { try $0.text } == [.erased])
            _ = try await log.checkpoint()

            let erasures = try log.unfinishedErasures().map(\.erasure)
            #expect(erasures.count == 1)
            await #expect(throws: LogUnusable.anchorUnreachable(site.anchor.path)) {
                try await log.destroyKeys(of: erasures)
            }
            try FileManager.default.createDirectory(at: site.anchor, withIntermediateDirectories: true)
            try await log.destroyKeys(of: erasures)
            #expect(try ledger(site.anchor) == ledger(site.files.keys))
        }
    }
}
