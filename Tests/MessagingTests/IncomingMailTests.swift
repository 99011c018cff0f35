import Foundation
import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-18.1")) struct `An incoming mail` {
    private func read(_ lines: String..., body: String = "Hej!") throws(UnreadableMail) -> IncomingMail {
        try IncomingMail(parsing: Array((lines + ["", body]).joined(separator: "\r\n").utf8))
    }

    private func problem(_ text: String) -> UnreadableMail.Problem? {
        do {
            _ = try IncomingMail(parsing: Array(text.replacing("\n", with: "\r\n").utf8))
            return nil
        } catch {
            return error.problem
        }
    }

    @Test func `is read with its sender, its subject and its text`() throws {
        let mail = try read(
            "From: =?iso-8859-1?Q?=C5sa_Bj=F6rk?= <asa@example.se>",
            "To: Info <info@example.org>, \"A, B\" <b@example.org>",
            "Subject: =?utf-8?B?RnLDpWdh?= =?utf-8?Q?_om_moms?=", "Content-Type: text/plain; charset=\"utf-8\"",
            "Content-Transfer-Encoding: quoted-printable",
            body: "Hur g=C3=B6r jag med momsen p=C3=A5 fika=\r\nbr=C3=B6d?\r\n")
        #expect(mail.sender.text == "asa@example.se" && mail.senderName == "Åsa Björk")
        #expect(mail.recipients.map(\.text) == ["info@example.org", "b@example.org"])
        #expect(mail.subject == "Fråga om moms" && mail.text == "Hur gör jag med momsen på fikabröd?")
        #expect(!mail.isAutomatic && mail.attachments == 0)
    }

    @Test func `in latin 1 and base 64 is read as well, with lines that end as in a file`() throws {
        let body = Data("Räksmörgås".unicodeScalars.map { UInt8($0.value) }).base64EncodedString()
        let text =
            "From: a@example.se\nContent-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: base64\n\n\(body)\n"
        #expect(try IncomingMail(parsing: Array(text.utf8)).text == "Räksmörgås")
    }

    @Test func `of several forms is read in its plain one, and files are counted and left`() throws {
        let mail = try read(
            "From: a@example.se", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"yttre\"",
            body: """
                Inledning som ingen ser
                --yttre
                Content-Type: multipart/alternative; boundary=inre

                --inre
                Content-Type: text/plain; charset=utf-8

                Ren text
                --inre
                Content-Type: text/html

                <p>Ren <script>text</script></p>
                --inre--
                --yttre
                Content-Type: application/pdf; name="faktura.pdf"
                Content-Disposition: attachment; filename="../../etc/passwd"

                JVBERi0=
                --yttre--
                efter
                """)
        #expect(mail.text == "Ren text" && mail.attachments == 1)
    }

    @Test(arguments: [
        "Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>", "List-Id: <lista.example.org>",
        "X-Autoreply: yes",
    ])
    func `by a program is known as one`(field: String) throws {
        #expect(try read("From: a@example.se", field).isAutomatic)
        #expect(try !read("From: a@example.se", "Auto-Submitted: no").isAutomatic)
    }

    @Test(
        arguments: [
            ("Subject: ingen avsändare\n\nHej", .noSender), ("From: inte en adress\n\nHej", .noSender),
            ("From: a@example.se, b@example.se\n\nHej", .noSender),
            ("From: a@example.se\nFrom: b@example.se\n\nHej", .noSender),
            ("Ingen rubrik alls\n\nHej", .badHeader), (" vikt rad först\n\nHej", .badHeader),
            ("Fr\u{0}om: a@example.se\n\nHej", .badHeader),
            ("From: a@example.se\nContent-Type: text\n\nHej", .badType),
            ("From: a@example.se\nContent-Type: text/plain; charset=a; charset=b\n\nHej", .badType),
            ("From: a@example.se\nContent-Type: multipart/mixed\n\nHej", .badType),
            ("From: a@example.se\nContent-Type: text/plain; charset=utf-7\n\n+AGEd-", .unknownCharset),
            ("From: a@example.se\nContent-Transfer-Encoding: x-uuencode\n\nHej", .unknownEncoding),
            ("From: a@example.se\nContent-Transfer-Encoding: base64\n\n!!!", .badEncoding),
            ("From: a@example.se\nContent-Transfer-Encoding: quoted-printable\n\nHej =ZZ", .badEncoding),
            ("From: a@example.se\nContent-Type: text/plain; charset=us-ascii\n\nå", .badEncoding),
            ("From: a@example.se\nContent-Type: text/html\n\n<p>Hej</p>", .noText),
            ("From: a@example.se\n\n \n", .noText),
        ] as [(String, UnreadableMail.Problem)])
    func `that is not well-formed is refused, never guessed at`(text: String, problem: UnreadableMail.Problem) {
        #expect(self.problem(text) == problem)
    }

    @Test func `with broken bytes, endless parts or parts within parts without end is refused`() {
        var bytes = Array("From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej ".utf8)
        bytes += [0xC3, 0x28]
        #expect(throws: UnreadableMail.self) { try IncomingMail(parsing: bytes) }

        let many =
            "From: a@example.se\nContent-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\nContent-Type: image/png\n\nx\n", count: 80) + "--b--"
        #expect(problem(many) == .tooManyParts)

        var nested = "From: a@example.se\n"
        for depth in 0..<20 { nested += "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n" }
        #expect(problem(nested + "Content-Type: text/plain\n\nHej") == .tooManyParts)

        let endless = "From: a@example.se\n" + String(repeating: "X: y\n", count: 1000) + "\nHej"
        #expect(problem(endless) == .badHeader)
        #expect(throws: UnreadableMail.self) {
            try IncomingMail(parsing: Array(repeating: 0x41, count: IncomingMail.largest + 1))
        }
    }

    @Test func `holds no sign that is none, and its subject is one line`() throws {
        let mail = try read(
            "From: a@example.se", "Subject: Hej\r\n Bcc: alla@example.se", "Content-Type: text/plain; charset=utf-8",
            body: "Hej\u{7}\u{8} \u{202E}på dig\r\n\tdär")
        #expect(mail.text == "Hej på dig\n\tdär")
        #expect(!mail.subject.contains("\n") && !mail.subject.contains("\r"))
    }

    @Test func `of any bytes at all is read or refused`() throws {
        var generator = SeededGenerator(seed: 7)
        let start = Array("From: a@example.se\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".utf8)
        let signs = Array("--b\r\n:;=?<>@\"/ Content-Type".utf8) + [0, 0xFF, 0xC3, 0xA5]
        for _ in 1...300 {
            let noise = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
                signs[Int.random(in: 0..<signs.count, using: &generator)]
            }
            _ = try? IncomingMail(parsing: start + noise)
            _ = try? IncomingMail(parsing: noise)
        }
    }

    @Test func `is counted as known only when its number is whole`() throws {
        let mail = try read("From: a@example.se")
        #expect(mail.subject.isEmpty)
        #expect(UnreadableMail(.noText).description == "no-text")
    }
}

@Suite struct `A maildir that mail comes into` {
    @Test func `gives each mail until it is taken out, and keeps aside what nobody could read`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "in-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(throws: MissingMaildir.self) { try IncomingMaildir(at: directory) }
        _ = try Maildir(at: directory)
        let maildir = try IncomingMaildir(at: directory)
        for name in ["1.a", "2.b"] {
            try Data("From: a@example.se\n\nHej".utf8).write(to: URL(fileURLWithPath: "\(directory)/new/\(name)"))
        }
        try Data(count: IncomingMaildir.largestKept + 1).write(to: URL(fileURLWithPath: "\(directory)/new/3.c"))
        let waiting = try maildir.waiting()
        #expect(waiting.map(\.name) == ["1.a", "2.b", "3.c"])
        #expect(try maildir.bytes(of: waiting[0])?.count == 23 && maildir.bytes(of: waiting[2]) == nil)
        #expect(try maildir.start(of: waiting[2])?.isEmpty == false)
        try maildir.remove(waiting[0])
        try maildir.setAside(waiting[2])
        #expect(try maildir.waiting().map(\.name) == ["2.b"] && maildir.asideCount == 1)
        try maildir.pruneAside(before: Date(timeIntervalSinceNow: 60))
        #expect(maildir.asideCount == 0)
    }
}
