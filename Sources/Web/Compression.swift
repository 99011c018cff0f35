package import HTTPTypes
package import Hummingbird
package import NIOCore

/// Sends text in fewer bytes to whoever takes it so, and tells caches that there are two forms of it.
package enum Compression {
    /// What fits into one packet gains nothing.
    private static let least = 1024

    /// Whether a client takes gzip. Silence is a no: not every program that asks for a page can unpack it.
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

    /// An answer with an entity tag has chosen its form already: each form has a tag of its own.
    ///
    /// - Parameters:
    ///   - isAccepted: by the client.
    ///   - isConfidential: the length of the compressed page could tell of what it shows.
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
    /// The same in fewer bytes.
    package mutating func use(gzipped bytes: ByteBuffer) {
        headers[.contentEncoding] = "gzip"
        body = ResponseBody(byteBuffer: bytes)
    }

    /// Another request header that caches must look at.
    package mutating func vary(by name: String) {
        headers[.vary] = headers[.vary].map { "\($0), \(name)" } ?? name
    }
}
