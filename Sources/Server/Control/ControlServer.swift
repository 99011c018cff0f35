import ArgumentParser
import Foundation

/// Takes commands from `control.sock` and runs them in the serving process, with its log and its views.
final class ControlServer: Sendable {
    private let descriptor: Int32
    private let path: String
    private let community: Community

    static func path(in data: URL) -> String { data.appending(path: "control.sock").path }

    /// Listens from now on. The lock of the data directory is held, so a socket that is there is a leftover.
    init(community: Community, data: URL) throws {
        self.community = community
        path = ControlServer.path(in: data)
        unlink(path)
        descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let earlierMask = umask(0o177)
        let status = try ControlSocket.withAddress(path) { bind(descriptor, $0, $1) }
        umask(earlierMask)
        guard descriptor >= 0, status == 0, listen(descriptor, 16) == 0 else {
            throw CommandFailure.failed("cannot listen at \(path): \(String(cString: strerror(errno)))")
        }
        let thread = Thread { [self] in acceptAll() }
        thread.name = "control"
        thread.start()
    }

    func close() {
        unlink(path)
        shutdown(descriptor, Int32(SHUT_RDWR))
        Foundation.close(descriptor)
    }

    private func acceptAll() {
        while true {
            let client = accept(descriptor, nil, nil)
            guard client >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            let connection = LineConnection(descriptor: client)
            let thread = Thread { [self] in
                try? connection.messages(ControlSocket.Request.self) { request in
                    Task { await run(request.arguments, for: connection) }
                    return false
                }
            }
            thread.start()
        }
    }

    /// - Throws: a usage failure for a command line that names no command of a serving process.
    static func command(_ arguments: [String]) throws -> any SiteCommand {
        guard let command = try Mikroforetag.parseAsRoot(arguments) as? any SiteCommand else {
            throw CommandFailure.usage("this command does not run in the serving process")
        }
        return command
    }

    private func run(_ arguments: [String], for connection: LineConnection) async {
        let output = CommandOutput { try? connection.send(ControlSocket.Response.output($0, $1)) }
        do {
            try await ControlServer.command(arguments).perform(on: community, output: output)
            try connection.send(ControlSocket.Response.finished(status: 0, message: nil))
        } catch {
            let failure = CommandFailure(error)
            try? connection.send(ControlSocket.Response.finished(status: failure.status, message: failure.message))
        }
    }
}
