import Crypto
import Events
import Foundation
import Messaging

/// The message ids of the site's own mails; the second half of each is a MAC of the first, so that the site recognises its own mail in an
/// inbox that it reads.
struct OwnMailIDs: Sendable {
    private let key: SymmetricKey

    init(log: EventLog) { key = SymmetricKey(data: log.secret("own mail ids")) }

    /// - Parameters:
    ///   - thing: the key by which an answer is sorted.
    ///   - digits: 16 hexadecimal digits, the same for every attempt to send the mail.
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
