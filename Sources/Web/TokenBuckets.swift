package import Events
import Synchronization

/// Rate limits as token buckets in memory; a restart resets them.
///
/// Memory is bounded: a bucket takes 32 bytes regardless of the length of the typed text, and each kind has at most `capacity` buckets.
package final class TokenBuckets<Kind: Hashable & Sendable>: Sendable {
    /// The subject of a limit, with one bucket per kind; an address counts by its network.
    package enum Spender: Sendable {
        case address(ClientAddress)
        case account(MemberID)
        /// A username or e-mail address, normalised as for look-up, together with the network that it is tried from.
        case name(Claim, from: ClientAddress)
        /// An account together with the network that it is tried from.
        case accountFrom(ClientAddress, MemberID)
        case device(Int64)
    }

    /// The time when each bucket is full again, in milliseconds; a bucket whose time has passed need not be stored.
    private typealias Buckets = [Key: Double]

    /// Separate per kind, so that a flood of one kind does not evict buckets of another.
    private let buckets = Mutex<[Kind: Buckets]>([:])
    private let limits: [Kind: RateLimit]
    private let capacity: Int

    /// - Parameter capacity: stored buckets of one kind; beyond that the fullest are dropped.
    package init(_ limits: [Kind: RateLimit], capacity: Int = 20_000) {
        self.limits = limits
        self.capacity = capacity
    }

    /// The limit of a kind; nil when it is not limited.
    package subscript(kind: Kind) -> RateLimit? { limits[kind] }

    /// Takes one token from each spender's bucket, or none at all when a bucket is empty.
    ///
    /// - Throws: `PageError.tooMany` with the seconds until the next token.
    package func spend(_ kind: Kind, by spenders: Spender..., at now: Instant) throws(PageError) {
        if let wait = wait(kind, spenders, at: now) {
            throw .tooMany(retryAfter: max(1, Int((wait / 1000).rounded(.up))))
        }
    }

    /// - Returns: whether a token was taken; for callers that must not show the refusal.
    package func take(_ kind: Kind, by spender: Spender, at now: Instant) -> Bool {
        wait(kind, [spender], at: now) == nil
    }

    /// Puts back a token that was taken.
    package func refund(_ kind: Kind, to spender: Spender, at now: Instant) {
        guard let limit = limits[kind] else { return }
        let key = Key(spender)
        buckets.withLock { buckets in
            guard let full = buckets[kind]?[key] else { return }
            let earlier = full - limit.millisecondsPerToken
            buckets[kind]?[key] = earlier > Double(now.milliseconds) ? earlier : nil
        }
    }

    /// - Returns: milliseconds to wait, or nil when the tokens were taken.
    private func wait(_ kind: Kind, _ spenders: [Spender], at now: Instant) -> Double? {
        guard let limit = limits[kind] else { return nil }
        let keys = spenders.map(Key.init)
        let (now, step) = (Double(now.milliseconds), limit.millisecondsPerToken)
        return buckets.withLock { buckets in
            let full = keys.map { max(buckets[kind]?[$0] ?? now, now) + step }
            let latest = now + step * Double(limit.count)
            if let worst = full.max(), worst > latest { return worst - latest }
            for (key, moment) in zip(keys, full) { buckets[kind, default: [:]][key] = moment }
            if buckets[kind, default: [:]].count > capacity { forget(&buckets[kind, default: [:]], at: now) }
            return nil
        }
    }

    private func forget(_ buckets: inout Buckets, at now: Double) {
        buckets = buckets.filter { $0.value > now }
        guard buckets.count > capacity else { return }
        let kept = buckets.sorted { $0.value > $1.value }.prefix(capacity / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    var rememberedCount: Int { buckets.withLock { $0.values.reduce(0) { $0 + $1.count } } }
}

extension TokenBuckets {
    /// A spender in a fixed number of bytes; typed text is hashed (SipHash, with a key per process).
    private struct Key: Hashable {
        private let sort: UInt8
        private let network, other: UInt64

        init(_ spender: Spender) {
            switch spender {
            case .address(let address): (sort, network, other) = (Key.sort(1, address), Key.packed(address), 0)
            case .account(let member): (sort, network, other) = (2, 0, member.rawValue)
            case .name(let claim, let address):
                (sort, network) = (Key.sort(3, address), Key.packed(address))
                other = UInt64(truncatingIfNeeded: claim.hashValue)
            case .accountFrom(let address, let member):
                (sort, network, other) = (Key.sort(4, address), Key.packed(address), member.rawValue)
            case .device(let id): (sort, network, other) = (5, 0, UInt64(bitPattern: id))
            }
        }

        /// Includes the address length, so that an IPv4 network never equals an IPv6 one.
        private static func sort(_ sort: UInt8, _ address: ClientAddress) -> UInt8 {
            sort << 4 | UInt8(truncatingIfNeeded: address.network.bytes.count)
        }

        private static func packed(_ address: ClientAddress) -> UInt64 {
            address.network.bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
