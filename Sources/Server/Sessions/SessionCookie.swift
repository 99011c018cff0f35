import HTTPTypes
import Hummingbird

/// The one cookie of the site: a random token. Only a sign-in ties it to anybody.
struct SessionCookie: Sendable {
    let token: SecretToken
    /// The visitor sent it; otherwise it was made up for this answer, and is set only when the answer needs it.
    let isKnown: Bool
    let isSecure: Bool

    /// - Parameter isSecure: the site is reached by https, so that browsers can be held to it.
    init(from headers: HTTPFields, isSecure: Bool) {
        self.isSecure = isSecure
        let sent = Cookies(from: headers[values: .cookie])[SessionCookie.name(isSecure: isSecure)]
        let token = sent.flatMap { SecretToken($0.value) }
        isKnown = token != nil
        self.token = token ?? .random()
    }

    /// A new token, as after signing in or out.
    init(replacing old: SessionCookie, with token: SecretToken) {
        self.token = token
        isSecure = old.isSecure
        isKnown = false
    }

    static func name(isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }

    /// - Parameter days: kept so long; nil forgets it with the browser's window.
    func setting(days: Int? = nil) -> HTTPField {
        var value = "\(SessionCookie.name(isSecure: isSecure))=\(token); Path=/; HttpOnly; SameSite=Lax"
        if isSecure { value += "; Secure" }
        if let days { value += "; Max-Age=\(days * 86_400)" }
        return HTTPField(name: .setCookie, value: value)
    }

    var clearing: HTTPField {
        let value = "\(SessionCookie.name(isSecure: isSecure))=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        return HTTPField(name: .setCookie, value: isSecure ? value + "; Secure" : value)
    }
}
