import HTTPTypes
import Hummingbird

/// What every answer tells the browser to refuse. A field that the answer has already is left alone.
struct SecurityHeaders: Sendable {
    private static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    private static let always: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, contentSecurityPolicy),
        (.xContentTypeOptions, "nosniff"),
        (
            .token("Permissions-Policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
        ),
        (.token("Cross-Origin-Opener-Policy"), "same-origin"),
        (.token("Cross-Origin-Resource-Policy"), "same-origin"),
    ]

    private static let referrerPolicy = HTTPField.Name.token("Referrer-Policy")

    /// - Parameters:
    ///   - route: nil when no route was found.
    ///   - isPersonal: made for one reader.
    ///   - isSecure: the request came by https.
    static func apply(to response: inout Response, route: Route?, isPersonal: Bool, isSecure: Bool) {
        for (name, value) in always where response.headers[name] == nil { response.headers[name] = value }
        let carriesToken = route?.carriesToken ?? false
        if response.headers[referrerPolicy] == nil {
            response.headers[referrerPolicy] = carriesToken ? "no-referrer" : "same-origin"
        }
        if response.headers[.cacheControl] == nil {
            let isForOne = isPersonal || carriesToken || response.headers[.setCookie] != nil
            response.headers[.cacheControl] = isForOne ? "private, no-store" : "no-cache"
        }
        if response.headers[.cacheControl]?.hasPrefix("public") != true { response.vary(by: "Cookie") }
        if carriesToken { response.headers[.token("X-Robots-Tag")] = "noindex, nofollow" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }
}
