import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `What the vault remembers of fences` {
    private let site: BackedUpSite
    private let first = PostID.random()
    private let second = PostID.random()

    init() async throws {
        site = try BackedUpSite(anchored: false)
        try await site.withLog { log async throws in
            try await site.write("ett", by: site.anna, in: log, about: first)
            try await site.write("två", by: site.bo, in: log, about: second)
        }
    }

    private func erase(_ posts: PostID...) async throws {
        try await site.withLog { log async throws in
            try await log.erase(
                ErasureRequest(fence: .random(), .subjects(posts.map { Subject(.post, $0) })),
                command: CommandID(at: site.time.now), by: .system, at: site.time.now)
        }
    }

    /// Copies of the closed files, to be put back later.
    private func keep(_ name: String, _ paths: String...) throws -> () throws -> Void {
        let kept = try paths.map { path in
            let place = site.directory.appending(path: "\(name)-\(URL(fileURLWithPath: path).lastPathComponent)").path
            try FileManager.default.copyItem(atPath: path, toPath: place)
            return (path, place)
        }
        return {
            for (path, place) in kept {
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.copyItem(atPath: place, toPath: path)
            }
        }
    }

    private var ledger: String { ErasureLedger(directory: site.files.keys).file.path }

    @Test func `keeps a subject fenced over a start, also when nothing was sealed under it`() async throws {
        let never = PostID.random()
        try await erase(first, never)
        for _ in 1...2 {
            try await site.withLog { log async throws in
                for post in [first, never] {
                    await #expect(throws: AppendFailure.fenced(Subject(.post, post))) {
                        try await site.write("igen", by: site.anna, in: log, about: post)
                    }
                }
                try await site.write("mer", by: site.bo, in: log, about: second)
            }
        }
    }

    @Test func `is brought up to date when an earlier vault is put back`() async throws {
        try await erase(first)
        let putBack = try keep("earlier", site.files.vault)
        try await erase(second)
        try putBack()
        #expect(try await site.texts() == [nil, nil])
    }

    @Test func `counts only for the log in which the last fence stands`() async throws {
        let begin = try keep("begin", site.files.log, site.files.vault)
        try await erase(first)
        let otherVault = try keep("other", site.files.vault)
        // The same position again, in a log that goes on from the beginning and whose ledger was lost as well.
        try begin()
        try FileManager.default.removeItem(atPath: ledger)
        try FileManager.default.removeItem(atPath: site.files.checkpoint)
        try await erase(second)
        try otherVault()
        #expect(try await site.texts() == [nil, nil])
    }
}
