import Foundation
import Testing

/// Runs another program, to check our output with an independent implementation.
enum Program {
    /// The program's output, through files: any other program started at the same time would inherit a pipe and keep it open.
    static func run(_ arguments: String..., input: [UInt8] = []) async throws -> Data {
        let directory = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = ["input", "output", "errors"].map { directory.appending(path: $0) }
        for file in files { try Data(file.lastPathComponent == "input" ? input : []).write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let complaint = try String(contentsOf: files[2], encoding: .utf8)
        try #require(status == 0, "\(complaint)")
        return try Data(contentsOf: files[1])
    }
}
