package import Events
package import HTTPTypes
import Hummingbird
import Synchronization

/// The cookie of the visit: a random token. Only a sign-in ties it to anybody.
package struct SessionCookie: Sendable {
    /// The visitor sent it; otherwise it is made up for this answer, and set only when the answer needs it.
    package let isKnown: Bool
    package let isSecure: Bool
    private let source: Source

    private enum Source {
        case given(SecretToken)
        case madeUp(MadeUpToken)
    }

    /// - Parameter isSecure: the site is reached by https, so that browsers can be held to it.
    package init(from headers: HTTPFields, isSecure: Bool) {
        self.isSecure = isSecure
        let sent = Cookies(from: headers[values: .cookie])[SessionCookie.name(isSecure: isSecure)]
        let token = sent.flatMap { SecretToken($0.value) }
        isKnown = token != nil
        source = token.map(Source.given) ?? .madeUp(MadeUpToken())
    }

    /// A new token, as after signing in or out.
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

    /// - Parameter seconds: kept so long; nil forgets it with the browser's window.
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

/// A token that most answers never need: made when it is first asked for, and the same from then on.
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
