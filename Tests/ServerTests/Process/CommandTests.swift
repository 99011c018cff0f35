import CSQLite
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

@Suite struct `Commands at the shell` {
    @Test func `do the same with and without a running site`() async throws {
        let alone = try await ProgramSite()
        let served = try alone.copy()
        let server = try await served.serve()
        for words in [
            ["medlem1-1", "moderator"], ["medlem1-1", "moderator"], ["nobody", "moderator"], ["medlem1-1", "king"],
        ] {
            let here = try await alone.run("members", "grant-role", words[0], words[1])
            let there = try await served.run("members", "grant-role", words[0], words[1])
            #expect(here.status == (words == ["medlem1-1", "moderator"] ? 0 : 2), "\(here.errors)")
            #expect(here.status == there.status && here.output == there.output && here.errors == there.errors)
            #expect(here.errors.split(separator: "\n").count == (here.status == 0 ? 0 : 1))
        }
        let staff = StreamName("staff")
        #expect(try alone.events(in: staff) == served.events(in: staff))
        #expect(try alone.lastEvents(1)[0].contains("accounts.role-granted.v1 operator"))
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `say in words that the site stopped under them`() {
        let failure = CommandFailure(CancellationError())
        #expect(failure.status == 70)
        #expect(failure.message == "the site stopped before the command was done; repeat it when the site is up again")
    }

    @Test func `a second site on the same data is refused`() async throws {
        let site = try await ProgramSite()
        let server = try await site.serve()
        let second = try await site.run("serve", "--port", "0")
        #expect(second.status == 70)
        #expect(second.errors == "mikroforetag: another process is using \(site.data); stop it first\n")
        #expect(server.isRunning)
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `keys that are missing or belong elsewhere are named, and nothing is changed`() async throws {
        let (site, other) = (try await ProgramSite(), try await ProgramSite())
        let head = try LogCopy(site.files).head()
        for (file, what) in [
            ("master-1.key", "master-1.key is missing"), ("hash-1.key", "hash-1.key is missing"),
            ("sign.key", "sign.key is missing"),
        ] {
            let broken = try site.copy()
            try FileManager.default.removeItem(at: broken.files.keys.appending(path: file))
            for command in [["serve", "--port", "0"], ["members", "grant-role", "medlem1-1", "auditor"]] {
                let refused = try await Program.run(command + ["--data", broken.data])
                #expect(refused.status == 70 && refused.errors.contains(what), "\(file): \(refused.errors)")
                #expect(refused.errors.split(separator: "\n").count == 1)
            }
        }
        let wrong = try await site.run("serve", "--port", "0", "--keys", other.files.keys.path)
        #expect(wrong.status == 70 && wrong.errors.contains("the master key does not open this vault"))
        #expect(try LogCopy(site.files).head() == head)
    }

    @Test(arguments: [
        ["frobnicate"], ["serve", "--port", "x"], ["log", "show", "--since", "yesterday"],
        ["generate", "--members", "0"],
        ["members", "grant-role"], ["log", "verify", "--key", "x"], ["log", "verify", "--checkpoint", "/nowhere"], [],
    ])
    func `wrong usage ends with 2`(words: [String]) async throws {
        let site = try await ProgramSite()
        let refused = try await Program.run(words.isEmpty ? [] : words + ["--data", site.data])
        #expect(refused.status == 2, "\(refused.output)\(refused.errors)")
        if !words.isEmpty { #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)") }
    }

    @Test func `a mistake in a command line leads to the help of the command`() async throws {
        for (words, errors) in [
            (["frobnicate"], "unexpected argument 'frobnicate'; see 'mikroforetag --help'"),
            (["serve", "--frob"], "unknown option '--frob'; see 'mikroforetag serve --help'"),
            (
                ["serve", "--prot", "1"],
                "unknown option '--prot'. Did you mean '--port'? See 'mikroforetag serve --help'"
            ),
            (
                ["serve", "--port", "99999"],
                "--port is a number up to 65535; see 'mikroforetag serve --help'"
            ),
            (
                ["log", "show", "--limit", "-1"],
                "missing value for '--limit <limit>'; see 'mikroforetag log show --help'"
            ),
            (
                ["members", "grant-role"],
                "missing expected argument '<member>'; see 'mikroforetag members grant-role --help'"
            ),
        ] {
            #expect(try await Program.run(words).errors == "mikroforetag: \(errors)\n")
        }
    }

    @Test(arguments: [
        (["--log-level", "loud"], "logLevel in the flag --log-level cannot be \"loud\""),
        (["--base-url", "ftp://a"], "baseURL in the flag --base-url cannot be \"ftp://a\""),
    ])
    func `a flag that cannot be used is wrong usage`(words: [String], error: String) async throws {
        let refused = try await Program.run(["serve"] + words)
        #expect(refused.status == 2 && refused.errors == "mikroforetag: \(error)\n")
    }

    @Test func `help is of the command that was asked for`() async throws {
        for (words, usage) in [
            (["--help"], "mikroforetag <subcommand>"), (["help"], "mikroforetag <subcommand>"),
            (["members"], "mikroforetag members <subcommand>"),
            (["members", "-h"], "mikroforetag members <subcommand>"),
            (["serve", "--help"], "mikroforetag serve "), (["help", "log", "verify"], "mikroforetag log verify "),
        ] {
            let help = try await Program.run(words)
            #expect(help.status == 0 && help.errors.isEmpty && help.output.contains("USAGE: \(usage)"), "\(words)")
        }
    }

    @Test func `a directory that cannot be made is named`() async throws {
        let refused = try await Program.run("init", "--data", "/proc/nowhere")
        #expect(refused.status == 70 && refused.output.isEmpty)
        #expect(
            refused.errors
                == "mikroforetag: /proc/nowhere cannot be read or written; check its rights and that its medium is mounted\n"
        )
    }

    @Test func `a data directory that is not there is an answer, not a crash`() async throws {
        for words in [
            ["serve"], ["log", "verify"], ["log", "checkpoint"], ["members", "grant-role", "a", "auditor"],
            ["views", "status"],
        ] {
            let refused = try await Program.run(words + ["--data", "/nowhere"])
            #expect(refused.status == 70 && refused.errors.contains("there is no log"), "\(words): \(refused.errors)")
            #expect(refused.errors.split(separator: "\n").count == 1, "\(words): \(refused.errors)")
        }
    }

    @Test func `a tampered copy of the log is found out`() async throws {
        let site = try await ProgramSite()
        #expect(try await site.run("log", "verify").status == 0)
        let copy = try site.copy()
        try copy.tamper("UPDATE events SET time = time + 1 WHERE position = 7")
        let result = try await copy.run("log", "verify")
        #expect(result.status == 1 && result.output.contains("NOT sound"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `a site that is stopped closes its files`() async throws {
        let site = try await ProgramSite()
        let server = try await site.serve()
        #expect(try await site.run("append-load", "--events", "200", "--writers", "4").status == 0)
        server.signal(SIGTERM)
        let ended = try await server.finish()
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.errors.isEmpty)
        #expect(try ["-wal", "-shm", ".sock"].flatMap(site.files(ending:)) == [])
        #expect(try await site.run("log", "verify").status == 0)
    }
}

extension ProgramSite {
    /// Changes the log's file with SQLite alone, after dropping the triggers that prevent it.
    func tamper(_ sql: String) throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(files.log, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        let script = "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE type = 'trigger';"
        try #require(sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
        try #require(sqlite3_open(files.log, &database) == SQLITE_OK)
        try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    }
}
