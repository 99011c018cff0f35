import HTTPTypes
package import Hummingbird

/// The security and cache fields of every response; a field already set is kept, except `X-Robots-Tag` and `Strict-Transport-Security`.
package struct SecurityHeaders: Sendable {
    private static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    private static let always = [
        HTTPField(name: .contentSecurityPolicy, value: contentSecurityPolicy),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(
            name: .token("Permissions-Policy"),
            value: "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        HTTPField(name: .token("Cross-Origin-Opener-Policy"), value: "same-origin"),
        HTTPField(name: .token("Cross-Origin-Resource-Policy"), value: "same-origin"),
    ]

    private static let referrer = HTTPField(name: .token("Referrer-Policy"), value: "same-origin")
    private static let noReferrer = HTTPField(name: .token("Referrer-Policy"), value: "no-referrer")
    private static let revalidated = HTTPField(name: .cacheControl, value: "no-cache")
    private static let forOne = HTTPField(name: .cacheControl, value: "private, no-store")

    /// - Parameters:
    ///   - carriesToken: whether the address itself is a secret.
    ///   - isPersonal: whether the response is made for one reader.
    ///   - strictTransport: the value of `Strict-Transport-Security`; nil for a request that did not come by https.
    package static func apply(
        to response: inout Response, carriesToken: Bool, isPersonal: Bool, strictTransport: String?
    ) {
        for field in always { response.headers.appendMissing(field) }
        response.headers.appendMissing(carriesToken ? noReferrer : referrer)
        if response.headers.contains(.cacheControl) {
            if response.headers[.cacheControl]?.hasPrefix("public") != true { response.vary(by: "Cookie") }
        } else {
            let isForOne = isPersonal || carriesToken || response.headers.contains(.setCookie)
            response.headers.append(isForOne ? forOne : revalidated)
            response.vary(by: "Cookie")
        }
        if carriesToken { response.headers[.token("X-Robots-Tag")] = "noindex, nofollow" }
        if let strictTransport { response.headers[.strictTransportSecurity] = strictTransport }
    }
}

extension HTTPFields {
    fileprivate mutating func appendMissing(_ field: HTTPField) {
        if !contains(field.name) { append(field) }
    }
}
