import Foundation
import Testing
import Testkit

@testable import Messaging

/// Mails as real programs write them, in `Fixtures/mail`, each with the content a person would read in it.
struct SloppyMail: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var subject: String?
    var sender: String?
    var senderName: String??
    var leftOut: [MailReading.LeftOut] = []
    var isProgram = false

    var testDescription: String { name }

    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: project.appending(path: "Fixtures/mail/\(name).eml")))
    }

    static let all: [SloppyMail] = [
        // Correct mails.
        .init(name: "ok", text: "KONTROLL åäö slut"), .init(name: "crlf", text: "TEXT CRLF\nrad två"),
        .init(name: "dup", text: "TEXT DUP"),
        .init(
            name: "dup_b", text: "TEXT DUP", subject: "Fraga dup", sender: "dup@kund.example", senderName: "Kund DUP"),
        .init(name: "emoji", text: "TEXT EMOJI 👩‍👩‍👧 🇸🇪 é", subject: "👩‍👩‍👧 Fråga EMOJI"),
        .init(name: "xars", text: "MANNISKA via Exchange"), .init(name: "autono", text: "MANNISKA auto no"),
        .init(name: "autoreplied", text: "MASKIN franvaro", isProgram: true),
        .init(name: "precbulk", text: "MASKIN bulk", isProgram: true),
        .init(
            name: "mdaemon", text: "This is the mail system. MDAEMONB", subject: "Undelivered Mail Returned to Sender",
            sender: "MAILER-DAEMON@mx.kund.example", senderName: "Mail Delivery System", isProgram: true),
        // Parts.
        .init(name: "apple", text: "FORE bilden\n\nEFTER bilden, det viktiga", leftOut: [.picture]),
        .init(name: "twotext", text: "FORSTA stycket\n\nANDRA stycket"),
        .init(name: "small", text: "TEXT SMALL med bild", leftOut: [.picture]),
        .init(name: "related", text: "TEXT RELATED", leftOut: [.picture]), .init(name: "nested", text: "TEXT NESTED"),
        .init(name: "rfc822", text: "TEXT FWD se nedan", leftOut: [.message]),
        .init(name: "signed", text: "TEXT SIGNED"),
        .init(name: "tnef", text: "TEXT TNEF", leftOut: [.other]), .init(name: "b2231", text: "TEXT B2231"),
        .init(name: "htmlonly", text: "HEJ från html & co"),
        // Charsets.
        .init(name: "l1win", text: "Pris 100 € – “citat” slut… L1WIN"),
        .init(name: "l15", text: "Pris 100 € och š œ L15"),
        .init(name: "ewl1win", text: "TEXT EWL1WIN", subject: "Pris 100 € – slut EWL1WIN"),
        .init(name: "ewl15", text: "TEXT EWL15", subject: "Pris 100 € EWL15"),
        .init(name: "nocs8", text: "Hej, räksmörgås utan teckentabell NOCS"),
        .init(name: "nocslatin", text: "Hej, räksmörgås LATINUTAN"),
        .init(name: "ascii8", text: "Hej, räksmörgås ASCII8"),
        .init(name: "ctdup", text: "INNEHALL CTDUP har \nfortsatt rad"),
        .init(name: "cscp850", text: "räksmörgås C850"),
        .init(name: "csgb2312", text: "你好 GB"), .init(name: "csiso2022jp", text: "こんにちは JP"),
        .init(name: "csiso88592", text: "Příliš ISO2"), .init(name: "csiso88594", text: "Ačiū ISO4"),
        .init(name: "csiso88599", text: "räksmörgås ISO9"), .init(name: "cskoi8r", text: "Привет KOI"),
        .init(name: "csmacintosh", text: "räksmörgås MAC"), .init(name: "csutf16", text: "räksmörgås U16"),
        .init(name: "csutf8sig", text: "räksmörgås SIG"), .init(name: "cswindows1250", text: "Příliš W1250"),
        .init(name: "cswindows1251", text: "Привет W1251"), .init(name: "cswindows1257", text: "Ačiū W1257"),
        // Encodings.
        .init(name: "qpbad", text: "Se http://e.example/?id=42&s=PQ och a=b,b QPBAD slut"),
        .init(name: "qpeq", text: "Summan = 5 QPEQ"), .init(name: "qpplus", text: "x=+5y QPPLUS"),
        .init(name: "split", text: "TEXT SPLIT", subject: "fråga om redvisning och bokföring SPLIT"),
        .init(name: "splitq", text: "TEXT SPLITQ", subject: "fråga om bokföring SPLITQ"),
        .init(name: "rawl1", text: "TEXT RAWL1", subject: "Fråga om skördemaskin RAWL1"),
        // Senders.
        .init(name: "rawname", text: "TEXT RAWNAME", senderName: "Åsa Öberg"),
        .init(name: "fromcomma", text: "TEXT FROMCOMMA", senderName: "Svensson, Anna"),
        .init(name: "fromtwo", text: "TEXT FROMTWO", senderName: "Anna"),
        .init(name: "fromdup", text: "TEXT FROMDUP", senderName: .some(nil)),
        .init(name: "fromdots", text: "TEXT FROMDOTS", senderName: .some(nil)),
        .init(name: "replyto", text: "TEXT REPLYTO", sender: "formular@hemsida.example", senderName: "Webbformular"),
    ]
}

@Suite(.clause("P-18.1")) struct `A mail as programs write it` {
    @Test(arguments: SloppyMail.all) func `is read as a person would`(mail: SloppyMail) throws {
        let read = try IncomingMail(MailReading(parsing: SloppyMail.bytes(mail.name)))
        #expect(read.text == mail.text)
        #expect(read.subject == mail.subject ?? "Fraga \(mail.name)")
        #expect(read.sender.text == mail.sender ?? "\(mail.name)@kund.example")
        #expect(read.senderName == mail.senderName ?? "Kund \(mail.name.uppercased())")
        #expect(read.leftOut == mail.leftOut)
        #expect(read.origin.isProgram == mail.isProgram && !read.wantsNoReply)
        #expect(read.recipients.first?.text == "info@example.org" && read.references.isEmpty)
    }

    @Test func `has a fixture, and each fixture is read`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: project.appending(path: "Fixtures/mail").path)
        #expect(Set(files) == Set(SloppyMail.all.map { "\($0.name).eml" }))
    }

    @Test func `to two inboxes has one id`() throws {
        let ids = try ["dup", "dup_b"].map { try IncomingMail(MailReading(parsing: SloppyMail.bytes($0))).messageID }
        #expect(ids == ["dup.1@kund.example", "dup.1@kund.example"])
    }

    @Test func `through a form names who is to be answered`() throws {
        let mail = try IncomingMail(MailReading(parsing: SloppyMail.bytes("replyto")))
        #expect(mail.replyTo?.address.text == "riktig@kund2.example" && mail.replyTo?.name == "Riktig Kund")
    }
}
