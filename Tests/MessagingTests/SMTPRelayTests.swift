import Events
import Foundation
import Testing
import Testkit

@testable import Messaging

struct SMTPRelayTests {
    private func send(_ relay: SMTPRelay, to recipient: String = "moa@example.se") async throws {
        let sender = try #require(MailAddress("info@example.org"))
        try await relay.mailer.send(
            OutgoingMail(
                from: MailSender("Mikroföretag", sender), to: try #require(MailAddress(recipient)), subject: "Hej",
                text: "En punkt:\n.\nslut\n", html: "<p>Hej</p>", id: MailID("1", at: sender), date: .testStart))
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

    @Test func `a relay that nobody vouches for is refused`() async throws {
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

    @Test func `a relay that is busy or gone is tried later`() async throws {
        let server = try await SMTPServer("busy")
        defer { server.stop() }
        let failure = await #expect(throws: MailFailure.self) { try await send(relay(server, .startTLS)) }
        guard case .notNow? = failure else { return #expect(failure == nil) }
        // Nobody listens at port 1.
        await #expect(throws: MailFailure.notNow(code: 7, reply: 0)) {
            try await send(SMTPRelay(host: "127.0.0.1", port: 1, timeout: 10))
        }
    }
}
