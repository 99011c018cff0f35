import CCurl
import Foundation
import NIOPosix

/// Posts to a third party's service; the live implementation uses libcurl.
package struct HTTPPost: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    /// - Throws: `Unreachable`.
    package let send: @Sendable (_ address: String, _ type: String, _ body: [UInt8]) async throws -> Answer

    /// No answer came within 20 seconds, or it was longer than 64 KB.
    struct Unreachable: Error { let code: Int }

    package static let live = HTTPPost { address, type, body in
        try await NIOThreadPool.singleton.runIfActive { try HTTPTransfer.post(address, type, body) }
    }
}

/// One libcurl transfer, from set-up to clean-up on one thread.
private enum HTTPTransfer {
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    static func post(_ address: String, _ type: String, _ body: [UInt8]) throws -> HTTPPost.Answer {
        guard isReady, let handle = curl_easy_init() else { throw HTTPPost.Unreachable(code: -1) }
        defer { curl_easy_cleanup(handle) }
        let headers = curl_slist_append(nil, "Content-Type: \(type)")
        defer { curl_slist_free_all(headers) }
        guard ccurl_set_strict_tls(handle) == CURLE_OK else {
            throw HTTPPost.Unreachable(code: Int(CURLE_SSL_CIPHER.rawValue))
        }
        _ = ccurl_set_string(handle, CURLOPT_URL, address)
        _ = ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        _ = ccurl_set_long(handle, CURLOPT_TIMEOUT, 20)
        _ = ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(handle, CURLOPT_POST, 1)
        _ = ccurl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
        let received = Received()
        _ = ccurl_set_write(handle, receive, Unmanaged.passUnretained(received).toOpaque())
        // The extra byte gives an empty body an address: with a null pointer libcurl would read the body from elsewhere.
        let result = (body + [0]).withUnsafeBytes { bytes in
            _ = ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return withExtendedLifetime(received) { curl_easy_perform(handle) }
        }
        guard result == CURLE_OK else { throw HTTPPost.Unreachable(code: Int(result.rawValue)) }
        var status = 0
        _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return HTTPPost.Answer(status: status, body: received.bytes)
    }
}

private final class Received {
    private(set) var bytes: [UInt8] = []
    private static let most = 64 << 10

    /// - Returns: the number of bytes taken; libcurl aborts if it is less than was offered.
    func take(_ piece: UnsafeRawBufferPointer) -> Int {
        guard bytes.count + piece.count <= Received.most else { return 0 }
        bytes.append(contentsOf: piece)
        return piece.count
    }
}

private func receive(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return 0 }
    return Unmanaged<Received>.fromOpaque(context).takeUnretainedValue()
        .take(UnsafeRawBufferPointer(start: buffer, count: size * count))
}
