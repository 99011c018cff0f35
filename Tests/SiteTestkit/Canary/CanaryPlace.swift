import Events
import Foundation
import Logging
import Synchronization

/// The directories of one site (data with keys and log output, mail, and backups outside the data), removed when the object is
/// deinitialised.
final class CanaryPlace: Sendable {
    let directory: URL
    var data: URL { directory.appending(path: "data") }
    var files: LogFiles { LogFiles(data: data) }
    var mail: URL { directory.appending(path: "mail") }
    var output: URL { data.appending(path: "output.log") }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "canary-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// A copy of the data as they are now, to work on separately.
    func copy() throws -> CanaryPlace {
        let copy = try CanaryPlace()
        try FileManager.default.copyItem(at: data, to: copy.data)
        return copy
    }

    func backup(_ epoch: Int) -> URL { directory.appending(path: "backup-\(epoch)") }

    /// A logger that writes everything, like `serve` at its most verbose level.
    func logger() throws -> Logger {
        if !FileManager.default.fileExists(atPath: output.path) { try Data().write(to: output) }
        let file = try FileHandle(forWritingTo: output)
        try file.seekToEnd()
        let output = FileLogOutput(file)
        var logger = Logger(label: "canary") { StreamLogHandler(label: $0, stream: output) }
        logger.logLevel = .trace
        return logger
    }
}

/// Writes all log output to a file.
private final class FileLogOutput: TextOutputStream, Sendable {
    private let file: Mutex<FileHandle>

    init(_ file: sending FileHandle) { self.file = Mutex(file) }

    func write(_ text: String) { file.withLock { try? $0.write(contentsOf: Data(text.utf8)) } }
}
