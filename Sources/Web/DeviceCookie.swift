package import Events
package import HTTPTypes
import Hummingbird

/// The cookie by which a browser is known in which somebody has signed in before: a random token for each member, of a few at most.
///
/// Each is of no use but for trying a password; no token says which member it stands for, or that two belong together.
package struct DeviceCookie: Sendable {
    package let tokens: [SecretToken]
    package let isSecure: Bool

    /// Members who share a browser and keep their devices known; the one who has not signed in for longest makes room.
    package static let most = 3
    private static let separator: Character = "."

    /// - Parameter isSecure: the site is reached by https, so that browsers can be held to it.
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

    /// - Parameter seconds: kept so long; 0 takes it back.
    package func setting(seconds: Int) -> HTTPField {
        let value = seconds > 0 ? tokens.map(\.description).joined(separator: String(DeviceCookie.separator)) : ""
        let text =
            "\(DeviceCookie.name(isSecure: isSecure))=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(max(0, seconds))"
        return HTTPField(name: .setCookie, value: isSecure ? text + "; Secure" : text)
    }
}
