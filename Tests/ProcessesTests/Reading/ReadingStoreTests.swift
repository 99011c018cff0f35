import Events
import Foundation
import Logging
import Projections
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.4")) struct `What members have read` {
    private let site: TemporarySite
    private let log: LogIdentity
    private let anna = MemberID(rawValue: 1)
    private let bo = MemberID(rawValue: 2)
    private let talk = ConversationID(rawValue: 7)

    private var path: String { site.files.reading }

    init() throws {
        site = try TemporarySite()
        log = try LogIdentity(readingFrom: site.files.log)
    }

    /// A store that writes only when it is told to.
    private func store() throws -> ReadingStore {
        try ReadingStore(
            serving: path, of: log, keys: MemberKeys(site.files), logger: .silent, pause: .never
        ) { ImportedMarkers(head: 0) }
    }

    private func markers(conversation: Int = 0, notifications: Int = 0, opened: Set<Int> = []) -> ReadMarkers {
        var markers = ReadMarkers()
        if conversation > 0 { markers.conversations = [talk: conversation] }
        markers.notifications = notifications
        markers.opened = opened
        return markers
    }

    @Test func `counts at once, and is there after the next start`() throws {
        let first = try store()
        first.add(markers(conversation: 12, opened: [4, 9]), of: anna)
        first.add(markers(notifications: 5), of: anna)
        let expected = markers(conversation: 12, notifications: 5, opened: [9])
        #expect(try first.markers(of: anna) == expected && first.markers(of: bo).isEmpty)
        first.close()
        #expect(!DatabaseFiles(path).hasCompanions)
        #expect(try store().markers(of: anna) == expected)
    }

    @Test func `is never taken back by an older marker`() throws {
        let store = try store()
        store.add(markers(conversation: 12), of: anna)
        try store.flush()
        store.add(markers(conversation: 8), of: anna)
        #expect(try store.markers(of: anna).through(talk) == 12)
        store.close()
        #expect(try self.store().markers(of: anna).through(talk) == 12)
    }

    @Test func `is lost in a crash only as far as it was not written yet`() throws {
        do {
            let killed = try store()
            killed.add(markers(conversation: 12), of: anna)
            try killed.flush()
            killed.add(markers(conversation: 20), of: anna)
            killed.add(markers(conversation: 20), of: bo)
        }
        let next = try store()
        #expect(try next.markers(of: anna).through(talk) == 12 && next.markers(of: bo).isEmpty)
    }

    @Test func `is the same in memory and in the file, whatever is marked in whatever order`() throws {
        var dice = SeededGenerator(seed: 20)
        var expected: [MemberID: ReadMarkers] = [:]
        var store = try store()
        for step in 1...400 {
            let member = dice.number(below: 2) == 0 ? anna : bo
            let position = 1 + dice.number(below: 300)
            switch dice.number(below: 12) {
            case 0:
                store.close()
                store = try self.store()
            case 1: try store.flush()
            case 2:
                try store.clear(member, through: position)
                var all = ReadMarkers()
                all.everything = position
                expected[member, default: ReadMarkers()].add(all)
            case 3...6:
                var read = ReadMarkers()
                read.conversations = [ConversationID(rawValue: UInt64(dice.number(below: 5))): position]
                store.add(read, of: member)
                expected[member, default: ReadMarkers()].add(read)
            case 7:
                store.add(markers(notifications: position), of: member)
                expected[member, default: ReadMarkers()].add(markers(notifications: position))
            default:
                store.add(markers(opened: [position]), of: member)
                expected[member, default: ReadMarkers()].add(markers(opened: [position]))
            }
            #expect(try store.markers(of: member) == expected[member] ?? ReadMarkers(), "step \(step)")
        }
    }

    @Test func `is replaced by one position when its member clears it`() throws {
        let store = try store()
        store.add(markers(conversation: 12, notifications: 5, opened: [9]), of: anna)
        try store.clear(anna, through: 30)
        #expect(try store.markers(of: anna).count == 1 && store.markers(of: anna).everything == 30)
        store.close()
        #expect(try ReadingFile(reading: path).rows(of: anna).map(\.position) == [30])
        #expect(try !Data(contentsOf: URL(fileURLWithPath: path)).contains("\(talk)"))
    }

    @Test(.clause("P-16.3")) func `is gone from the file when its member is erased`() throws {
        let store = try store()
        store.add(markers(conversation: 12), of: anna)
        try store.flush()
        // Not written yet: must not be written afterwards.
        store.add(markers(opened: [30]), of: anna)
        store.add(markers(conversation: 12), of: bo)
        try store.forget(anna)
        #expect(try store.emptyWriteAheadLog())
        #expect(try store.markers(of: anna).isEmpty)
        store.close()
        #expect(try !Data(contentsOf: URL(fileURLWithPath: path)).contains("\(anna)"))
        #expect(try self.store().members() == [bo])
    }

    @Test func `is forgotten when its time is over, and everything so old counts as read from then on`() throws {
        let store = try store()
        store.add(markers(conversation: 12, opened: [9, 40]), of: anna)
        #expect(try store.count(through: 20) == 2)
        #expect(try store.prune(through: 20) == 2)
        #expect(try store.markers(of: anna).conversations.isEmpty && store.markers(of: anna).opened == [40])
        #expect(try store.markers(of: anna).through(talk) == 20 && store.markers(of: bo).isRead(20))
        store.close()
        #expect(try self.store().markers(of: bo).floor == 20 && self.store().markers(of: bo).isEmpty)
    }

    @Test func `is brought in line with a restored log, also when that is interrupted and repeated`() throws {
        let store = try store()
        var all = markers(conversation: 12, notifications: 50, opened: [60])
        all.everything = 3
        store.add(all, of: anna)
        store.add(markers(conversation: 12, opened: [9]), of: bo)
        store.close()
        let ledger = site.files.keys.appending(path: "erasures.ledger")
        try Data("\(log.id) \(FenceID.random()) owner \(Owner(bo))\n".utf8).write(to: ledger)
        let found = try #require(try ReadingStore.examine(site.files))
        #expect(found.members == 2 && found.ofErased == 1 && found.beyondHead == 6 && !found.isOfAnotherLog)
        for _ in 1...2 {
            try ReadingStore.restore(in: site.files, head: 10)
            #expect(!DatabaseFiles(path).hasCompanions)
            let restored = try self.store()
            let read = try restored.markers(of: anna)
            // What takes the positions after the head is unread.
            #expect(read.through(talk) == 10 && read.notificationsThrough == 10 && read.opened.isEmpty)
            #expect(try restored.members() == [anna])
            restored.close()
        }
    }

    @Test func `is nothing to restore where no site has served`() throws {
        try ReadingStore.restore(in: site.files, head: 0)
        #expect(try ReadingStore.examine(site.files) == nil && !FileManager.default.fileExists(atPath: path))
    }

    @Test func `is written by no process that does not serve`() throws {
        let reading = try ReadingStore(reading: path, keys: MemberKeys(site.files), logger: .silent)
        reading.add(markers(conversation: 12), of: anna)
        #expect(try reading.markers(of: anna).through(talk) == 12 && reading.prune(through: 99) == 0)
        reading.close()
        #expect(!FileManager.default.fileExists(atPath: path))
        let serving = try store()
        serving.add(markers(conversation: 12), of: anna)
        serving.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let second = try ReadingStore(reading: path, keys: MemberKeys(site.files), logger: .silent)
        second.add(markers(conversation: 50), of: anna)
        try second.forget(bo)
        #expect(try second.markers(of: anna).through(talk) == 50 && second.count(through: 99) == 0)
        second.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before && !DatabaseFiles(path).hasCompanions)
    }

    @Test func `is readable by its owner only, and only with its own log`() throws {
        try store().close()
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let other = try TemporarySite()
        try FileManager.default.copyItem(atPath: path, toPath: other.files.reading)
        let otherLog = try LogIdentity(readingFrom: other.files.log)
        #expect(throws: ReadingUnusable.ofAnotherLog(other.files.reading)) {
            try ReadingStore(
                serving: other.files.reading, of: otherLog, keys: MemberKeys(other.files), logger: .silent
            ) { ImportedMarkers(head: 0) }
        }
        try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: path))
        #expect(throws: ReadingUnusable.damaged(path)) { try store() }
    }
}

extension Data {
    fileprivate func contains(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
