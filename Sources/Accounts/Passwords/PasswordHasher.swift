import Foundation
import Synchronization

/// Hashes and compares passwords on dedicated threads, a few at once, to protect the event loops and memory.
package final class PasswordHasher: Sendable {
    /// Too many hashes are waiting, or memory for another one cannot be allocated.
    package struct Overloaded: Error, Hashable {}

    let cost: ScryptCost
    private let limit: Int
    private let capacity: Int
    private let derive: KeyDerivation
    private let work = Mutex(Work())

    private struct Work {
        var threads = 0
        var waiting: [@Sendable () -> Void] = []
    }

    /// - Parameters:
    ///   - limit: maximum number of concurrent hashes; each takes 128 MB at the standard cost.
    ///   - capacity: maximum number of waiting hashes.
    package convenience init(cost: ScryptCost = .standard, limit: Int = 2, capacity: Int = 32) {
        self.init(cost: cost, limit: limit, capacity: capacity, derive: PasswordHash.scrypt)
    }

    init(cost: ScryptCost, limit: Int = 2, capacity: Int = 32, derive: @escaping KeyDerivation) {
        self.cost = cost
        self.limit = limit
        self.capacity = capacity
        self.derive = derive
    }

    package func hash(_ password: Password) async throws(Overloaded) -> PasswordHash {
        try await rehash(EnteredPassword(password))
    }

    /// Whether the password matches the hash; false without a hash.
    ///
    /// Costs as much as hashing at today's cost, also when the stored hash is cheaper or missing.
    package func compare(_ password: EnteredPassword, with hash: PasswordHash?) async throws(Overloaded) -> Bool {
        let hash = hash ?? .unmatchable(cost: cost)
        let (cost, derive) = (cost, derive)
        return try await runOnPool {
            let fits = hash.fits(password, by: derive)
            for cost in cost.remainder(after: hash.cost) where fits != nil {
                guard derive(password, cost, hash.salt) != nil else { return nil }
            }
            return fits
        }
    }

    /// Hashes the same password at today's cost.
    func rehash(_ password: EnteredPassword) async throws(Overloaded) -> PasswordHash {
        let (cost, derive) = (cost, derive)
        return try await runOnPool { PasswordHash(of: password, cost: cost, by: derive) }
    }

    package func isOutdated(_ hash: PasswordHash) -> Bool { hash.cost != cost }

    private func runOnPool<Value: Sendable>(_ job: @escaping @Sendable () -> Value?) async throws(Overloaded) -> Value {
        let result: Result<Value, Overloaded> = await withCheckedContinuation { continuation in
            let isAccepted = submit {
                continuation.resume(returning: job().map(Result.success) ?? .failure(Overloaded()))
            }
            if !isAccepted { continuation.resume(returning: .failure(Overloaded())) }
        }
        return try result.get()
    }

    private func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        enum Place { case newThread, queue, none }
        let place = work.withLock { work -> Place in
            if work.threads < limit {
                work.threads += 1
                return .newThread
            }
            guard work.waiting.count < capacity else { return .none }
            work.waiting.append(job)
            return .queue
        }
        if place == .newThread { Thread.detachNewThread { self.serve(job) } }
        return place != .none
    }

    /// Runs jobs until the queue is empty. A thread that ends frees its memory.
    private func serve(_ first: @Sendable () -> Void) {
        first()
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        work.withLock { work in
            guard !work.waiting.isEmpty else {
                work.threads -= 1
                return nil
            }
            return work.waiting.removeFirst()
        }
    }
}
