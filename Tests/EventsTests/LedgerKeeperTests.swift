import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `The erasure ledger in its writer's hands` {
    private let site: TemporarySite
    private let anchor: URL
    private let log: LogIdentity

    init() throws {
        site = try TemporarySite()
        anchor = site.files.data.appending(path: "anchor")
        try FileManager.default.createDirectory(at: anchor, withIntermediateDirectories: true)
        log = try LogIdentity(readingFrom: site.files.log)
    }

    private var ledger: ErasureLedger { ErasureLedger(directory: site.files.keys) }
    private var anchored: ErasureLedger { ErasureLedger(directory: anchor) }
    private func keeper() -> LedgerKeeper { LedgerKeeper(ledger, anchored: anchored, log: log) }
    private func erasure() -> Erasure { Erasure(fence: .random(), .owner(Owner(MemberID.random()))) }
    private func lines(_ ledger: ErasureLedger) throws -> [Substring] {
        try String(contentsOf: ledger.file, encoding: .utf8).split(separator: "\n")
    }

    @Test func `is read once, however many erasures there are`() throws {
        let keeper = keeper()
        try keeper.record((1...2000).map { _ in erasure() })
        try keeper.keepInAnchor()
        for _ in 1...100 {
            try keeper.record([erasure()])
            try keeper.keepInAnchor()
        }
        // Writing the first line may have created the file.
        #expect(keeper.readings <= 2)
        #expect(try lines(ledger).count == 2100)
        #expect(try lines(ledger) == lines(anchored))
        #expect(try ledger.erasures(of: log).count == 2100)
    }

    @Test func `names each erasure once, however often it is told`() throws {
        let keeper = keeper()
        let erasure = erasure()
        for _ in 1...3 {
            try keeper.record([erasure])
            try keeper.keepInAnchor()
        }
        #expect(try ledger.erasures(of: log) == [erasure] && anchored.erasures(of: log) == [erasure])
    }

    @Test func `is read again when somebody else has written to it, and its copy as well`() throws {
        let keeper = keeper()
        let (own, others) = (erasure(), erasure())
        for erasure in [self.erasure(), self.erasure(), own] { try keeper.record([erasure]) }
        try keeper.keepInAnchor()
        _ = try ledger.append([others], log: log)
        try keeper.record([others])
        try keeper.keepInAnchor()
        #expect(try ledger.erasures(of: log).count { $0 == others } == 1)
        #expect(try anchored.erasures(of: log).contains(others))
        // The copy is replaced by an older one.
        let all = try lines(anchored)
        try Data((all.prefix(1).joined() + "\n").utf8).write(to: anchored.file)
        try keeper.record([erasure()])
        try keeper.keepInAnchor()
        #expect(try Set(lines(anchored)) == Set(lines(ledger)))
    }

    @Test func `never lets a line run into one that was cut off`() throws {
        let keeper = keeper()
        try keeper.record([erasure()])
        try keeper.record([erasure()])
        let torn = try FileHandle(forWritingTo: ledger.file)
        try torn.seekToEnd()
        try torn.write(contentsOf: Data("\(log.id) fence:0".utf8))
        try torn.close()
        let next = erasure()
        try keeper.record([next])
        #expect(try ledger.erasures(of: log).count == 3 && ledger.erasures(of: log).last == next)
    }

    @Test func `is made again when it was taken away`() throws {
        let keeper = keeper()
        try keeper.record([erasure()])
        try FileManager.default.removeItem(at: ledger.file)
        let next = erasure()
        try keeper.record([next])
        #expect(try ledger.erasures(of: log) == [next])
    }
}
