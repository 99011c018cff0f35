import Crypto
package import Events
import Foundation

/// The tokens in unsubscribe links: member and kind of mail, encrypted and authenticated, so that they reveal nothing and cannot be forged.
/// Nothing is stored: a link works while the site keeps its signing key, and differs in every mail (RFC 8058).
package struct UnsubscribeTokens: Sendable {
    private let key: SymmetricKey

    package init(log: EventLog) { key = SymmetricKey(data: log.secret("unsubscribe links")) }

    /// Returns a different token each time.
    package func token(for member: MemberID, from mails: MailSwitch) -> String? {
        let words = Data("\(member) \(mails.code)".utf8)
        return (try? AES.GCM.seal(words, using: key))?.combined.map { Base64URL.encode($0) }
    }

    /// Nil for a token that this site did not make.
    package func opened(_ token: String) -> (member: MemberID, mails: MailSwitch)? {
        guard token.utf8.count <= 200, let bytes = Base64URL.decode(token),
            let sealed = try? AES.GCM.SealedBox(combined: bytes),
            let words = try? AES.GCM.open(sealed, using: key)
        else { return nil }
        let parts = String(decoding: words, as: UTF8.self).split(separator: " ").map(String.init)
        guard parts.count == 2, let member = MemberID(parts[0]), let mails = MailSwitch(code: parts[1]) else {
            return nil
        }
        return (member, mails)
    }
}
