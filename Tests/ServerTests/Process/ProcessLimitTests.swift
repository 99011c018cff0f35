import Foundation
import Testing

@testable import SiteTestkit

@Suite struct `A serving process` {
    private func limits(of run: ProgramRun, _ name: String) throws -> [Substring] {
        let text = try String(contentsOfFile: "/proc/\(run.identifier)/limits", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
        return line.dropFirst(name.count).split(separator: " ")
    }

    /// The port chosen by the system.
    private func port(of run: ProgramRun) async throws -> Int {
        let words = /listening on 127\.0\.0\.1:([0-9]+)/
        while true {
            if let port = run.complaints.firstMatch(of: words).flatMap({ Int($0.1) }) { return port }
            try #require(run.isRunning)
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func `takes as many descriptors as it may have, and leaves no copy of its memory`() async throws {
        let site = try await ProgramSite()
        let run = try await site.serve(limits: "ulimit -Sn 256")
        let open = try limits(of: run, "Max open files")
        let hard = try #require(Int(open[1]))
        #expect(Int(open[0]) == min(hard, 65_536))
        #expect(try limits(of: run, "Max core file size").prefix(2) == ["0", "0"])
        run.signal(SIGTERM)
        #expect(try await run.finish().status == 0)
    }

    @Test func `with few descriptors survives a flood, answers others, says so, and stops when it is told`()
        async throws
    {
        let site = try await ProgramSite()
        let run = try await site.serve(
            limits: "ulimit -n 192", environment: ["MIKROFORETAG_CONNECTIONS_PER_ADDRESS": "20"], logLevel: "info")
        let port = try await port(of: run)
        var flood: [LoopSocket] = []
        for _ in 0..<250 {
            let one = try LoopSocket(to: port)
            one.send("GET / HTTP/1.1\r\nHost: local")
            // The test drops the connections that are refused, so that it needs no descriptors for them.
            if flood.count < 30 { flood.append(one) }
        }
        let other = try LoopSocket(to: port, from: "127.0.0.2")
        other.send("GET /forum HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(await other.read().hasPrefix("HTTP/1.1 200"))
        let looked = try await site.run("doctor")
        #expect(looked.output.contains("warning descriptors: the site has "))
        #expect(looked.output.contains("and may have 192;"))
        run.signal(SIGTERM)
        #expect(try await run.finish().status == 0)
        withExtendedLifetime(flood) {}
    }

    @Test func `that has none left waits for one, and continues`() async throws {
        let site = try await ProgramSite()
        let run = try await site.serve(logLevel: "info")
        let port = try await port(of: run)
        // No descriptor number is left to open anything with.
        _ = try await Tool.run("prlimit", "--pid", "\(run.identifier)", "--nofile=3:")
        let waiting = try LoopSocket(to: port)
        waiting.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while !run.complaints.contains("no descriptor left") { try await Task.sleep(for: .milliseconds(10)) }
        #expect(run.isRunning)
        _ = try await Tool.run("prlimit", "--pid", "\(run.identifier)", "--nofile=1024:")
        #expect(await waiting.read().hasSuffix("ok\n"))
        run.signal(SIGTERM)
        #expect(try await run.finish().status == 0)
    }
}

/// A system program.
private enum Tool {
    static func run(_ words: String...) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        for await _ in ended {}
        try #require(process.terminationStatus == 0)
        return process.terminationStatus
    }
}
