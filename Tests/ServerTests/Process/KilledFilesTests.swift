import Events
import Foundation
import Testing
import Testkit

/// Kills the program at each place where it creates, copies or replaces an SQLite file; restore and key rotation are tested with their
/// commands.
@Suite struct `A kill while files are made` {
    @Test func `leaves no half of a backup that could be put back, and the next one is whole`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("append-load", "--events", "2000", "--writers", "8").status == 0)
        for (round, pause) in [0, 30, 90, 200].enumerated() {
            let place = site.place("backup-\(round)")
            let backup = try ProgramRun(["backup", place, "--data", site.data])
            while backup.isRunning, !FileManager.default.fileExists(atPath: place) {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await Task.sleep(for: .milliseconds(pause))
            backup.signal(SIGKILL)
            let isWhole = try await backup.finish().status == 0
            try await site.expectSound("after \(pause) ms")

            let other = try site.copy()
            try other.lose("log.sqlite", "vault.sqlite")
            let restored = try await other.run("restore", other.place("backup-\(round)"))
            if restored.status == 0 {
                #expect(try await other.run("log", "verify").status == 0)
                try await other.expectSound("restored after \(pause) ms")
            } else {
                #expect(!isWhole && restored.status == 70, "\(restored.errors)")
                #expect(
                    try other.files(ending: ".sqlite").contains("log.sqlite") == false, "nothing of a half is put back")
            }
        }
        let place = site.place("whole")
        #expect(try await site.run("backup", place).status == 0)
        try site.lose("log.sqlite", "vault.sqlite")
        let restored = try await site.run("restore", place)
        #expect(restored.status == 0, "\(restored.errors)")
    }

    @Test func `leaves no half of views of the past, and the next ones are whole`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("append-load", "--events", "3000", "--writers", "8").status == 0)
        let moment = Events.Clock.system.now().description
        for (round, pause) in [0, 40, 120].enumerated() {
            let file = site.place("past-\(round).sqlite")
            let building = try ProgramRun(["views", "rebuild", "--as-of", moment, "--out", file, "--data", site.data])
            try await Task.sleep(for: .milliseconds(200 + pause))
            building.signal(SIGKILL)
            _ = try await building.finish()
            if FileManager.default.fileExists(atPath: file) {
                #expect(try await site.run("views", "delete", file).status == 0, "after \(pause) ms")
            }
            let built = try await site.run("views", "rebuild", "--as-of", moment, "--out", file)
            #expect(built.status == 0, "after \(pause) ms: \(built.errors)")
            try await site.expectSound("after \(pause) ms")
        }
    }

    @Test(arguments: ["runtime.sqlite", "visits.sqlite", "views-1.sqlite"])
    func `and the loss of one main file since leave a site that starts and is sound`(name: String) async throws {
        let site = try await ProgramSite()
        // First closed in order, then killed, so that the WAL holds later pages only.
        let first = try await site.serve()
        first.signal(SIGTERM)
        _ = try await first.finish()
        let killed = try await site.serve()
        #expect(try await site.run("append-load", "--events", "200", "--writers", "4").status == 0)
        killed.signal(SIGKILL)
        _ = try await killed.finish()
        try site.lose(name)
        let again = try await site.serve()
        try await site.expectSound("beside the site")
        again.signal(SIGTERM)
        #expect(try await again.finish().status == 0)
        try await site.expectSound("after the site")
    }
}
