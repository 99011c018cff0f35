import Events
import Foundation
import Testing

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Views of an earlier time at the shell` {
    @Test func `are made, listed, shown and deleted, with a running site and without one`() async throws {
        let site = try await ProgramSite()
        let now = Instant(Date()).description
        let alone = try await site.run("views", "rebuild", "--as-of", now)
        #expect(alone.status == 0 && alone.output.contains("past-1.sqlite shows \(now)"), "\(alone.errors)")
        let server = try await site.serve()
        let out = site.directory.appending(path: "then.sqlite").path
        let made = try await site.run("views", "rebuild", "--as-of", now, "--out", out, "--json")
        #expect(made.status == 0 && made.output.contains("\"state\":\"past\""), "\(made.errors)")
        let status = try await site.run("views", "status")
        #expect(status.output.contains("generation 1: ready"))
        for file in [out, "past-1.sqlite"] {
            #expect(status.output.contains("\(file): as of \(now)"), "\(status.output)")
        }

        let shown = try site.show(out)
        try await shown.wait(for: " is at http://127.0.0.1:")
        let refused = try await site.run("views", "delete", out)
        #expect(refused.status == 2 && refused.errors.contains("is being shown; stop that first"))
        // The running site notices that the requesting process has gone.
        shown.signal(SIGINT)
        _ = try await shown.finish()
        var deleted = try await site.run("views", "delete", out)
        for _ in 1...50 where deleted.status != 0 { deleted = try await site.run("views", "delete", out) }
        #expect(deleted.status == 0 && !FileManager.default.fileExists(atPath: out), "\(deleted.errors)")
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)

        let first = site.data + "/past-1.sqlite"
        let without = try site.show(first)
        try await without.wait(for: " is at http://127.0.0.1:")
        without.signal(SIGTERM)
        let ended = try await without.finish()
        #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
        for leftover in ["-wal", "-shm"] { #expect(try site.files(ending: leftover) == []) }
        #expect(try await site.run("views", "delete", first).status == 0)
        #expect(try await site.run("views", "status").output.contains("past-") == false)
    }

    @Test func `end with the site that shows them, in words`() async throws {
        let site = try await ProgramSite()
        let server = try await site.serve()
        let now = Instant(Date()).description
        #expect(try await site.run("views", "rebuild", "--as-of", now).status == 0)
        let shown = try site.show(site.data + "/past-1.sqlite")
        try await shown.wait(for: " is at http://127.0.0.1:")
        server.signal(SIGTERM)
        let ended = try await shown.finish()
        #expect(ended.status == 70)
        #expect(
            ended.errors
                == "mikroforetag: the site stopped before the command was done; repeat it when the site is up again\n")
        #expect(try await server.finish().status == 0)
    }

    @Test(arguments: [
        ["rebuild", "--as-of", "yesterday"], ["rebuild", "--as-of", "2999-01-01"],
        ["rebuild", "--as-of", "1999-01-01"],
        ["rebuild", "--out", "/tmp/x.sqlite"], ["rebuild", "--as-of", "2026-11-01", "--out", "/nowhere/x.sqlite"],
        ["delete", "/nowhere/x.sqlite"],
    ])
    func `that cannot be had are wrong usage`(words: [String]) async throws {
        let site = try await ProgramSite()
        let refused = try await Program.run(["views"] + words + ["--data", site.data])
        #expect(refused.status == 2, "\(refused.output)\(refused.errors)")
        #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        #expect(try site.files(ending: ".unfinished") == [])
    }

    @Test func `are shown on this machine only`() async throws {
        let site = try await ProgramSite()
        let refused = try await site.run("serve", "--views", "x.sqlite", "--host", "0.0.0.0")
        #expect(refused.status == 2 && refused.errors.contains("127.0.0.1 only"), "\(refused.errors)")
        let missing = try await site.run("serve", "--views", site.data + "/x.sqlite")
        #expect(missing.status == 2 && missing.errors.contains("there is no file"), "\(missing.errors)")
    }
}

extension ProgramSite {
    fileprivate func show(_ file: String) throws -> ProgramRun {
        let port = String(Int.random(in: 20_000...60_000))
        return try ProgramRun(["serve", "--views", file, "--data", data, "--port", port, "--log-level", "error"])
    }
}
