import Foundation
import Messaging

/// A test's maildir, read as a mail program would read it.
struct CaughtMail: Sendable {
    struct Mail: Sendable {
        let head: String
        let body: String

        var to: String { header("To") }
        var subject: String { CaughtMail.decoded(words: header("Subject")) }

        func header(_ name: String) -> String {
            head.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }.map {
                String($0.dropFirst(name.count + 2))
            }
                ?? ""
        }

        /// The path of the first link that starts with `path`.
        func link(_ path: String) -> String? {
            guard let start = body.range(of: "http://localhost" + path) else { return nil }
            let url = body[start.lowerBound...].prefix { !$0.isWhitespace && $0 != "\"" }
            return String(url.dropFirst("http://localhost".count))
        }
    }

    private let directory: String
    let mailer: Mailer

    init(in directory: String) throws {
        self.directory = directory
        let maildir = Maildir(at: directory)
        try maildir.create()
        mailer = maildir.mailer
    }

    /// In order of arrival.
    func mails() throws -> [Mail] {
        try files().map { path in
            let message = try String(contentsOfFile: path, encoding: .utf8)
            let end = message.range(of: "\r\n\r\n")
            let head = String(message[..<(end?.lowerBound ?? message.endIndex)]).replacing("\r\n ", with: " ")
            return Mail(
                head: head, body: CaughtMail.decoded(quoted: String(message[(end?.upperBound ?? message.endIndex)...])))
        }
    }

    func empty() throws { for path in try files() { try FileManager.default.removeItem(atPath: path) } }

    private func files() throws -> [String] {
        let folder = directory + "/new"
        let number = { (name: String) in Int(name.drop { $0 != "Q" }.dropFirst().prefix { $0 != "R" }) ?? 0 }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted { number($0) < number($1) }
            .map { "\(folder)/\($0)" }
    }

    private static func decoded(quoted text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.replacing("=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "="),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decoded(words text: String) -> String {
        guard text.contains("=?utf-8?B?") else { return text }
        let bytes = text.split(separator: " ").flatMap { word in
            Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) ?? Data()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
