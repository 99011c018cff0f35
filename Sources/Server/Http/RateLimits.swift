import Events
import Synchronization

/// How often one address or one account may do something: so many at once, refilled evenly over the period.
struct RateLimit: Hashable, Sendable, LosslessStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case read, write, signIn, register, mail
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

    fileprivate var millisecondsPerToken: Double {
        let milliseconds: Double =
            switch period {
            case .minute: 60_000
            case .hour: 3_600_000
            case .day: 86_400_000
            }
        return milliseconds / Double(count)
    }

    static let standard: [Kind: RateLimit] = [
        .read: RateLimit(3000, per: .minute), .write: RateLimit(120, per: .minute), .signIn: RateLimit(60, per: .hour),
        .register: RateLimit(30, per: .hour), .mail: RateLimit(30, per: .hour),
    ].merging(Posting.standard) { $1 }
}

/// Token buckets, kept in memory: a restart forgives everybody.
final class RateLimits: Sendable {
    /// Who spends: each has a bucket of its own for each kind.
    enum Spender: Hashable, Sendable {
        case address(ClientAddress)
        case account(MemberID)
        /// Something typed that names an account, such as the address at sign-in.
        case typed(String)
    }

    private struct Key: Hashable {
        let kind: RateLimit.Kind
        let spender: Spender
    }

    /// When the bucket will be full again; what has passed needs no memory.
    private let buckets = Mutex<[Key: Double]>([:])
    private let limits: [RateLimit.Kind: RateLimit]
    private let capacity: Int

    /// - Parameter capacity: buckets remembered at once; beyond that the fullest are forgotten.
    init(_ limits: [RateLimit.Kind: RateLimit] = RateLimit.standard, capacity: Int = 50_000) {
        self.limits = limits
        self.capacity = capacity
    }

    /// Takes one token from each spender's bucket, or from none.
    ///
    /// - Throws: `tooMany` with the seconds until the next token.
    func spend(_ kind: RateLimit.Kind, by spenders: Spender..., at now: Instant) throws(PageError) {
        guard let limit = limits[kind] else { return }
        let wait = buckets.withLock { buckets in
            take(from: &buckets, spenders.map { Key(kind: kind, spender: $0) }, limit, at: Double(now.milliseconds))
        }
        if let wait { throw .tooMany(retryAfter: max(1, Int((wait / 1000).rounded(.up)))) }
    }

    /// - Returns: milliseconds to wait, or nil when the tokens were taken.
    private func take(from buckets: inout [Key: Double], _ keys: [Key], _ limit: RateLimit, at now: Double) -> Double? {
        let step = limit.millisecondsPerToken
        let latest = now + step * Double(limit.count)
        let full = keys.map { max(buckets[$0] ?? now, now) + step }
        if let worst = full.max(), worst > latest { return worst - latest }
        for (key, moment) in zip(keys, full) { buckets[key] = moment }
        if buckets.count > capacity { forget(&buckets, at: now) }
        return nil
    }

    private func forget(_ buckets: inout [Key: Double], at now: Double) {
        buckets = buckets.filter { $0.value > now }
        guard buckets.count > capacity else { return }
        let kept = buckets.sorted { $0.value > $1.value }.prefix(capacity / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    var rememberedCount: Int { buckets.withLock { $0.count } }
}
