package import Events
package import Foundation

/// RFC 3161 time stamps, through OpenSSL: an authority that sees only a file's hash confirms that the file existed at a time.
package enum Timestamp {
    package enum Verdict: Hashable, Sendable {
        case valid(at: Instant)
        /// With OpenSSL's error output.
        case wrong(String)
    }

    /// The request to the authority; it contains only the file's SHA-256.
    package static func request(for file: URL) throws -> [UInt8] {
        let made = try OpenSSL.run("ts", "-query", "-data", file.path, "-sha256", "-cert")
        guard made.status == 0, !made.output.isEmpty else { throw OpenSSL.Failed(what: made.errors) }
        return made.output
    }

    /// - Parameters:
    ///   - response: a file with the authority's response.
    ///   - certificates: a PEM file with the trusted certificates.
    package static func verify(_ response: URL, of file: URL, by certificates: URL) throws -> Verdict {
        let verified = try OpenSSL.run(
            "ts", "-verify", "-data", file.path, "-in", response.path, "-CAfile", certificates.path)
        guard verified.status == 0 else {
            let reason = verified.errors.split(separator: "\n").last { $0.contains("error:") }
            return .wrong(reason.map(String.init) ?? "verification failed")
        }
        return try time(of: response).map { .valid(at: $0) } ?? .wrong("it names no time")
    }

    /// The time in the response, unverified; nil if it is no time stamp.
    package static func time(of response: URL) throws -> Instant? {
        let shown = try OpenSSL.run("ts", "-reply", "-in", response.path, "-text")
        guard shown.status == 0 else { return nil }
        return String(decoding: shown.output, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("Time stamp: ") }.flatMap { instant($0.dropFirst("Time stamp: ".count)) }
    }

    /// Parses OpenSSL's format, `Mar 10 12:00:00.5 2026 GMT`.
    private static func instant(_ text: Substring) -> Instant? {
        let words = text.split(separator: " ")
        guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: String(words[0])),
            let day = Int(words[1]), let time = words[2].split(separator: ".").first
        else { return nil }
        let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return Instant("\(words[3])-\(digits(month + 1))-\(digits(day))T\(time)Z")
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// The program `openssl`.
enum OpenSSL {
    struct Failed: Error { let what: String }

    static func run(_ arguments: String...) throws -> (status: Int32, output: [UInt8], errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let errors = FileManager.default.temporaryDirectory.appending(
            path: "openssl-\(UInt64.random(in: 0...UInt64.max))")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let output = Array(pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        let words = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        return (process.terminationStatus, output, words)
    }
}
