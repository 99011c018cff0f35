import Events
import Foundation
import Testing
import Testkit

extension ProgramSite {
    /// A path for backups and the anchor, outside the data directory.
    func place(_ name: String) -> String { directory.appending(path: name).path }

    func makeAnchor() throws -> String {
        try FileManager.default.createDirectory(atPath: place("anchor"), withIntermediateDirectories: true)
        return place("anchor")
    }

    func lose(_ names: String...) throws {
        for name in names { try FileManager.default.removeItem(atPath: data + "/" + name) }
    }

    /// Expects that `doctor` finds no fault.
    func expectSound(_ comment: Comment? = nil, at location: SourceLocation = #_sourceLocation) async throws {
        let wrong = try await run("doctor").lines.filter { $0.hasPrefix("WRONG") }
        #expect(wrong == [], comment, sourceLocation: location)
    }
}

@Suite struct `Backup and restore at the shell` {
    @Test func `a running site is backed up while members write, and the copy is a whole site`() async throws {
        let site = try await ProgramSite()
        let server = try await site.serve()
        let load = try ProgramRun(["append-load", "--data", site.data, "--events", "1500", "--writers", "8"])
        let made = try await site.run("backup", site.place("backup"), "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("\"head\":"))
        #expect(try await load.finish().status == 0)
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)

        let moved = try site.copy()
        try FileManager.default.removeItem(atPath: moved.data)
        try FileManager.default.createDirectory(atPath: moved.data, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: site.data + "/keys", toPath: moved.data + "/keys")
        let restored = try await moved.run("restore", moved.place("backup"))
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try await moved.run("log", "verify").status == 0)
        try await moved.expectSound()
        let again = try await moved.serve()
        again.signal(SIGTERM)
        #expect(try await again.finish().status == 0)
    }

    @Test func `a site that stands still is moved without loss, and shows the same`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("backup", site.place("backup")).status == 0)
        #expect(try await site.run("views", "rebuild").status == 0)
        let before = try site.viewRows()
        try site.lose("log.sqlite", "vault.sqlite")
        let restored = try await site.run("restore", site.place("backup"))
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try await site.run("views", "rebuild").status == 0)
        #expect(try site.viewRows() == before)
        let again = try await site.serve()
        again.signal(SIGTERM)
        #expect(try await again.finish().status == 0)
    }

    @Test(.clause("P-16.3")) func `an old backup does not bring back who was erased since`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("backup", site.place("backup")).status == 0)
        let log = try EventLog(site.files)
        let owner = try #require(try log.events(after: 0, limit: 100).compactMap(\.owner).first)
        try await log.erase(
            ErasureRequest(fence: .random(), .owner(owner)), command: CommandID(at: .testStart), by: .system,
            at: .testStart)
        await log.close()
        try site.lose("log.sqlite", "vault.sqlite")

        let refused = try await site.run("restore", site.place("backup"))
        #expect(refused.status == 70 && refused.errors.contains("--accept-loss"), "\(refused.errors)")
        let restored = try await site.run("restore", site.place("backup"), "--accept-loss", "--json")
        #expect(restored.status == 0 && restored.output.contains("\"fencedAgain\":1"), "\(restored.errors)")
        let after = try EventLog(site.files)
        let contents = try after.events(after: 0, limit: 1000).filter { $0.owner == owner }.map(\.content)
        #expect(!contents.isEmpty && contents.allSatisfy { $0 == .erased })
        await after.close()
    }

    @Test(.clause("P-16.3")) func `without keys, anchor or ledger a backup is refused`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("backup", site.place("backup")).status == 0)
        try FileManager.default.removeItem(atPath: site.data)
        let refused = try await site.run("restore", site.place("backup"))
        #expect(refused.status == 70 && refused.errors.contains("no erasure ledger was found"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: site.files.log))
    }

    @Test func `with an anchor everything else may be lost`() async throws {
        let site = try await ProgramSite()
        let anchor = try site.makeAnchor()
        let made = try await site.run("backup", site.place("backup"), "--anchor", anchor)
        #expect(made.status == 0, "\(made.errors)")
        try FileManager.default.removeItem(atPath: site.data)
        let restored = try await site.run("restore", site.place("backup"), "--anchor", anchor)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try await site.run("doctor", "--anchor", anchor).status == 0)
    }

    @Test func `a restoration that is killed is finished by the same command`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("append-load", "--events", "1000", "--writers", "8").status == 0)
        #expect(try await site.run("backup", site.place("backup")).status == 0)
        let head = try LogCopy(site.files).head()
        for pause in [0, 20, 60, 120, 250] {
            try site.lose("log.sqlite", "vault.sqlite")
            let restoring = try ProgramRun(["restore", site.place("backup"), "--data", site.data])
            while restoring.isRunning, !FileManager.default.fileExists(atPath: site.files.data.path + "/restoring") {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await Task.sleep(for: .milliseconds(pause))
            restoring.signal(SIGKILL)
            _ = try await restoring.finish()
            let isUnfinished = FileManager.default.fileExists(atPath: site.data + "/restoring")
            if isUnfinished {
                let refused = try await site.run("members", "grant-role", "medlem1-1", "moderator")
                #expect(refused.status == 70, "after \(pause) ms")
                let finished = try await site.run("restore", site.place("backup"))
                #expect(finished.status == 0, "after \(pause) ms: \(finished.errors)")
            }
            #expect(try LogCopy(site.files).head() == head)
            try await site.expectSound("after \(pause) ms")
        }
    }

    @Test func `wrong input is an answer that says what to do, and changes nothing`() async throws {
        let site = try await ProgramSite()
        let head = try LogCopy(site.files).head()
        try FileManager.default.createDirectory(atPath: site.place("full/x"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: site.place("empty"), withIntermediateDirectories: true)
        for (words, status) in [
            (["backup"], 2), (["backup", site.place("full")], 2), (["backup", "/proc/nowhere"], 70),
            (["restore"], 2), (["restore", site.place("nowhere")], 2), (["restore", site.place("empty")], 70),
            (["restore", site.place("full"), "--ledger", "/nowhere"], 70), (["keys"], 0), (["keys", "turn"], 2),
            (["keys", "rotate", "7"], 2), (["mail", "release", "all"], 2), (["doctor", "--fix"], 2),
            (["doctor", "--anchor", "/nowhere"], 1), (["backup", site.place("b"), "--anchor", "/nowhere"], 70),
        ] as [([String], Int32)] {
            let answer = try await Program.run(words + (words == ["keys"] ? [] : ["--data", site.data]))
            #expect(answer.status == status, "\(words): \(answer.output)\(answer.errors)")
            if status == 70 { #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)") }
        }
        #expect(try LogCopy(site.files).head() == head)
        let running = try await site.serve()
        let refused = try await site.run("restore", site.place("empty"))
        #expect(refused.status == 70 && refused.errors.contains("another process is using"))
        running.signal(SIGTERM)
        _ = try await running.finish()
    }
}

@Suite struct `Keys and doctor at the shell` {
    @Test func `keys are rotated while the site runs, and it continues`() async throws {
        let site = try await ProgramSite()
        let server = try await site.serve()
        let load = try ProgramRun(["append-load", "--data", site.data, "--events", "800", "--writers", "4"])
        let rotated = try await site.run("keys", "rotate")
        #expect(rotated.status == 0 && rotated.output.contains("Key epoch 2 is in use"), "\(rotated.errors)")
        #expect(rotated.output.contains("The old keys are destroyed on 20"))
        #expect(try await load.finish().status == 0)
        #expect(try await site.run("members", "grant-role", "medlem1-1", "moderator").status == 0)
        server.signal(SIGTERM)
        _ = try await server.finish()
        try await site.expectSound()
        #expect(try await site.run("views", "rebuild").status == 0)
    }

    @Test func `a rotation that is killed is continued by the same command`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("append-load", "--events", "4000", "--writers", "8").status == 0)
        for pause in [0, 15, 40, 80, 160] {
            let epochs = try site.masterKeys()
            let rotating = try ProgramRun(["keys", "rotate", "--data", site.data])
            while rotating.isRunning, try site.masterKeys() == epochs { try await Task.sleep(for: .milliseconds(1)) }
            try await Task.sleep(for: .milliseconds(pause))
            rotating.signal(SIGKILL)
            _ = try await rotating.finish()
            let rotated = try await site.run("keys", "rotate")
            #expect(rotated.status == 0, "after \(pause) ms: \(rotated.errors)")
            try await site.expectSound("after \(pause) ms")
            // Names still resolve, so the claims were restored.
            #expect(try await site.run("members", "grant-role", "medlem1-1", "moderator").status == 0)
        }
    }

    @Test func `doctor asks for a copy of new keys until it has seen one`() async throws {
        let site = try await ProgramSite()
        func keys() async throws -> [Substring] {
            try await site.run("doctor").lines.filter {
                $0.contains("key backup:") || $0.contains("next key rotation:")
            }
        }
        #expect(try await keys()[0].hasPrefix("warning key backup: the keys in use since "))
        #expect(try await site.run("backup", site.place("backup")).status == 0)
        #expect(try await keys()[0].hasPrefix("ok      key backup: "))
        #expect(try await keys()[1].hasPrefix("ok      next key rotation: a running site makes it at "))
        let server = try await site.serve()
        #expect(try await site.run("keys", "rotate").status == 0)
        #expect(try await keys()[0].hasPrefix("warning"))
        let refused = try await site.run("keys", "backed-up", site.place("backup/keys"))
        #expect(refused.status == 70 && refused.errors.contains("copy the whole keys directory"), "\(refused.errors)")
        #expect(try await site.run("keys", "backed-up", site.data + "/keys").status == 2)
        try FileManager.default.copyItem(atPath: site.data + "/keys", toPath: site.place("copy"))
        let noted = try await site.run("keys", "backed-up", site.place("copy"))
        #expect(noted.status == 0 && noted.output.contains("The copy has the keys in use, epoch 2."), "\(noted.errors)")
        #expect(try await keys()[0].hasPrefix("ok"))
        server.signal(SIGTERM)
        _ = try await server.finish()
        try await site.expectSound()
    }

    @Test func `doctor finds nothing wrong with a sound site, running or not, and leaves nothing behind`() async throws
    {
        let site = try await ProgramSite()
        let files = try site.files(ending: "").sorted()
        let alone = try await site.run("doctor")
        #expect(alone.status == 0, "\(alone.output)")
        #expect(try site.files(ending: "").sorted() == files)
        let server = try await site.serve()
        let running = try await site.run("doctor", "--json")
        #expect(running.status == 0, "\(running.output)")
        #expect(running.output.contains("{\"check\":\"site\",\"found\":\"it is running\",\"verdict\":\"ok\"}"))
        server.signal(SIGTERM)
        _ = try await server.finish()
    }

    @Test func `doctor ends with 1 when something is wrong, and names it`() async throws {
        let site = try await ProgramSite()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: site.data + "/keys/sign.key")
        let found = try await site.run("doctor")
        #expect(found.status == 1)
        #expect(found.lines.contains { $0.hasPrefix("WRONG   key files: others may read sign.key") }, "\(found.output)")
    }
}

extension ProgramSite {
    fileprivate func masterKeys() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: data + "/keys").filter { $0.hasPrefix("master-") }.sorted()
    }
}
