import Foundation
import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-18.1")) struct `An incoming mail` {
    private func read(_ lines: String..., body: String = "Hej!") throws(UnreadableMail) -> IncomingMail {
        try IncomingMail(MailReading(parsing: Array((lines + ["", body]).joined(separator: "\r\n").utf8)))
    }

    private func read(_ text: String) throws(UnreadableMail) -> IncomingMail {
        try IncomingMail(MailReading(parsing: Array(text.utf8)))
    }

    private func problem(_ text: String) -> UnreadableMail.Problem? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return error.problem
        }
    }

    @Test func `is read with its sender, its subject and its text`() throws {
        let mail = try read(
            "From: =?iso-8859-1?Q?=C5sa_Bj=F6rk?= <asa@example.se>",
            "To: Info <info@example.org>, \"A, B\" <b@example.org>", "Message-ID: <1@example.se>",
            "Subject: =?utf-8?B?RnLDpWdh?= =?utf-8?Q?_om_moms?=", "Content-Type: text/plain; charset=\"utf-8\"",
            "In-Reply-To: <3@b.se>", "References: <1@b.se> <2@b.se>", "Content-Transfer-Encoding: quoted-printable",
            body: "Hur g=C3=B6r jag med momsen p=C3=A5 fika=\r\nbr=C3=B6d?\r\n")
        #expect(mail.sender.text == "asa@example.se" && mail.senderName == "Åsa Björk")
        #expect(mail.recipients.map(\.text) == ["info@example.org", "b@example.org"])
        #expect(mail.subject == "Fråga om moms" && mail.text == "Hur gör jag med momsen på fikabröd?")
        #expect(mail.messageID == "1@example.se" && mail.references == ["3@b.se", "2@b.se", "1@b.se"])
        #expect(mail.origin == .person && mail.leftOut.isEmpty && mail.replyTo == nil && !mail.wantsNoReply)
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
                --yttre
                Content-Type: text/plain
                Content-Disposition: attachment; filename=priser.txt

                En fil
                --yttre--
                efter
                """)
        #expect(mail.text == "Ren text" && mail.leftOut == [.document, .document])
    }

    @Test func `whose plain form is empty is read in the other`() throws {
        let mail = try read(
            "From: a@example.se", "Content-Type: multipart/alternative; boundary=b",
            body: """
                --b
                Content-Type: text/plain

                \u{200B}
                --b
                Content-Type: multipart/related; boundary=c

                --c
                Content-Type: text/html; charset=utf-8

                <p>Bara <i>här</i></p>
                --c
                Content-Type: image/png

                --c--
                --b--
                """)
        #expect(mail.text == "Bara här" && mail.leftOut == [.picture])
    }

    @Test func `that only forwards another is read with the other's words`() throws {
        let forwarded = "Content-Type: message/rfc822\n\nFrom: b@example.se\nSubject: x\n\nVidarebefordrat\n"
        let mail = try read(
            "From: a@example.se\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\n\(forwarded)--b--"
        )
        #expect(mail.text == "Vidarebefordrat" && mail.leftOut.isEmpty)
    }

    @Test(arguments: [
        "From: a@example.se\nContent-Type: text\n\nHej", "From: a@example.se\nContent-Type: a b c; charset=x\n\nHej",
        "From: a@example.se\nContent-Type: text/plain; charset=a; charset=b\n\nHej",
        "From: a@example.se\nContent-Type: text/plain; charset=\"utf-8\n\nHej",
        "From: a@example.se\nContent-Type: multipart/mixed\n\nHej",
        "From: a@example.se\nContent-Type: multipart/mixed; boundary=a\n\n--b\nContent-Type: text/plain\n\nHej\n--b--",
        "From: a@example.se\nContent-Type: multipart/mixed; boundary=a\n\n--a\nHej\n--a--",
        "From: a@example.se\nContent-Type: multipart/mixed; boundary=\"a \"\n\n--a  \nContent-Type: text/plain\n\nHej",
        "From: a@example.se\nContent-Type: text/plain; charset=utf-7\n\n+AEgAZQBq-",
        "From: a@example.se\nContent-Transfer-Encoding: x-unknown\n\nHej",
        "From: a@example.se\nContent-Transfer-Encoding: BASE64\n\nSG\n!V*q", "From: a@example.se\r\rHej",
        "From: a@example.se\r\r\nSubject: x\r\r\n\r\r\nHej", "From: a@example.se\nHej",
        "\n\n folded\nFrom: a@example.se\n\nHej",
        "From a@example.se Mon Nov 30 10:00:00 2026\nFrom: a@example.se\n\nHej",
        "From: a@example.se\nthis is no field\n nor this\nSubject: x\n\nHej", "Fr\u{0}om: a@example.se\n\nHej",
        "\u{FEFF}From : a@example.se\n\nHej",
    ])
    func `that is not well-formed is read as far as it goes`(text: String) throws {
        let mail = try read(text)
        #expect(mail.text == "Hej" && mail.sender.text == "a@example.se")
    }

    @Test(
        arguments: [
            ("Moa <moa@example.se>", "moa@example.se", "Moa"),
            ("moa@example.se (Moa Hallin)", "moa@example.se", "Moa Hallin"),
            ("\"Moa, (x)\" (comment) <moa@example.se>", "moa@example.se", "Moa, (x)"),
            ("Moa <moa@example.se", "moa@example.se", "Moa"), ("Moa moa@example.se", "moa@example.se", "Moa"),
            ("Moa [mailto:moa@example.se]", "moa@example.se", "Moa"),
            ("<mailto:moa@example.se>", "moa@example.se", nil),
            ("\"moa@example.se\"", "moa@example.se", nil), ("<'moa@example.se'>", "moa@example.se", nil),
            ("=?utf-8?Q?Moa_<moa=40example.se>?=", "moa@example.se", "Moa"),
            ("Firma: Moa <moa@example.se>;", "moa@example.se", "Moa"), ("moa @ example . se", "moa@example.se", nil),
            ("Firma AB; Moa <moa@example.se>", "moa@example.se", "Firma AB; Moa"),
            ("åsa@räksmörgås.example", "åsa@xn--rksmrgs-5wao1o.example", nil),
            ("fel..@example.se, Bo <bo@example.se>", "bo@example.se", "Bo"),
        ] as [(String, String, String?)])
    func `names its sender in many ways`(field: String, address: String, name: String?) throws {
        let mail = try read("From: \(field)\nSubject: x\n\nHej")
        #expect(mail.sender.text == address && mail.senderName == name)
    }

    @Test func `without a right sender in From is from Sender, Reply-To or the envelope's`() throws {
        let fields = ["Sender: b@example.se", "Reply-To: c@example.se", "Return-Path: <d@example.se>"]
        for (index, sender) in ["b", "c", "d"].enumerated() {
            let mail = try read((["From: inte en adress"] + fields[index...]).joined(separator: "\n") + "\n\nHej")
            #expect(mail.sender.text == "\(sender)@example.se")
        }
    }

    @Test(
        arguments: [
            ("Subject: ingen avsändare\n\nHej", .noSender), ("From: undisclosed-recipients:;\n\nHej", .noSender),
            ("Ingen rubrik alls\n\nHej", .noSender), ("", .noSender), ("From: a@example.se", .noText),
            ("From: a@example.se\nContent-Type: text/html\n\n<script>Hej</script>", .noText),
            ("From: a@example.se\nContent-Type: image/png\n\nx", .noText),
            ("From: a@example.se\n\n \u{200B}\n", .noText),
        ] as [(String, UnreadableMail.Problem)])
    func `without sender or words says so`(text: String, problem: UnreadableMail.Problem) {
        #expect(self.problem(text) == problem)
    }

    @Test func `that cannot be answered keeps its words`() {
        let unreadable = #expect(throws: UnreadableMail.self) { try read("Subject: Fråga\n\nHej") }
        #expect(unreadable?.text == "Hej" && unreadable?.subject == "Fråga" && unreadable?.sender == nil)
    }

    @Test func `of endless parts, or parts within parts without end, is read up to a bound`() throws {
        let picture = "--b\nContent-Type: image/png\n\nx\n"
        let many = try read(
            "From: a@example.se\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n\(String(repeating: picture, count: 900))--b--"
        )
        #expect(many.text == "Hej" && many.leftOut.count == MailBounds.parts)

        var nested = "From: a@example.se\n"
        for depth in 0..<500 {
            nested += "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n\nHej\n--b\(depth)\n"
        }
        let deep = try read(nested)
        #expect(deep.text.matches(of: /Hej/).count == MailBounds.depth && !deep.leftOut.isEmpty)

        let fields = "From: a@example.se\n" + String(repeating: "X: y\n", count: 100_000) + "\nHej"
        #expect(MailReading(parsing: Array(fields.utf8)).fields.count == MailBounds.fields)
        let long = try read(
            "From: a@example.se\nSubject: \(String(repeating: "a", count: 90_000))\n\n\(String(repeating: "Hej ", count: 90_000))"
        )
        #expect(long.subject.count == 500 && long.text.unicodeScalars.count <= MailBounds.text)
    }

    @Test func `whose header is half broken lines is read all the same`() throws {
        let mail = try read("From: a@example.se\n\(String(repeating: "x\n", count: 100_000))Subject: Fråga\n\nHej")
        #expect(mail.subject == "Fråga" && mail.text == "Hej")
    }

    @Test func `holds no sign that is none, and its subject and sender are one line`() throws {
        let mail = try read(
            "From: \"A\u{202E}B\u{1B}[1m\u{200B}\" <a@example.se>",
            "Subject: Hej\u{202E}\u{1B}\u{200B}\r\n Bcc: alla@example.se",
            "Content-Type: text/plain; charset=utf-8", body: "Hej\u{7}\u{8} \u{202E}på\u{200B} dig\r\n\tdär")
        #expect(mail.text == "Hej på dig\n\tdär")
        #expect(mail.subject == "Hej Bcc: alla@example.se" && mail.senderName == "AB[1m")
        let encoded = try read("From: a@example.se", "Subject: =?utf-8?Q?Hej=0D=0A=E2=80=AEBcc:_x?=")
        #expect(encoded.subject == "Hej Bcc: x")
    }

    @Test func `with another address for answers says which`() throws {
        #expect(try read("From: a@example.se", "Reply-To: Bo <b@example.se>").replyTo?.address.text == "b@example.se")
        #expect(try read("From: a@example.se", "Reply-To: A@example.se").replyTo == nil)
    }
}

@Suite struct `A maildir that mail comes into` {
    @Test func `gives each mail until it is taken out, and keeps aside what nobody could read`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "in-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(throws: MissingMaildir.self) { try Maildir(at: directory).requireExisting() }
        let maildir = Maildir(at: directory)
        try maildir.create()
        try maildir.requireExisting()
        for name in ["1.a", "2.b"] {
            try Data("From: a@example.se\n\nHej".utf8).write(to: URL(fileURLWithPath: "\(directory)/new/\(name)"))
        }
        try Data(count: 1001).write(to: URL(fileURLWithPath: "\(directory)/new/3.c"))
        let waiting = try maildir.waiting()
        #expect(waiting.map(\.name) == ["1.a", "2.b", "3.c"])
        #expect(try maildir.bytes(of: waiting[0], atMost: 1000)?.count == 23)
        #expect(try maildir.bytes(of: waiting[2], atMost: 1000) == nil)
        #expect(try maildir.start(of: waiting[2], atMost: 10)?.count == 10)
        try maildir.remove(waiting[0])
        try maildir.setAside(waiting[2])
        #expect(try maildir.waiting().map(\.name) == ["2.b"] && maildir.asideCount == 1)
        try maildir.pruneAside(before: Date(timeIntervalSinceNow: 60))
        #expect(maildir.asideCount == 0)
    }
}
