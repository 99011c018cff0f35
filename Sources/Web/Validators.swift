package import Events
import Foundation
package import HTTPTypes
package import Hummingbird

/// What tells a client whether its copy of a document is current (RFC 9110, 8.8 and 13.1).
package struct Validators: Sendable {
    /// Weak, because the compressed and the plain bytes share it.
    package let eTag: String
    /// Nil while the document may still change within the second that would be named.
    package let lastModified: Instant?

    /// - Parameters:
    ///   - hash: of the document's bytes, in letters and digits.
    ///   - changed: when the document may have changed last.
    package init(hash: String, changed: Instant?, at now: Instant) {
        eTag = "W/\"\(hash)\""
        // Dates in header fields have whole seconds: the next one is named, once it has begun.
        let next = changed.map { Instant(milliseconds: ($0.milliseconds / 1000 + 1) * 1000) }
        lastModified = next.flatMap { $0 <= now ? $0 : nil }
    }

    /// Whether the client's copy is current. A date counts only in a request without entity tags.
    package func match(_ request: HTTPFields, at now: Instant) -> Bool {
        let tags = request[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard tags.isEmpty else { return tags.contains { $0 == "*" || Validators.isSame($0, eTag) } }
        guard let lastModified, let since = request[.ifModifiedSince].flatMap(HTTPDate.instant), since <= now else {
            return false
        }
        return lastModified <= since
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.trimmingPrefix("W/") == other.trimmingPrefix("W/")
    }

    /// The response with the fields, or without its body when the client's copy is current.
    package func answer(_ response: Response, to request: HTTPFields, at now: Instant) -> Response {
        var response = response
        if match(request, at: now) {
            response = Response(status: .notModified)
        }
        response.headers[.eTag] = eTag
        response.headers[.lastModified] = lastModified.map(HTTPDate.text(of:))
        response.vary(by: "Accept-Encoding")
        return response
    }
}
