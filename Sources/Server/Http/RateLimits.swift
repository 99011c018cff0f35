import Events
import Synchronization

/// How often one address or one account may do something: so many at once, refilled evenly over the period.
struct RateLimit: Hashable, Sendable, LosslessStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case read, write, register, mail
        /// Attempts to sign in: of one network, of one network with one name, with one account from everywhere, and of a known device.
        case signIn, signInName, signInAccount, signInDevice
        /// Mails to one address that forms of strangers ask for; counted by `RecipientLimit`.
        case recipient
        /// How often a member may write each (`Posting`), and see it on trial.
        case preview, threads, posts, conversations, messages, reports, cases
        case newThreads = "new.threads"
        case newPosts = "new.posts"
        case newConversations = "new.conversations"
        case newMessages = "new.messages"
        case newReports = "new.reports"
        case newCases = "new.cases"
    }

    enum Period: String, Sendable { case minute, hour, day }

    let count: Int
    let period: Period

    init(_ count: Int, per period: Period) {
        self.count = count
        self.period = period
    }

    /// `60 per minute`
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "per", let count = Int(words[0]), count > 0,
            let period = Period(rawValue: String(words[2]))
        else { return nil }
        self.init(count, per: period)
    }

    var description: String { "\(count) per \(period.rawValue)" }

    var milliseconds: Int64 {
        switch period {
        case .minute: 60_000
        case .hour: 3_600_000
        case .day: 86_400_000
        }
    }

    fileprivate var millisecondsPerToken: Double { Double(milliseconds) / Double(count) }

    static let standard: [Kind: RateLimit] = [
        .read: RateLimit(3000, per: .minute), .write: RateLimit(120, per: .minute), .signIn: RateLimit(60, per: .hour),
        .signInName: RateLimit(20, per: .hour), .signInAccount: RateLimit(100, per: .hour),
        .signInDevice: RateLimit(30, per: .hour), .register: RateLimit(30, per: .hour),
        .mail: RateLimit(30, per: .hour),
        .recipient: RateLimit(5, per: .hour),
    ].merging(Posting.standard) { $1 }
}

/// Token buckets, kept in memory: a restart forgives everybody.
///
/// Bounded in bytes: a bucket is 32 bytes however long the text is that a stranger typed, and each kind has at most `capacity` of them.
final class RateLimits: Sendable {
    /// Who spends: each has one bucket for each kind. An address counts by its network.
    enum Spender: Sendable {
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
    private let buckets = Mutex<[RateLimit.Kind: Buckets]>([:])
    private let limits: [RateLimit.Kind: RateLimit]
    private let capacity: Int

    /// - Parameter capacity: buckets of one kind remembered at once; beyond that the fullest are forgotten.
    init(_ limits: [RateLimit.Kind: RateLimit] = RateLimit.standard, capacity: Int = 20_000) {
        self.limits = limits
        self.capacity = capacity
    }

    /// Nil for what is not limited.
    subscript(kind: RateLimit.Kind) -> RateLimit? { limits[kind] }

    /// Takes one token from each spender's bucket, or from none.
    ///
    /// - Throws: `tooMany` with the seconds until the next token.
    func spend(_ kind: RateLimit.Kind, by spenders: Spender..., at now: Instant) throws(PageError) {
        if let wait = wait(kind, spenders, at: now) {
            throw .tooMany(retryAfter: max(1, Int((wait / 1000).rounded(.up))))
        }
    }

    /// - Returns: whether there was a token, for a refusal that does not show.
    func take(_ kind: RateLimit.Kind, by spender: Spender, at now: Instant) -> Bool {
        wait(kind, [spender], at: now) == nil
    }

    /// Gives back a token that was taken.
    func refund(_ kind: RateLimit.Kind, to spender: Spender, at now: Instant) {
        guard let limit = limits[kind] else { return }
        let key = Key(spender)
        buckets.withLock { buckets in
            guard let full = buckets[kind]?[key] else { return }
            let earlier = full - limit.millisecondsPerToken
            buckets[kind]?[key] = earlier > Double(now.milliseconds) ? earlier : nil
        }
    }

    /// - Returns: milliseconds to wait, or nil when the tokens were taken.
    private func wait(_ kind: RateLimit.Kind, _ spenders: [Spender], at now: Instant) -> Double? {
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

extension RateLimits {
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
