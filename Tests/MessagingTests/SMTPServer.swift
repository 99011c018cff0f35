import Foundation
import Testing

/// A local mail relay written with Python's standard library, which can encrypt, require a password and refuse mail.
final class SMTPServer {
    let port: Int
    let directory: URL
    /// Its self-signed certificate.
    var certificate: String { directory.appending(path: "cert.pem").path }
    private let process: Process

    /// - Parameters:
    ///   - options: `starttls`, `tls`, `auth`, `refuse` (the recipient), `busy`, `mute` (after its greeting). After the mail's last line:
    /// `drop` the connection, be `silent`, reject as `spam`, or ask to retry `later`. `drop-early` drops in the middle of the mail.
    /// `ciphers=…` of TLS 1.2, or an `old` TLS.
    ///   - name: the host name in the certificate.
    init(_ options: String..., name: String = "IP:127.0.0.1") async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "smtp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try await SMTPServer.makeCertificate(for: name, in: directory)
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", SMTPServer.script, directory.path] + options
        try process.run()
        port = try await SMTPServer.port(in: directory)
    }

    func stop() {
        // Test threads have SIGTERM blocked, and child processes inherit that.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: directory)
    }

    /// The clients' commands, one a line; after DATA the message as sent.
    var heard: String {
        (try? String(contentsOf: directory.appending(path: "heard"), encoding: .utf8)) ?? ""
    }

    private static func makeCertificate(for name: String, in directory: URL) async throws {
        _ = try await Program.run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout",
            directory.appending(path: "key.pem").path,
            "-out", directory.appending(path: "cert.pem").path)
    }

    /// The server writes the port to a file once it accepts connections.
    private static func port(in directory: URL) async throws -> Int {
        for _ in 0..<600 {
            let text = try? String(contentsOf: directory.appending(path: "port"), encoding: .utf8)
            if let port = text.flatMap({ Int($0) }) { return port }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CocoaError(.fileReadNoSuchFile)
    }

    private static let script = #"""
        import asyncio, os, ssl, sys
        directory, options = sys.argv[1], sys.argv[2:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory + '/cert.pem', directory + '/key.pem')
        for option in options:
            if option.startswith('ciphers='):
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers(option[8:])
            if option == 'old':
                context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
                context.set_ciphers('ALL:@SECLEVEL=0')
        log = open(directory + '/heard', 'wb', buffering=0)

        async def serve(reader, writer):
            say = lambda text: writer.write((text + '\r\n').encode())
            say('421 busy' if 'busy' in options else '220 test')
            encrypted = 'tls' in options
            while line := await reader.readline():
                log.write(line)
                if 'mute' in options: await asyncio.sleep(60)
                word = line.split()[0].upper().decode() if line.split() else ''
                if word == 'EHLO':
                    say('250-test')
                    if 'starttls' in options and not encrypted: say('250-STARTTLS')
                    if 'auth' in options and encrypted: say('250-AUTH PLAIN')
                    say('250 SMTPUTF8')
                elif word == 'STARTTLS':
                    say('220 go'); await writer.drain()
                    try: await writer.start_tls(context)
                    except Exception: return writer.close()
                    encrypted = True
                elif word == 'AUTH':
                    if len(line.split()) < 3:
                        say('334 '); line = await reader.readline(); log.write(line)
                    say('235 ok' if b'AHNpdGUAaGVtbGln' in line else '535 no')
                elif word == 'RCPT' and 'refuse' in options: say('550 nobody here')
                elif word == 'DATA':
                    say('354 go')
                    while (line := await reader.readline()) not in (b'.\r\n', b''):
                        log.write(line)
                        if 'drop-early' in options: return writer.transport.abort()
                    if not line: return writer.close()
                    log.write(line)
                    if 'drop' in options: return writer.transport.abort()
                    if 'silent' in options: await asyncio.sleep(60)
                    say('554 spam' if 'spam' in options else '451 later' if 'later' in options else '250 taken')
                elif word == 'QUIT':
                    say('221 bye'); break
                else: say('250 ok')
                await writer.drain()
            writer.close()

        async def main():
            server = await asyncio.start_server(serve, '127.0.0.1', 0, ssl=context if 'tls' in options else None)
            with open(directory + '/port.new', 'w') as file: file.write(str(server.sockets[0].getsockname()[1]))
            os.rename(directory + '/port.new', directory + '/port')
            await asyncio.sleep(120)

        asyncio.run(main())
        """#
}
