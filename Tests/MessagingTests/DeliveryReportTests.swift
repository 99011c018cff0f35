import Foundation
import Testing

@testable import Messaging

@Suite struct `Delivery reports` {
    /// As Postfix writes it.
    static let postfix = """
        Return-Path: <>
        X-Original-To: bounce+abcdefghjkmnpqrstvwxyz0123@example.org
        Delivered-To: bounce@example.org
        Received: by mail.example.net (Postfix)
        \tid 4XyZ1234; Tue, 10 Mar 2026 12:00:00 +0100 (CET)
        Date: Tue, 10 Mar 2026 12:00:00 +0100 (CET)
        From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: bounce+abcdefghjkmnpqrstvwxyz0123@example.org
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4XyZ1234.1773140400/mail.example.net"
        Message-Id: <20260310110000.4XyZ1234@mail.example.net>

        This is a MIME-encapsulated message.

        --4XyZ1234.1773140400/mail.example.net
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --4XyZ1234.1773140400/mail.example.net
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.net
        X-Postfix-Queue-ID: 4XyZ1234
        Arrival-Date: Tue, 10 Mar 2026 12:00:00 +0100 (CET)

        Final-Recipient: rfc822; moa@example.se
        Original-Recipient: rfc822;moa@example.se
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.se
        Diagnostic-Code: smtp; 550 5.1.1 <moa@example.se>: Recipient address
            rejected: User unknown

        --4XyZ1234.1773140400/mail.example.net
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        Subject: Nytt i =?utf-8?B?dsOlcg==?=
        Status: 2.0.0
        Action: delivered

        --4XyZ1234.1773140400/mail.example.net--
        """

    /// As Exchange writes it, with an older grammar and CRLF.
    static let exchange = [
        "From: postmaster@example.com", "To: BOUNCE+ABCDEFGHJKMNPQRSTVWXYZ0123@EXAMPLE.ORG",
        "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=DELIVERY-STATUS; boundary=b1",
        "", "--b1", "Content-Type: text/plain", "", "Hej", "--b1  ", "Content-Type: message/delivery-status", "",
        "Reporting-MTA: dns;EXCH.example.com", "", "Final-recipient: RFC822;eva@example.com", "Action: Failed",
        "Status: 5.2.2 (mailbox full)", "", "--b1--",
    ].joined(separator: "\r\n")

    private func report(_ text: String) -> DeliveryReport? { report(Array(text.utf8)) }

    private func report(_ bytes: [UInt8]) -> DeliveryReport? { DeliveryReport(MailReading(parsing: bytes)) }

    @Test func `of common servers are read`() throws {
        let postfix = try #require(report(Self.postfix))
        #expect(postfix.recipients.map(\.action) == [.failed])
        #expect(postfix.recipients.map(\.status) == [DeliveryStatus(5, 1, 1)])
        #expect(postfix.addressedTo.contains("bounce+abcdefghjkmnpqrstvwxyz0123@example.org"))
        let exchange = try #require(report(Self.exchange))
        #expect(exchange.recipients.map(\.status) == [DeliveryStatus(5, 2, 2)])
        #expect(exchange.addressedTo == ["bounce+abcdefghjkmnpqrstvwxyz0123@example.org"])
    }

    @Test(
        arguments: [
            ("5.1.1", .hard), ("5.1.2", .hard), ("5.1.6", .hard), ("5.1.10", .hard), ("5.2.1", .hard), ("5.2.2", .soft),
            ("5.7.1", .soft), ("5.0.0", .soft), ("5.1.8", .soft), ("4.4.1", .soft), ("4.1.1", .soft),
        ] as [(String, Bounce.Severity)])
    func `are hard only when the address itself is no good`(status: String, severity: Bounce.Severity) throws {
        #expect(try #require(DeliveryStatus(status)).severity == severity)
    }

    @Test(arguments: [
        "", "5", "5.1", "5.1.1.1", "6.1.1", "3.0.0", "5..1", "5.1.1234", "a.b.c", "５.1.1", "-5.1.1", "5.+1.1", "5.1.1x",
    ])
    func `with a status that is none are not understood`(status: String) {
        #expect(DeliveryStatus(status) == nil)
    }

    @Test func `may be about something that is only late`() throws {
        let late = Self.postfix.replacing("Action: failed", with: "Action: delayed")
            .replacing("Status: 5.1.1", with: "Status: 4.4.1")
        #expect(try #require(report(late)).recipients.map(\.action) == [.delayed])
    }

    @Test(arguments: [
        ("report-type=delivery-status", "report-type=disposition-notification"),
        ("multipart/report", "multipart/mixed"),
        ("message/delivery-status", "text/plain"), ("Action: failed", "Action: exploded"),
        ("Status: 5.1.1", "Status: bad"), ("Final-Recipient: rfc822; moa@example.se\n", ""),
        ("message/delivery-status", "message/rfc822"),
    ])
    func `that are none, or say nothing for certain, are not read`(part: String, other: String) {
        #expect(report(Self.postfix.replacing(part, with: other)) == nil)
    }

    @Test func `of a hostile sender cost little and mean nothing`() {
        let head = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        let recipient = "\n\nFinal-Recipient: x\nAction: failed\nStatus: 5.1.1"
        let part = "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: x"
        #expect(report(head + part + String(repeating: recipient, count: 10_000))?.recipients.count == 100)
        #expect(report(String(repeating: "X: y\n", count: 200_000)) == nil)
        #expect(report(String(repeating: ";", count: 500_000)) == nil)
        #expect(report("Content-Type: " + String(repeating: "a/b;", count: 200_000)) == nil)
        #expect(report(head + String(repeating: "--b\n", count: 200_000)) == nil)
        #expect(report(head + String(repeating: "--b\n" + head, count: 5_000)) == nil)
        #expect(report([UInt8]()) == nil)
        #expect(report((0..<100_000).map { UInt8(truncatingIfNeeded: $0) }) == nil)
        #expect(report("To: " + String(repeating: " a@b", count: 100_000)) == nil)
    }

    @Test func `that quote another report say what they say themselves`() throws {
        // The text inside claims a failure; the machine-readable part says delayed.
        let inner = Self.postfix.replacing("4XyZ1234.1773140400/mail.example.net", with: "inner")
        let outer = Self.postfix.replacing("Action: failed", with: "Action: delayed")
            .replacing("I'm sorry to have to inform you that your message could not be delivered.", with: inner)
        #expect(try #require(report(outer)).recipients.map(\.action) == [.delayed])
    }

    /// Recipient fields as servers write them, and how certain they are that the mailbox does not exist.
    @Test(
        arguments: [
            ("5.0.0", "smtp; 550 5.1.1 User unknown", "5.1.1"), ("5.0.0", "smtp;550 User unknown", "5.1.1"),
            (
                "5.1.0",
                "smtp; 5.1.0 - Unknown address error 550-'5.1.1 <a@b.se>: Recipient address rejected: User unknown in relay recipient table'",
                "5.1.1"
            ),
            ("5.0.900", "smtp; 550 #5.1.10 no such address here", "5.1.10"),
            ("5.0.0", "smtp; 553 no such user here", "5.1.1"),
            ("5.0.0", "smtp; 550-Mailbox unknown.  Either there is no mailbox", "5.1.1"),
            ("5.0.0", "smtp; 550 5.2.1 The account is disabled", "5.2.1"),
            ("5.0.0", "smtp; 552 5.2.2 Mailbox full", "5.0.0"),
            ("5.0.0", "smtp; 550 user unknown or mailbox full", "5.0.0"),
            ("5.0.0", "smtp; 550 5.7.1 Message rejected due to policy", "5.0.0"),
            ("5.0.0", "smtp; 550 5.7.26 Unauthenticated mail", "5.7.26"), ("5.0.0", "smtp; 550 rejected", "5.0.0"),
            ("5.0.0", "smtp; 550 relaying denied, user unknown", "5.0.0"), ("5.0.0", "", "5.0.0"),
            ("5.0.0", "smtp; 550 Unrouteable address", "5.1.1"),
            ("5.0.0", "smtp; 550 that account does not exist", "5.1.1"),
            ("5.0.0", "smtp; 550 sender domain does not exist", "5.0.0"),
            ("5.0.0", "smtp; 450 user unknown", "5.0.0"), ("5.2.2", "smtp; 550 5.1.1 User unknown", "5.2.2"),
            ("4.0.0", "smtp; 550 5.1.1 User unknown", "4.0.0"), ("5.7.1", "smtp; 550 5.1.1 User unknown", "5.7.1"),
        ])
    func `that only say "for good" are made precise by what the recipient's server said`(
        status: String, diagnostic: String, precise: String
    ) throws {
        let text = Self.postfix.replacing("Status: 5.1.1", with: "Status: \(status)")
            .replacing(/Diagnostic-Code: .*\n.*rejected: User unknown/, with: "Diagnostic-Code: \(diagnostic)")
        #expect(try #require(report(text)).recipients.map(\.status.description) == [precise])
    }

    @Test(arguments: ["base64", "quoted-printable", "BASE64"]) func `are read however they are encoded`(
        encoding: String
    ) throws {
        let status =
            "Reporting-MTA: x\n\nFinal-Recipient: rfc822;\n moa@example.se\nACTION : Failed (x)\nStatus : 5.1.1 (bad)\n"
        let encoded =
            encoding == "quoted-printable"
            ? status.replacing(":", with: "=3A") : Data(status.utf8).base64EncodedString()
        let read = try #require(
            report(
                "To: bounce@example.org\r\nContent-Type: multipart/report;\r\n boundary*0=\"b\"; boundary*1=c\r\n\r\n--bc\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(encoded)\r\n--bc"
            ))
        #expect(read.recipients == [DeliveryReport.Recipient(action: .failed, status: DeliveryStatus(5, 1, 1))])
    }
}
