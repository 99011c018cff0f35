import Foundation

/// A Unix domain socket by which commands reach a running site: one JSON object a line each way.
enum ControlSocket {
    struct Request: Codable, Sendable {
        let arguments: [String]
    }

    enum Response: Codable, Sendable {
        case output(CommandOutput.Kind, String)
        case finished(status: Int32, message: String?)
    }

    /// - Throws: `CommandFailure` when the path is too long for a socket's address (107 bytes).
    static func address(_ path: String) throws -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw CommandFailure.failed(
                "the path of the data directory is too long for its control.sock; use a shorter one")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    static func withAddress<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) throws -> Result {
        var address = try address(path)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

/// One end of a connection on which each line is a JSON object.
final class LineConnection: Sendable {
    private let descriptor: Int32
    private static let longestLine = 1 << 20

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func send(_ message: some Encodable) throws {
        var bytes = try JSONEncoder().encode(message)
        bytes.append(0x0A)
        try bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let count = Foundation.send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { throw CommandFailure.failed("the other end of control.sock went away") }
                sent += count
            }
        }
    }

    /// Calls `take` with each message until it returns false or the other end closes.
    func messages<Message: Decodable>(_ type: Message.Type, _ take: (Message) throws -> Bool) throws {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            pending += buffer.prefix(count)
            while let end = pending.firstIndex(of: 0x0A) {
                let line = Data(pending[..<end])
                pending.removeSubrange(...end)
                guard try take(JSONDecoder().decode(type, from: line)) else { return }
            }
            guard pending.count < LineConnection.longestLine else { return }
        }
    }
}

/// The client end, for a command that is typed while the site is running.
struct ControlClient {
    private let connection: LineConnection

    /// Nil when no process listens there.
    init?(socket path: String) {
        let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let status = (try? ControlSocket.withAddress(path) { connect(descriptor, $0, $1) }) ?? -1
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        connection = LineConnection(descriptor: descriptor)
    }

    /// - Returns: the exit status of the command in the serving process.
    func run(_ arguments: [String], output: CommandOutput) throws -> Int32 {
        try connection.send(ControlSocket.Request(arguments: arguments))
        var result: (status: Int32, message: String?)?
        try connection.messages(ControlSocket.Response.self) { response in
            switch response {
            case .output(.line, let text): output.line(text)
            case .output(.progress, let text): output.progress(text)
            case .finished(let status, let message): result = (status, message)
            }
            return result == nil
        }
        guard let result else {
            throw CommandFailure.failed(
                "the site stopped before the command was done; look at 'mikroforetag log show' before you repeat it")
        }
        if let message = result.message { throw CommandFailure(status: result.status, message: message) }
        return result.status
    }
}
