package import HTTPTypes
package import Hummingbird
package import NIOCore

/// Compresses text responses with gzip for clients that accept it, and adds `Vary: Accept-Encoding`.
package enum Compression {
    /// In bytes. A response that fits into one packet gains nothing from compression.
    private static let least = 1024

    /// Whether a client accepts gzip; no `Accept-Encoding` means no, because not every HTTP client can decompress.
    package static func isAccepted(by headers: HTTPFields) -> Bool {
        var isAccepted = false
        for coding in headers[values: .acceptEncoding].flatMap({ $0.split(separator: ",") }) {
            let parts = coding.lowercased().filter { $0 != " " && $0 != "\t" }.split(separator: ";")
            let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) ?? 0 <= 0 }
            if parts.first == "gzip" { return !isRefused }
            if parts.first == "*" { isAccepted = !isRefused }
        }
        return isAccepted
    }

    /// Compresses the response in place, except one with an `ETag`: each encoding has its own tag, so its encoding is already chosen.
    ///
    /// - Parameters:
    ///   - isAccepted: whether the client accepts gzip.
    ///   - isConfidential: never compressed, because the compressed length could reveal the content.
    package static func apply(to response: inout Response, isAccepted: Bool, isConfidential: Bool) async throws {
        guard isText(response), !response.headers.contains(.eTag) else { return }
        response.vary(by: "Accept-Encoding")
        guard isAccepted, !response.headers.contains(.contentEncoding), !isConfidential,
            let length = response.body.contentLength, length >= least
        else { return }
        let collected = Collected()
        try await response.body.write(collected)
        if let gzipped = Gzip.compress(collected.bytes, level: Gzip.fast) { response.use(gzipped: gzipped) }
    }

    private static func isText(_ response: Response) -> Bool {
        guard let type = response.headers[.contentType] else { return false }
        let kind = Substring(type.utf8.prefix { $0 != UInt8(ascii: ";") })
        return kind.hasPrefix("text/") || kind.hasSuffix("xml") || kind.hasSuffix("json")
    }

    private final class Collected: ResponseBodyWriter {
        var bytes = ByteBuffer()

        func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension Response {
    /// Replaces the body with its gzipped form and sets `Content-Encoding`.
    package mutating func use(gzipped bytes: ByteBuffer) {
        headers[.contentEncoding] = "gzip"
        body = ResponseBody(byteBuffer: bytes)
    }

    /// Adds a request header to `Vary`.
    package mutating func vary(by name: String) {
        headers[.vary] = headers[.vary].map { "\($0), \(name)" } ?? name
    }
}
