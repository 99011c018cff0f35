import Foundation
import Testing

/// A loopback client connection that does only what a test tells it to.
final class LoopSocket: Sendable {
    private let descriptor: Int32

    /// - Parameters:
    ///   - address: the local address the connection comes from.
    ///   - received: the size of the receive buffer in bytes; nil for the system's default.
    init(to port: Int, from address: String = "127.0.0.1", taking received: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if var received { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &received, 4) }
        try #require(LoopSocket.with(address, 0) { bind(descriptor, $0, $1) } == 0)
        try #require(LoopSocket.with("127.0.0.1", port) { connect(descriptor, $0, $1) } == 0)
    }

    deinit { close(descriptor) }

    func send(_ text: String) { _ = Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until the other end closes or the received data contain `text`.
    func read(until text: String? = nil) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in continuation.resume(returning: receive(until: text)) }
        }
    }

    private func receive(until text: String?) -> String {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { answer += buffer.prefix(count) }
            let known = String(decoding: answer, as: UTF8.self)
            if count <= 0 || text.map(known.contains) ?? false { return known }
        }
    }

    private static func with(
        _ address: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        // An IPv4 `sockaddr_in` by bytes: which module owns the names of its fields depends on what is compiled together.
        var place = [UInt8](repeating: 0, count: 16)
        return place.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: UInt16(AF_INET), as: UInt16.self)
            bytes.storeBytes(of: UInt16(port).bigEndian, toByteOffset: 2, as: UInt16.self)
            inet_pton(AF_INET, address, bytes.baseAddress?.advanced(by: 4))
            return bytes.withMemoryRebound(to: sockaddr.self) { places in
                places.baseAddress.map { body($0, socklen_t(bytes.count)) } ?? -1
            }
        }
    }
}
