package import Events
package import HTTPTypes
import Hummingbird

/// The cookie that identifies a browser in which members have signed in before: one random token per member, for at most `most` members.
///
/// A token only gives a separate rate limit for sign-in attempts; it reveals neither its member nor that two tokens belong together.
package struct DeviceCookie: Sendable {
    package let tokens: [SecretToken]
    package let isSecure: Bool

    /// Members per browser; beyond that, the token of the member whose sign-in is longest ago is dropped.
    package static let most = 3
    private static let separator: Character = "."

    /// - Parameter isSecure: whether the site is reached by https; the cookie then has the `__Host-` prefix and `Secure`.
    package init(from headers: HTTPFields, isSecure: Bool) {
        let sent = Cookies(from: headers[values: .cookie])[DeviceCookie.name(isSecure: isSecure)]
        let parts =
            sent?.value.utf8.count ?? 0 <= 50 * DeviceCookie.most
            ? sent?.value.split(separator: DeviceCookie.separator) : nil
        tokens = (parts ?? []).prefix(DeviceCookie.most).compactMap { SecretToken(String($0)) }
        self.isSecure = isSecure
    }

    private init(_ tokens: [SecretToken], isSecure: Bool) {
        self.tokens = tokens
        self.isSecure = isSecure
    }

    package func adding(_ token: SecretToken, replacing replaced: SecretToken?) -> DeviceCookie {
        let others = tokens.filter { $0 != replaced }.prefix(DeviceCookie.most - 1)
        return DeviceCookie([token] + others, isSecure: isSecure)
    }

    package static func name(isSecure: Bool) -> String { isSecure ? "__Host-device" : "device" }

    /// - Parameter seconds: lifetime of the cookie; 0 deletes it.
    package func setting(seconds: Int) -> HTTPField {
        let value = seconds > 0 ? tokens.map(\.description).joined(separator: String(DeviceCookie.separator)) : ""
        let text =
            "\(DeviceCookie.name(isSecure: isSecure))=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(max(0, seconds))"
        return HTTPField(name: .setCookie, value: isSecure ? text + "; Secure" : text)
    }
}
