import Foundation
import Testing

/// Another program, to check our work with something that is not ours.
enum Program {
    /// What the program wrote. Files, not pipes: a pipe would stay open in every other program started meanwhile.
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
