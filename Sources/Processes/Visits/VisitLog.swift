package import Accounts
package import Dispatch
package import Events
import Foundation
package import Logging
package import Projections
import Synchronization

/// The visit log (P-05): page requests, stored apart from the event log, for the time that the policy allows.
///
/// Recording never delays a response: requests are queued and written shortly after. A full queue drops and counts new requests.
package final class VisitLog: Sendable {
    private struct Waiting {
        var requests: [VisitingRequest] = []
        /// Whether a write is scheduled.
        var isAwaited = false
    }

    private struct Writer {
        let file: VisitFile
        var numbers = VisitorNumbers()
        /// Visits that were unlinked: later requests of their sessions, such as the closing itself, are recorded alone, without the member.
        var unlinked: Set<VisitID> = []
    }

    package let path: String
    private let waiting = Mutex(Waiting())
    private let writer: Mutex<Writer>
    private let lost = Atomic(0)
    private let queue = DispatchQueue(label: "visit log", qos: .utility)
    private let baseURL: BaseURL
    private let policies: @Sendable () throws -> PolicyCalendar
    private let logger: Logger
    private let capacity: Int
    private let pause: DispatchTimeInterval

    /// - Parameters:
    ///   - capacity: how many requests may wait to be written.
    ///   - pause: the maximum time that they wait.
    package init(
        at path: String, baseURL: BaseURL, logger: Logger, capacity: Int = 8192,
        pause: DispatchTimeInterval = .milliseconds(500), policies: @escaping @Sendable () throws -> PolicyCalendar
    ) throws {
        self.path = path
        self.baseURL = baseURL
        self.logger = logger
        self.capacity = capacity
        self.pause = pause
        self.policies = policies
        writer = Mutex(Writer(file: try VisitFile(at: path)))
    }

    /// Queues a request and returns at once.
    package func note(_ request: VisitingRequest) {
        let (isLost, wakes) = waiting.withLock { waiting in
            guard waiting.requests.count < capacity else { return (true, false) }
            waiting.requests.append(request)
            defer { waiting.isAwaited = true }
            return (false, !waiting.isAwaited)
        }
        if isLost { lost.add(1, ordering: .relaxed) }
        if wakes { queue.asyncAfter(deadline: .now() + pause) { [weak self] in self?.writeQuietly() } }
    }

    /// The requests not recorded because the queue was full or writing failed.
    package var dropped: Int { lost.load(ordering: .relaxed) }

    /// Writes everything noted so far.
    func flush() throws { try writing { _ in } }

    /// A member's rows, latest first.
    package func visits(of member: MemberID) throws -> [Visit] { try writing { try $0.file.visits(of: member) } }

    /// The members who have rows.
    package func members() throws -> [MemberID] { try writing { try $0.file.members() } }

    /// Unlinks every row of a member, as at closing and erasure (P-16.5): removes member and address, and renumbers the visits.
    /// The member's sessions must have ended before.
    /// - Returns: false if a reader kept overwritten data in the write-ahead log; the next pruning empties it.
    @discardableResult
    package func forget(_ member: MemberID) throws -> Bool {
        try writing { writer in
            writer.unlinked.formUnion(try writer.file.forget(member))
            return try writer.file.emptyWriteAheadLog()
        }
    }

    /// Deletes rows older than the policy allows.
    func prune(at now: Instant) throws {
        guard let limit = try policies().limit(judgedAt: now, \.visitLog) else { return }
        try prune(before: limit, at: now)
    }

    /// - Returns: how many rows were deleted.
    @discardableResult
    func prune(before limit: Instant, at now: Instant) throws -> Int {
        try writing { writer in
            let pruned = try writer.file.prune(before: limit, at: now)
            _ = try writer.file.emptyWriteAheadLog()
            return pruned
        }
    }

    /// The time of the oldest row.
    package func oldest() throws -> Instant? { try writer.withLock { try $0.file.oldest() } }

    /// The number of persons with an address recorded after `limit`, and the time of the oldest.
    package func addresses(since limit: Instant) throws -> RetentionSchedule.Retained {
        try writer.withLock { try $0.file.addresses(since: limit) }
    }

    package func count(before limit: Instant) throws -> Int { try writing { try $0.file.count(before: limit) } }

    package func count() throws -> Int { try writer.withLock { try $0.file.count() } }

    /// Writes queued requests and leaves no write-ahead log behind.
    package func close() throws { try writing { try $0.file.mergeWriteAheadLog() } }

    /// - Returns: false while another connection reads an older snapshot of the file.
    package func emptyWriteAheadLog() throws -> Bool { try writing { try $0.file.emptyWriteAheadLog() } }

    private func writeQuietly() {
        do {
            try flush()
        } catch {
            logger.error("the visit log takes nothing", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Writes queued requests, then runs `body` on the file under the same lock.
    private func writing<Value: Sendable>(_ body: (inout Writer) throws -> Value) throws -> Value {
        try writer.withLock { writer in
            let requests = waiting.withLock { waiting in
                defer { waiting = Waiting() }
                return waiting.requests
            }
            if !requests.isEmpty {
                do {
                    try writer.file.insert(visits(of: requests, &writer))
                } catch {
                    lost.add(requests.count, ordering: .relaxed)
                    throw error
                }
            }
            return try body(&writer)
        }
    }

    private func visits(of requests: [VisitingRequest], _ writer: inout Writer) throws -> [Visit] {
        var batch = VisitBatch(policies: try policies())
        return requests.compactMap { request in
            guard let rules = batch.rules(at: request.time) else { return nil }
            return visit(of: request, by: batch.device(of: request.userAgent), under: rules, &writer)
        }
    }

    private func visit(
        of request: VisitingRequest, by device: VisitDevice, under rules: VisitLogRules, _ writer: inout Writer
    ) -> Visit? {
        var request = request
        let network = request.client.network(
            bitsOfIPv4: rules.anonymousBitsOfIPv4, bitsOfIPv6: rules.anonymousBitsOfIPv6)
        if request.changesSession { writer.numbers.renew(network, device, at: request.time) }
        var standsAlone = request.changesSession
        if let signedIn = request.signedIn, writer.unlinked.contains(signedIn.visit) {
            request.signedIn = nil
            standsAlone = true
        }
        let number =
            request.signedIn?.visit
            ?? (standsAlone ? .random() : writer.numbers.number(of: network, device, at: request.time))
        return Visit(
            request, number: number, device: device, network: network,
            referrer: VisitReferrer.kept(of: request.referrer, at: baseURL), under: rules)
    }
}
