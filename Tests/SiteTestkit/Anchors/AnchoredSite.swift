import Crypto
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A log with an anchor directory.
final class AnchoredSite: Sendable {
    let data: URL
    let anchor: URL
    let files: AnchorFiles
    let verifierKey: VerifierKey
    private let log: LogFiles

    init() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "anchored-\(UUID().uuidString)")
        (data, anchor) = (directory.appending(path: "data"), directory.appending(path: "anchor"))
        try FileManager.default.createDirectory(at: anchor, withIntermediateDirectories: true)
        log = LogFiles(data: data, anchor: anchor)
        verifierKey = try EventLog.create(log, at: .testStart)
        files = AnchorFiles(log)
    }

    deinit { try? FileManager.default.removeItem(at: data.deletingLastPathComponent()) }

    func withLog(_ body: (EventLog) async throws -> Void) async throws {
        let log = try EventLog(log)
        try await closing(with: log.close) { try await body(log) }
    }

    /// Appends three events.
    func grow(_ log: EventLog) async throws {
        for number in 1...3 {
            let name = "\(log.head)-\(number)"
            _ = try await log.erase(
                ErasureRequest(
                    fence: FenceID(rawValue: UInt64(log.head + 1)), .subjects([Subject(.post, PostID(rawValue: 3))])),
                command: CommandID(named: name, at: .testStart), by: .operator, at: .testStart)
        }
    }

    func worker(_ log: EventLog, _ witnesses: [Witness], authority: WebAddress? = nil, post: HTTPPost) -> AnchorWorker {
        AnchorWorker(
            log: log, files: files, witnesses: witnesses, authority: authority, post: post,
            logger: .silent)
    }
}

/// A witness as C2SP tlog-witness defines it: cosigns checkpoints that extend the last one it has seen.
final class WitnessStandIn: Sendable {
    let time = Instant(milliseconds: 1_780_000_000_000)
    let witness: Witness
    /// The tree size of each checkpoint it has cosigned.
    let sizes = Guarded<[Int]>([])
    private let lies: Bool
    private let key = Curve25519.Signing.PrivateKey()
    private let seen = Guarded<Checkpoint?>(nil)

    init(name: String, lies: Bool = false) {
        witness = Witness(
            address: "https://\(name)",
            key: WitnessKey(name: name, publicKey: Array(key.publicKey.rawRepresentation)))
        self.lies = lies
    }

    var post: HTTPPost {
        HTTPPost { [self] address, _, body in try answer(address, String(decoding: body, as: UTF8.self)) }
    }

    private func answer(_ address: String, _ body: String) throws -> HTTPPost.Answer {
        #expect(address == "\(witness.address)/add-checkpoint")
        let parts = body.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\n")
        let note = try SignedCheckpoint(note: String(parts[1]))
        let old = try #require(Int(lines[0].dropFirst("old ".count)))
        let hashes = lines.dropFirst().map { Array(Data(base64Encoded: String($0)) ?? Data()) }
        let known = seen.value
        guard old == known?.size ?? 0 else {
            return HTTPPost.Answer(status: 409, body: Array("\(known?.size ?? 0)\n".utf8))
        }
        let proof = ConsistencyProof(earlier: old, later: note.checkpoint.size, hashes: hashes)
        if let known, !proof.proves(known, precedes: note.checkpoint) { return HTTPPost.Answer(status: 422, body: []) }
        seen.update { $0 = note.checkpoint }
        sizes.update { $0.append(note.checkpoint.size) }
        return HTTPPost.Answer(status: 200, body: Array(line(for: note.checkpoint.text).utf8))
    }

    /// The cosignature line for a checkpoint's text.
    func line(for text: String) -> String {
        let seconds = UInt64(time.milliseconds / 1000)
        let signed = WitnessKey.signedText(lies ? text + "more" : text, at: seconds)
        let signature = (try? key.signature(for: Array(signed.utf8))).map(Array.init) ?? []
        let stamp = (0..<8).reversed().map { UInt8(truncatingIfNeeded: seconds >> (8 * $0)) }
        let value = Data(witness.key.id + stamp + signature).base64EncodedString()
        return "\u{2014} \(witness.key.name) \(value)\n"
    }
}

/// A local RFC 3161 time-stamp authority with its own key, run through OpenSSL.
final class TimestampAuthority: Sendable {
    let certificate: URL
    let count = Guarded(0)
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tsa-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificate = directory.appending(path: "cert.pem")
        let configuration = """
            [tsa]
            default_tsa = one
            [one]
            serial = \(directory.path)/serial
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            """
        try configuration.write(to: directory.appending(path: "tsa.cnf"), atomically: true, encoding: .utf8)
        let made = try OpenSSL.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=tsa", "-addext", "extendedKeyUsage=critical,timeStamping", "-keyout",
            directory.appending(path: "key.pem").path, "-out", certificate.path)
        #expect(made.status == 0, "\(made.errors)")
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var post: HTTPPost {
        HTTPPost { [self] _, type, body in
            #expect(type == "application/timestamp-query")
            count.update { $0 += 1 }
            let query = directory.appending(path: "query")
            try Data(body).write(to: query)
            let answer = try OpenSSL.run(
                "ts", "-reply", "-config", directory.appending(path: "tsa.cnf").path, "-queryfile", query.path,
                "-signer",
                certificate.path, "-inkey", directory.appending(path: "key.pem").path)
            #expect(answer.status == 0, "\(answer.errors)")
            return HTTPPost.Answer(status: 200, body: answer.output)
        }
    }
}

/// Answers each POST with its path, type and body, and `/long` with a megabyte.
final class EchoServer {
    let port: Int
    private let process = Process()
    private let directory: URL

    init() async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "echo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", EchoServer.script, directory.path]
        try process.run()
        for _ in 0..<600 {
            let text = try? String(contentsOf: directory.appending(path: "port"), encoding: .utf8)
            if let port = text.flatMap({ Int($0) }) {
                self.port = port
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CocoaError(.fileReadNoSuchFile)
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: directory)
    }

    private static let script = #"""
        import http.server, os, sys
        class Echo(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'] or 0))
                answer = b'x' * 1000000 if self.path == '/long' else f"{self.path} {self.headers['Content-Type']} ".encode() + body
                self.send_response(200)
                self.send_header('Content-Length', str(len(answer)))
                self.end_headers()
                try: self.wfile.write(answer)
                except OSError: pass
            def log_message(self, *words): pass
        server = http.server.HTTPServer(('127.0.0.1', 0), Echo)
        with open(sys.argv[1] + '/port.new', 'w') as file: file.write(str(server.server_port))
        os.rename(sys.argv[1] + '/port.new', sys.argv[1] + '/port')
        server.serve_forever()
        """#
}
