package import Events
package import Web

/// The token buckets of the site.
package typealias RateLimits = TokenBuckets<RateLimit.Kind>

extension RateLimit {
    package enum Kind: String, CaseIterable, Sendable {
        case read, write, register, mail
        /// Sign-in attempts: per network, per network and name, per account from everywhere, and per known device.
        case signIn, signInName, signInAccount, signInDevice
        /// Mails to one address that visitors' forms request; counted by `RecipientLimit`.
        case recipient
        /// A member's previews, and each kind of text that she may write (`Posting`).
        case preview, threads, posts, conversations, messages, reports, cases
        case newThreads = "new.threads"
        case newPosts = "new.posts"
        case newConversations = "new.conversations"
        case newMessages = "new.messages"
        case newReports = "new.reports"
        case newCases = "new.cases"
    }

    package static let standard: [Kind: RateLimit] = [
        .read: RateLimit(3000, per: .minute), .write: RateLimit(120, per: .minute), .signIn: RateLimit(60, per: .hour),
        .signInName: RateLimit(20, per: .hour), .signInAccount: RateLimit(100, per: .hour),
        .signInDevice: RateLimit(30, per: .hour), .register: RateLimit(30, per: .hour),
        .mail: RateLimit(30, per: .hour),
        .recipient: RateLimit(5, per: .hour),
    ].merging(Posting.standard) { $1 }
}

extension RateLimits {
    package convenience init() { self.init(RateLimit.standard) }
}
