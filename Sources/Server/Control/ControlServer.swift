import ArgumentParser
import Foundation
import ServiceLifecycle
import Synchronization

/// Takes commands from `control.sock` and runs them in the serving process, with its log and its views.
final class ControlServer: Service {
    private let descriptor: Int32
    private let path: String
    private let host: CommandHost
    private let commandCount = Atomic(0)
    /// The commands that end when the site stops.
    private let underWay = Mutex<[Int: Task<Void, Never>]>([:])

    static func path(in data: URL) -> String { data.appending(path: "control.sock").path }

    /// Starts to listen. The lock of the data directory is held, so an existing socket is a leftover.
    init(_ host: CommandHost, data: URL) throws {
        self.host = host
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
                switch errno {
                case EINTR, ECONNABORTED: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                    // The client waits until a descriptor is free.
                    usleep(200_000)
                    continue
                default: return
                }
            }
            let connection = LineConnection(descriptor: client)
            let thread = Thread { [self] in answer(connection) }
            thread.start()
        }
    }

    /// One connection, one command. Reading continues only to notice when the other end closes.
    private func answer(_ connection: LineConnection) {
        var command: Task<Void, Never>?
        var isAsked = false
        try? connection.messages(ControlSocket.Request.self) { request in
            guard !isAsked else { return false }
            isAsked = true
            command = begin(request.arguments, for: connection)
            return true
        }
        command?.cancel()
    }

    /// - Returns: nil for a command that continues when its caller disconnects.
    private func begin(_ arguments: [String], for connection: LineConnection) -> Task<Void, Never>? {
        do {
            guard try ControlServer.command(arguments).endsWithItsCaller else {
                Task { await run(arguments, for: connection) }
                return nil
            }
            let id = commandCount.add(1, ordering: .relaxed).newValue
            return underWay.withLock { underWay in
                let task = Task {
                    await run(arguments, for: connection)
                    _ = self.underWay.withLock { $0.removeValue(forKey: id) }
                }
                underWay[id] = task
                return task
            }
        } catch {
            refuse(error, to: connection)
            return nil
        }
    }

    /// Cancels the running commands when the site stops, before the log is closed.
    func run() async throws {
        try await gracefulShutdown()
        await stop()
    }

    func stop() async {
        let tasks = underWay.withLock { Array($0.values) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
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
            try await ControlServer.command(arguments).perform(on: host, output: output)
            try connection.send(ControlSocket.Response.finished(status: 0, message: nil))
        } catch {
            refuse(error, to: connection)
        }
    }

    private func refuse(_ error: any Error, to connection: LineConnection) {
        let failure = CommandFailure(error)
        try? connection.send(ControlSocket.Response.finished(status: failure.status, message: failure.message))
    }
}
