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

@Suite struct `Mail from before a restore` {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "held-\(UUID().uuidString)")

    @Test func `waits until it is released, and lets newer mail pass`() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (quarantined, outbox) = (QuarantinedMail(in: directory), try Outbox(store: RuntimeStore(), head: 10))
        let entries = [4, 10, 11].map { Outbox.Entry(position: $0, mail: .newPassword, member: MemberID(rawValue: 7)) }
        try outbox.add(entries, readTo: 11, due: .testStart)
        #expect(quarantined.through == nil)
        try quarantined.hold(through: 10)
        let due = { try outbox.due(at: .testStart, after: quarantined.through).map(\.position) }
        #expect(try due() == [11])
        #expect(try quarantined.release())
        #expect(try due() == [4, 10, 11])
        #expect(try !quarantined.release())
    }

    @Test func `asked for by events that are lost is forgotten`() throws {
        let outbox = try Outbox(store: RuntimeStore(), head: 10)
        let entries = [4, 11].map { Outbox.Entry(position: $0, mail: .newPassword, member: MemberID(rawValue: 7)) }
        try outbox.add(entries, readTo: 11, due: .testStart)
        let restored = try Outbox(store: outbox.store, head: 6)
        try restored.removeAll(after: 6)
        #expect(try restored.due(at: .testStart).map(\.position) == [4])
        #expect(try restored.position == 6)
    }
}
