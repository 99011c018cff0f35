import Events
import Foundation
import Testing
import Testkit

@testable import Messaging

struct SMTPRelayTests {
    private func send(_ relay: SMTPRelay, to recipient: String = "moa@example.se") async throws {
        try await relay.mailer.send(mail(to: recipient))
    }

    private func mail(to recipient: String) throws -> OutgoingMail {
        let sender = try #require(MailAddress("info@example.org"))
        return OutgoingMail(
            from: MailSender("Mikroföretag", sender), to: try #require(MailAddress(recipient)), subject: "Hej",
            text: "En punkt:\n.\nslut\n", html: "<p>Hej</p>", id: MailID("1", at: sender), date: .testStart)
    }

    private func relay(
        _ server: SMTPServer, _ security: SMTPRelay.Security, trusting: Bool = true, password: String? = nil
    ) -> SMTPRelay {
        SMTPRelay(
            host: "127.0.0.1", port: server.port, security: security,
            credentials: password.map { SMTPRelay.Credentials(user: "site", password: $0) },
            certificates: trusting ? server.certificate : nil, timeout: 10)
    }

    @Test func `a mail is handed over encrypted and signed in`() async throws {
        let server = try await SMTPServer("starttls", "auth")
        defer { server.stop() }
        try await send(relay(server, .startTLS, password: "hemlig"))
        let heard = server.heard
        #expect(heard.hasPrefix("EHLO example.org\r\nSTARTTLS\r\n"))
        #expect(heard.contains("MAIL FROM:<info@example.org>"))
        #expect(heard.contains("RCPT TO:<moa@example.se>"))
        #expect(heard.contains("Subject: Hej\r\n"))
        #expect(heard.contains("\r\n..\r\nslut"))
    }

    @Test(arguments: ["ciphers=ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0", "ciphers=ECDHE-ECDSA-AES256-SHA384", "old"])
    func `a relay that speaks only weak encryption gets no mail`(weakness: String) async throws {
        for security in [SMTPRelay.Security.tls, .startTLS] {
            let server = try await SMTPServer(security == .tls ? "tls" : "starttls", weakness)
            defer { server.stop() }
            let failure = await #expect(throws: MailFailure.self) { try await send(relay(server, security)) }
            guard case .notNow? = failure else { throw MailFailure.notWritten(errno: 0) }
            #expect(!server.heard.contains("MAIL FROM"))
        }
    }

    @Test(arguments: ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"])
    func `a relay of TLS 1.2 with strong encryption gets it`(cipher: String) async throws {
        let server = try await SMTPServer("tls", "ciphers=\(cipher)")
        defer { server.stop() }
        try await send(relay(server, .tls))
        #expect(server.heard.contains("MAIL FROM"))
    }

    @Test func `encrypted from the first byte works as well`() async throws {
        let server = try await SMTPServer("tls")
        defer { server.stop() }
        try await send(relay(server, .tls), to: "åsa@example.se")
        #expect(server.heard.contains("RCPT TO:<åsa@example.se>"))
    }

    @Test func `a relay that cannot encrypt hears neither address nor password`() async throws {
        let server = try await SMTPServer("auth")
        defer { server.stop() }
        await #expect(throws: MailFailure.notNow(code: 64, reply: 250)) {
            try await send(relay(server, .startTLS, password: "hemlig"))
        }
        #expect(!server.heard.contains("MAIL"))
        #expect(!server.heard.contains("AUTH"))
    }

    @Test func `a relay with an untrusted certificate is refused`() async throws {
        let server = try await SMTPServer("starttls")
        defer { server.stop() }
        let failure = await #expect(throws: MailFailure.self) {
            try await send(relay(server, .startTLS, trusting: false))
        }
        guard case .notNow(code: 60, _)? = failure else { return #expect(failure == nil) }
        #expect(!server.heard.contains("MAIL"))
    }

    @Test func `a certificate for another host is refused`() async throws {
        let server = try await SMTPServer("starttls", name: "DNS:mail.example.org")
        defer { server.stop() }
        let failure = await #expect(throws: MailFailure.self) { try await send(relay(server, .startTLS)) }
        guard case .notNow(code: 60, _)? = failure else { return #expect(failure == nil) }
        #expect(!server.heard.contains("MAIL"))
    }

    @Test func `a wrong password is our trouble, not the mail's`() async throws {
        let server = try await SMTPServer("starttls", "auth")
        defer { server.stop() }
        await #expect(throws: MailFailure.notNow(code: 67, reply: 535)) {
            try await send(relay(server, .startTLS, password: "fel"))
        }
    }

    @Test func `an address that the relay does not want is not tried again`() async throws {
        let server = try await SMTPServer("starttls", "refuse")
        defer { server.stop() }
        await #expect(throws: MailFailure.refused(reply: 550)) { try await send(relay(server, .startTLS)) }
    }

    @Test(arguments: [("drop", 10), ("silent", 2)])
    func `a line that breaks after the mail's last one leaves it in doubt`(option: String, timeout: Int) async throws {
        let server = try await SMTPServer(option)
        defer { server.stop() }
        let failure = await #expect(throws: MailFailure.self) {
            try await send(SMTPRelay(host: "127.0.0.1", port: server.port, security: .none, timeout: timeout))
        }
        guard case .uncertain? = failure else { return #expect(failure == nil) }
        #expect(server.heard.contains("Subject: Hej\r\n"))
    }

    @Test(arguments: [("mute", 0.0...4.0), ("silent", 4.5...15.0)])
    func `stopping does not wait for a relay that says nothing`(
        option: String, seconds: ClosedRange<Double>
    ) async throws {
        let server = try await SMTPServer(option)
        defer { server.stop() }
        let relay = SMTPRelay(host: "127.0.0.1", port: server.port, security: .none, timeout: 60)
        let mail = try mail(to: "moa@example.se")
        let sending = Task { try await relay.mailer.send(mail) }
        let what = option == "mute" ? "EHLO" : "Subject: Hej"
        for _ in 0..<500 where !server.heard.contains(what) { try await Task.sleep(for: .milliseconds(20)) }
        let began = ContinuousClock.now
        sending.cancel()
        let failure = await #expect(throws: MailFailure.self) { try await sending.value }
        // A mail that was sent completely may have been accepted; the outcome is unknown.
        #expect(failure == (option == "mute" ? .notNow(code: 42, reply: 220) : .uncertain(code: 42)))
        #expect(seconds.contains((ContinuousClock.now - began) / .seconds(1)))
    }

    @Test func `a line that breaks in the middle of the mail leaves no doubt`() async throws {
        let server = try await SMTPServer("drop-early")
        defer { server.stop() }
        let sender = try #require(MailAddress("info@example.org"))
        let failure = await #expect(throws: MailFailure.self) {
            // More than the socket buffers between two programs hold.
            try await relay(server, .none).mailer.send(
                OutgoingMail(
                    from: MailSender("Mikroföretag", sender), to: sender, subject: "Hej",
                    text: String(repeating: "En lång rad med text.\n", count: 1_000_000), html: "",
                    id: MailID("1", at: sender), date: .testStart))
        }
        guard case .notNow? = failure else { return #expect(failure == nil) }
    }

    @Test func `what a relay says after the last line is its answer about the mail`() async throws {
        let spam = try await SMTPServer("spam")
        defer { spam.stop() }
        await #expect(throws: MailFailure.refused(reply: 554)) { try await send(relay(spam, .none)) }
        let later = try await SMTPServer("later")
        defer { later.stop() }
        let failure = await #expect(throws: MailFailure.self) { try await send(relay(later, .none)) }
        guard case .notNow(_, reply: 451)? = failure else { return #expect(failure == nil) }
    }

    @Test func `the end of a mail is announced once, before the relay hears it`() async throws {
        let server = try await SMTPServer()
        defer { server.stop() }
        let (heard, file) = (Guarded<[String]>([]), server.directory.appending(path: "heard"))
        try await relay(server, .none).mailer.send(mail(to: "moa@example.se")) {
            heard.update { $0.append((try? String(contentsOf: file, encoding: .utf8)) ?? "") }
        }
        #expect(heard.value.count == 1)
        #expect(heard.value.allSatisfy { !$0.contains("\r\n.\r\n") })
        #expect(server.heard.contains("\r\n.\r\n"))
    }

    @Test(arguments: ["busy", "refuse"])
    func `no end is announced of a mail that the relay did not want whole`(option: String) async throws {
        let server = try await SMTPServer(option)
        defer { server.stop() }
        let isAnnounced = Guarded(false)
        await #expect(throws: MailFailure.self) {
            try await relay(server, .none).mailer.send(mail(to: "moa@example.se")) { isAnnounced.update { $0 = true } }
        }
        #expect(!isAnnounced.value)
    }

    @Test func `a mail whose end cannot be noted is not ended`() async throws {
        let server = try await SMTPServer()
        defer { server.stop() }
        await #expect(throws: MailFailure.self) {
            try await relay(server, .none).mailer.send(mail(to: "moa@example.se")) { throw POSIXError(.ENOSPC) }
        }
        #expect(!server.heard.contains("\r\n.\r\n"))
    }

    @Test func `reports come back to the envelope's own sender`() async throws {
        let server = try await SMTPServer()
        defer { server.stop() }
        let sender = try #require(MailAddress("info@example.org"))
        try await relay(server, .none).mailer.send(
            OutgoingMail(
                from: MailSender("Mikroföretag", sender), to: #require(MailAddress("moa@example.se")), subject: "Hej",
                text: "Hej", html: "", id: MailID("1", at: sender), date: .testStart,
                returnPath: MailAddress("bounce+x1@example.net")))
        #expect(server.heard.contains("MAIL FROM:<bounce+x1@example.net>"))
        #expect(server.heard.contains("From: ") && !server.heard.contains("From: bounce"))
    }

    @Test func `a relay that is busy or gone is tried later`() async throws {
        let server = try await SMTPServer("busy")
        defer { server.stop() }
        let failure = await #expect(throws: MailFailure.self) { try await send(relay(server, .startTLS)) }
        guard case .notNow? = failure else { return #expect(failure == nil) }
        // No server listens on port 1.
        await #expect(throws: MailFailure.notNow(code: 7, reply: 0)) {
            try await send(SMTPRelay(host: "127.0.0.1", port: 1, timeout: 10))
        }
    }
}
