import Crypto
import Events
import Foundation
import Messaging

/// The ids of the site's own mails. The second half of each is a code over the first, so that the site knows a mail of its own when one
/// comes to an inbox that it reads.
struct OwnMailIDs: Sendable {
    private let key: SymmetricKey

    init(log: EventLog) { key = SymmetricKey(data: log.secret("own mail ids")) }

    /// - Parameters:
    ///   - thing: what an answer is sorted by.
    ///   - digits: the same each time the mail is tried; 16 hexadecimal digits.
    func words(_ thing: String, _ digits: String) -> String { thing + digits + code(over: thing + digits) }

    /// Only the site can create such an id. A sender who repeats one hides only her own mail.
    func isOwn(_ id: ReceivedMailID) -> Bool {
        guard let words = id.text.firstMatch(of: /^([0-9a-z]*[0-9a-f]{16})([0-9a-f]{16})@/) else { return false }
        return Array(code(over: String(words.1)).utf8).isSame(as: Array(words.2.utf8))
    }

    private func code(over words: String) -> String {
        Hex.encode(Array(HMAC<SHA256>.authenticationCode(for: Data(words.utf8), using: key)).prefix(8))
    }
}
