import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-18.1")) struct `A mail's origin` {
    private func head(_ field: String, from sender: String = "a@example.se") -> MailHead {
        MailHead(MailReading(parsing: Array("From: \(sender)\n\(field)\n\nHej".utf8)))
    }

    @Test(
        arguments: [
            ("Auto-Submitted: auto-replied", .autoSubmitted),
            ("auto-submitted: (x) Auto-Generated; owner=a", .autoSubmitted),
            ("Precedence: bulk", .precedence), ("Precedence: Junk", .precedence),
            ("Precedence: auto_reply", .precedence),
            ("X-Autoreply: yes", .answeringMachine), ("X-Autorespond: 1", .answeringMachine),
            ("X-AutoReply-From: a@example.se", .answeringMachine), ("X-Mail-Autoreply: x", .answeringMachine),
            ("Return-Path: <>", .emptyEnvelope), ("Return-Path: < >", .emptyEnvelope),
            ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", .report),
            ("Content-Type: message/disposition-notification", .report),
            ("Return-Path: <MAILER-DAEMON@example.se>", .mailSystem),
        ] as [(String, MailOrigin.Sign)])
    func `is a program where a field says so`(field: String, sign: MailOrigin.Sign) {
        #expect(head(field).origin == .program(sign))
    }

    @Test(arguments: [
        "MAILER-DAEMON@example.se", "Mail Delivery Subsystem <noreply@example.se>", "postmaster@example.se",
        "MAILER-DAEMON (Mail Delivery System)",
    ])
    func `is a program where a mail server writes`(sender: String) {
        #expect(head("Subject: Undelivered Mail", from: sender).origin == .program(.mailSystem))
    }

    @Test(arguments: [
        "Auto-Submitted: no", "Auto-Submitted: No (a person)", "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "List-Id: <lista.example.org>", "Precedence: list", "Precedence: normal", "X-Loop: a@example.se",
        "X-Autoreply: no",
    ])
    func `is a person otherwise`(field: String) { #expect(head(field).origin == .person) }

    @Test func `is a list that wants no answers from programs`() {
        #expect(head("List-Id: <lista.example.org>").wantsNoReply && head("Precedence: list").wantsNoReply)
        #expect(!head("X-Auto-Response-Suppress: All").wantsNoReply)
    }
}
