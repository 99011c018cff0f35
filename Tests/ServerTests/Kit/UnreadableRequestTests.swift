import Foundation
import HummingbirdTesting
import Testing

@testable import Server

@Suite struct `What is no request` {
    @Test(arguments: [
        "GET HTTP/1.1\r\n\r\n", "HELLO\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 17 * 1024))\r\n\r\n",
    ])
    func `is answered by a page of the site, and the connection is closed`(bytes: String) async throws {
        try await KitSite().server.application.test(.live) { client async throws in
            let answer = try await Wire.send(bytes, to: #require(client.port))
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(200))")
            #expect(answer.contains("Något i begäran stämde inte"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.contains("default-src 'none'"))
        }
    }
}

/// A connection without a client's good manners.
private enum Wire {
    /// Sends the bytes, and reads until the other end closes.
    static func send(_ text: String, to port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try exchange(Array(text.utf8), port) }) }
        }
    }

    private static func exchange(_ bytes: [UInt8], _ port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo("127.0.0.1", String(port), nil, &found) == 0, let found else { throw POSIXError(.ENOENT) }
        defer { freeaddrinfo(found) }
        let status = connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen)
        guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer.prefix(count)
        }
    }
}
