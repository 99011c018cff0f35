import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Leftovers of a file that is gone` {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "leftovers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { directory.appending(path: name).path }

    /// Copies the WAL of an open database whose earlier pages are already in the main file.
    private func keepWriteAheadLog(of path: String) throws {
        try FileManager.default.copyItem(atPath: path + "-wal", toPath: path + ".kept")
    }

    /// As after a kill, when only the main file was removed.
    private func leaveWriteAheadLog(of path: String) throws {
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: path + ".kept", toPath: path + "-wal")
    }

    private func structure(of path: String) throws -> String? {
        try Events.SQLiteConnection(path, .readWrite).text("PRAGMA integrity_check")
    }

    @Test func `are not taken over by a new file of sessions and mail`() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = path("runtime.sqlite")
        let store = try RuntimeStore(at: path)
        try store.emptyWriteAheadLog()
        _ = try Sessions(store: store).begin(
            for: MemberID(rawValue: 7), device: "Firefox", replacing: nil, at: .testStart)
        try keepWriteAheadLog(of: path)
        try store.close()
        try leaveWriteAheadLog(of: path)
        let new = try RuntimeStore(at: path)
        #expect(try Sessions(store: new).count() == 0)
        try new.close()
        #expect(try structure(of: path) == "ok")
    }

    @Test func `are not taken over by a new file of visits`() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = path("visits.sqlite")
        do {
            let file = try VisitFile(at: path)
            _ = try file.emptyWriteAheadLog()
            try file.insert((0..<200).map { _ in Visit(time: .testStart) })
            try keepWriteAheadLog(of: path)
            try file.mergeWriteAheadLog()
        }
        try leaveWriteAheadLog(of: path)
        let new = try VisitFile(at: path)
        #expect(try new.count() == 0)
        try new.insert([Visit(time: .testStart)])
        try new.mergeWriteAheadLog()
        #expect(try structure(of: path) == "ok")
    }
}
