package import Events
import Synchronization

/// Token buckets, kept in memory: a restart forgives everybody.
///
/// Bounded in bytes: a bucket is 32 bytes however long the text is that a stranger typed, and each kind has at most `capacity` of them.
package final class TokenBuckets<Kind: Hashable & Sendable>: Sendable {
    /// Who spends: each has one bucket for each kind. An address counts by its network.
    package enum Spender: Sendable {
        case address(ClientAddress)
        case account(MemberID)
        /// A name or an e-mail address in the form in which the look-up finds it, together with the network it is tried from.
        case name(Claim, from: ClientAddress)
        /// One network and one account together.
        case accountFrom(ClientAddress, MemberID)
        case device(Int64)
    }

    /// Where each bucket will be full again; what has passed needs no memory.
    private typealias Buckets = [Key: Double]

    /// By kind, so that a flood of one kind makes no other forget.
    private let buckets = Mutex<[Kind: Buckets]>([:])
    private let limits: [Kind: RateLimit]
    private let capacity: Int

    /// - Parameter capacity: buckets of one kind remembered at once; beyond that the fullest are forgotten.
    package init(_ limits: [Kind: RateLimit], capacity: Int = 20_000) {
        self.limits = limits
        self.capacity = capacity
    }

    /// Nil for what is not limited.
    package subscript(kind: Kind) -> RateLimit? { limits[kind] }

    /// Takes one token from each spender's bucket, or from none.
    ///
    /// - Throws: `tooMany` with the seconds until the next token.
    package func spend(_ kind: Kind, by spenders: Spender..., at now: Instant) throws(PageError) {
        if let wait = wait(kind, spenders, at: now) {
            throw .tooMany(retryAfter: max(1, Int((wait / 1000).rounded(.up))))
        }
    }

    /// - Returns: whether there was a token, for a refusal that does not show.
    package func take(_ kind: Kind, by spender: Spender, at now: Instant) -> Bool {
        wait(kind, [spender], at: now) == nil
    }

    /// Gives back a token that was taken.
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
    /// A spender in a fixed number of bytes. What strangers type is hashed (SipHash, under a key that dies with the process).
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

        /// No IPv4 network is taken for an IPv6 one.
        private static func sort(_ sort: UInt8, _ address: ClientAddress) -> UInt8 {
            sort << 4 | UInt8(truncatingIfNeeded: address.network.bytes.count)
        }

        private static func packed(_ address: ClientAddress) -> UInt64 {
            address.network.bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
