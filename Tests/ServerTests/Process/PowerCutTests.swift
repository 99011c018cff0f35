import Events
import Foundation
import Testing
import Testkit

@Suite(.serialized) struct `Pulling the plug` {
    /// The number of rounds; enough to hit every place between two writes.
    private static let cuts = ProcessInfo.processInfo.environment["CUTS"].flatMap { Int($0) } ?? 100

    private struct Acknowledged {
        let command: String
        let positions: ClosedRange<Int>

        /// Nil for a line that was cut off.
        init?(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count == 4, words[0] == "acknowledged", let first = Int(words[2]), let last = Int(words[3]),
                first <= last
            else { return nil }
            command = String(words[1])
            positions = first...last
        }
    }

    @Test func `loses nothing that was acknowledged and leaves nothing half written`() async throws {
        let site = try await ProgramSite()
        var head = try LogCopy(site.files).head()
        var random = SystemRandomNumberGenerator()
        for cut in 1...Self.cuts {
            let load = try ProgramRun([
                "append-load", "--data", site.data, "--events", "1000000", "--writers", "8", "--acknowledge",
            ])
            try await load.wait(for: "acknowledged ")
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...40, using: &random)))
            load.signal(SIGKILL)
            let killed = try await load.finish()
            // Only complete lines: the last one may have been cut off.
            let whole = killed.output.hasSuffix("\n") ? killed.lines : killed.lines.dropLast()
            head = try check(whole.compactMap { Acknowledged($0) }, in: site, after: head, cut: cut)
        }
        try await checkWhole(site)
    }

    @Test func `of a running site does the same`() async throws {
        let site = try await ProgramSite()
        var head = try LogCopy(site.files).head()
        for cut in 1...max(2, Self.cuts / 20) {
            let server = try await site.serve()
            let load = try ProgramRun([
                "append-load", "--data", site.data, "--events", "1000000", "--writers", "8", "--acknowledge",
            ])
            try await load.wait(for: "acknowledged ")
            try await Task.sleep(for: .milliseconds(20))
            server.signal(SIGKILL)
            _ = try await server.finish()
            let left = try await load.finish()
            #expect(left.status == 70 && left.errors.contains("the site stopped before the command was done"))
            head = try check(left.lines.compactMap { Acknowledged($0) }, in: site, after: head, cut: cut)
        }
        try await checkWhole(site)
    }

    /// Checks that every acknowledged command is in the log at its position, and that every command is there with all its events.
    /// - Returns: the present head.
    private func check(_ acknowledged: [Acknowledged], in site: ProgramSite, after head: Int, cut: Int) throws -> Int {
        let log = try LogCopy(site.files)
        let events = try log.events(after: head, limit: 1_000_000)
        #expect(events.map(\.position) == Array((head + 1)..<(head + 1 + events.count)), "cut \(cut)")
        var positions: [String: [Int]] = [:]
        for event in events { positions["\(event.command)", default: []].append(event.position) }
        #expect(!acknowledged.isEmpty)
        for told in acknowledged {
            #expect(positions[told.command] == Array(told.positions), "cut \(cut): \(told)")
        }
        for (index, event) in events.enumerated() where event.type.name == "forum.thread-opened" {
            let next = index + 1 < events.count ? events[index + 1] : nil
            #expect(next?.command == event.command, "cut \(cut): half of the command at \(event.position) is there")
        }
        return head + events.count
    }

    private func checkWhole(_ site: ProgramSite) async throws {
        let verified = try await site.run("log", "verify")
        #expect(verified.status == 0, "\(verified.output)")
        // The views catch up with the events they missed, and equal a rebuild from the log.
        let server = try await site.serve()
        server.signal(SIGTERM)
        _ = try await server.finish()
        let followed = try site.viewRows()
        #expect(followed["posts"] != nil && followed["trail"] != nil)
        #expect(try await site.run("views", "rebuild").status == 0)
        #expect(try site.viewRows() == followed)
    }
}
