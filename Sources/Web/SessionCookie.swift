package import Events
package import HTTPTypes
import Hummingbird
import Synchronization

/// The session cookie: a random token, which only a sign-in ties to a member.
package struct SessionCookie: Sendable {
    /// Whether the visitor sent the token; otherwise it is new, and set only when the response needs it.
    package let isKnown: Bool
    package let isSecure: Bool
    private let source: Source

    private enum Source {
        case given(SecretToken)
        case madeUp(MadeUpToken)
    }

    /// - Parameter isSecure: whether the site is reached by https; the cookie then has the `__Host-` prefix and `Secure`.
    package init(from headers: HTTPFields, isSecure: Bool) {
        self.isSecure = isSecure
        let sent = Cookies(from: headers[values: .cookie])[SessionCookie.name(isSecure: isSecure)]
        let token = sent.flatMap { SecretToken($0.value) }
        isKnown = token != nil
        source = token.map(Source.given) ?? .madeUp(MadeUpToken())
    }

    /// The cookie with a new token, as after signing in or out.
    package init(replacing old: SessionCookie, with token: SecretToken) {
        source = .given(token)
        isSecure = old.isSecure
        isKnown = false
    }

    package var token: SecretToken {
        switch source {
        case .given(let token): token
        case .madeUp(let token): token.value
        }
    }

    package static func name(isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }

    /// - Parameter seconds: lifetime of the cookie; nil for a cookie that ends with the browser session.
    package func setting(seconds: Int? = nil) -> HTTPField {
        var value = "\(SessionCookie.name(isSecure: isSecure))=\(token); Path=/; HttpOnly; SameSite=Lax"
        if isSecure { value += "; Secure" }
        if let seconds { value += "; Max-Age=\(seconds)" }
        return HTTPField(name: .setCookie, value: value)
    }

    package var clearing: HTTPField {
        let value = "\(SessionCookie.name(isSecure: isSecure))=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        return HTTPField(name: .setCookie, value: isSecure ? value + "; Secure" : value)
    }
}

/// A token created on first use, because most responses never need it.
private final class MadeUpToken: Sendable {
    private let made = Mutex<SecretToken?>(nil)

    var value: SecretToken {
        made.withLock { made in
            let token = made ?? .random()
            made = token
            return token
        }
    }
}
