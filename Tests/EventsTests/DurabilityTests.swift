import Dispatch
import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `What is durable before anybody is told` {
    let site: TemporarySite
    init() throws { site = try TemporarySite() }

    @Test func `nobody is answered or told before the disk has taken what was written`() async throws {
        let disk = Gate()
        let log = try EventLog(site.files, holds: .ofSite, opening: .asUsual, makeDurable: { try disk.pass() })
        let isAnswered = Guarded(false)
        let answer = Task {
            let appended = try await log.append(Note.append(stream(1), [Note.clear(1)]))
            isAnswered.update { $0 = true }
            return appended
        }
        await disk.someoneWaits()
        #expect(!isAnswered.value)
        #expect(log.head == 0)
        #expect(try log.events(after: 0, limit: 10).isEmpty)
        disk.open()
        #expect(try await answer.value.positions == 1...1)
        #expect(log.head == 1)
        #expect(try log.events(after: 0, limit: 10).count == 1)
        await log.close()
    }

    @Test func `after the disk has refused once nothing is appended until the log is opened anew`() async throws {
        let refusals = Guarded(0)
        let log = try EventLog(
            site.files, holds: .ofSite, opening: .asUsual,
            makeDurable: {
                refusals.update { $0 += 1 }
                throw POSIXError(.EIO)
            })
        for number in 1...2 {
            await #expect(throws: POSIXError.self) {
                try await log.append(Note.append(stream(1), [Note.clear(number)]))
            }
        }
        #expect(refusals.value == 1)
        #expect(log.head == 0)
        await #expect(throws: POSIXError.self) { try await log.checkpoint() }
        let signed = try? Data(contentsOf: URL(filePath: site.files.checkpoint))
        await log.close()
        #expect(
            (try? Data(contentsOf: URL(filePath: site.files.checkpoint))) == signed, "no head over what may be lost")
        try await site.withLog { log async throws in
            let head = log.head
            #expect(try await log.append(Note.append(stream(2), [Note.clear(3)])).last == head + 1)
        }
    }

    @Test func `one transaction may wait while another is made durable, and both are answered in order`() async throws {
        let disk = Gate()
        let sync = LogSync { try disk.pass() }
        let answered = Guarded<[Int]>([])
        let done = DispatchSemaphore(value: 0)
        for number in 1...2 {
            sync.add(
                LogSync.Transaction(count: number) { failure in
                    #expect(failure == nil)
                    answered.update { $0.append(number) }
                    done.signal()
                })
        }
        #expect(answered.value.isEmpty)
        disk.open()
        await Task.detached { for _ in 1...2 { done.wait() } }.value
        try sync.drain()
        #expect(answered.value == [1, 2])
        #expect(sync.takeAnswered() == 3)
        sync.close()
    }

    @Test func `ids that commands of one moment give lie together, but for a member's`() {
        let moment = Instant.testStart
        let near = [CommandID(at: moment), CommandID(at: moment.advanced(seconds: 0.01))]
        let later = CommandID(at: moment.advanced(seconds: 60))
        let posts = near.map { PostID(createdBy: $0).rawValue >> 28 }
        #expect(posts[1] - posts[0] <= 1)
        #expect(PostID(createdBy: later).rawValue >> 28 > posts[1])
        #expect(MemberID(createdBy: near[0]).rawValue >> 28 != posts[0])
        #expect(PostID(createdBy: near[0]) == PostID(createdBy: near[0]))
    }
}

/// Blocks callers until it is opened.
private final class Gate: Sendable {
    private let arrived = DispatchSemaphore(value: 0)
    private let isOpen = DispatchSemaphore(value: 0)

    func pass() throws {
        arrived.signal()
        isOpen.wait()
        isOpen.signal()
    }

    func someoneWaits() async { await Task.detached { self.arrived.wait() }.value }

    func open() { isOpen.signal() }
}
