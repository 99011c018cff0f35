import CConfinement
import Foundation
package import Messaging
import NIOPosix

/// Parses each mail in a child process of this program that holds no key, inherits nothing, and may only compute, so that hostile input to
/// a C parser does no harm outside it.
package enum MailReaderProcess {
    /// The subcommand's name; hidden like the other commands that programs run.
    package static let command = "read-mail"

    /// The descriptors are the three standard ones and those of charset tables.
    private static let limits = cconfinement_limits(memory: 1 << 30, seconds: 15, files: 16)
    private static let wallClock: Duration = .seconds(30)
    private static let mostOutput = 8 << 20

    /// Parses a mail from standard input and writes the result to standard output.
    package static func run() -> Never {
        cconfinement_enter(limits)
        guard let bytes = readAll(STDIN_FILENO, atMost: IncomingMail.largest),
            let answer = try? JSONEncoder().encode(MailReading(parsing: bytes)), writeAll(answer, to: STDOUT_FILENO)
        else { _exit(70) }
        _exit(0)
    }

    /// - Throws: `MailReaderFailed`, or `CannotStart`.
    package static func read(_ mail: [UInt8], program: String = "/proc/self/exe", within limit: Duration = wallClock)
        throws
        -> MailReading
    {
        let input = cconfinement_memory_file()
        guard input >= 0 else { throw CannotStart(errno: errno) }
        defer { close(input) }
        guard writeAll(mail, to: input), lseek(input, 0, SEEK_SET) == 0 else { throw CannotStart(errno: errno) }
        var ends: [Int32] = [-1, -1]
        guard cconfinement_pipe(&ends) == 0 else { throw CannotStart(errno: errno) }
        defer { close(ends[0]) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try start(program, input, ends[1])
        }
        // The exit status is not needed: a complete answer is valid. The process id cannot be reused before `waitpid`.
        defer {
            kill(child, SIGKILL)
            while waitpid(child, nil, 0) < 0, errno == EINTR {}
        }
        guard let answer = answer(from: ends[0], within: limit),
            let reading = try? JSONDecoder().decode(MailReading.self, from: answer)
        else { throw MailReaderFailed() }
        return reading
    }

    /// Reads until the pipe is closed; nil on timeout or if the answer is too large.
    private static func answer(from descriptor: Int32, within limit: Duration) -> Data? {
        let end = ContinuousClock.now.advanced(by: limit)
        var answer = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return nil }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, Int32(left / .milliseconds(1)) + 1)
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { return nil }
            if ready == 0 { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0, answer.count + count <= mostOutput else { return nil }
            if count == 0 { return answer }
            answer += buffer[..<count]
        }
    }

    /// Starts the child without this process's environment, except the library search path.
    private static func start(_ program: String, _ input: Int32, _ output: Int32) throws(CannotStart) -> pid_t {
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ["LD_LIBRARY_PATH=\($0)"] } ?? []
        let (arguments, environment) = (CStrings(["mikroforetag", command]), CStrings(libraries))
        var child: pid_t = 0
        let failure = cconfinement_spawn(program, arguments.pointers, environment.pointers, input, output, &child)
        guard failure == 0 else { throw CannotStart(errno: failure) }
        return child
    }

    struct CannotStart: Error { let errno: Int32 }

    private static func writeAll(_ bytes: some ContiguousBytes, to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }

    /// Nil if there are more bytes than `limit`.
    private static func readAll(_ descriptor: Int32, atMost limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0, bytes.count + count <= limit else { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

extension MailReader {
    /// Runs the blocking read on the thread pool.
    package static let ownProcess = MailReader { mail in
        try await NIOThreadPool.singleton.runIfActive { try MailReaderProcess.read(mail) }
    }
}

/// A null-terminated array of C strings for `exec`.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
        pointers[count] = nil
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}
