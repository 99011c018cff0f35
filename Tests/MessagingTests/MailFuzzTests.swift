import Foundation
import Testing
import Testkit

@testable import Messaging

/// Mails with random faults, the same in every run.
struct MailMutations {
    private static let tokens: [[UInt8]] =
        [
            "\n", "\n\n", "\r", "\r\n", "--", "--AM\n", "--AM--", "=", "=?", "?=", "=?utf-8?B?", "\"", "<", ">", ";",
            ":", "(", "boundary=",
            "boundary*0*=utf-8''a", "charset=utf-16", "charset=utf-7", "charset=iso-2022-kr",
            "Content-Type: multipart/mixed; boundary=AM\n\n--AM\n", "Content-Type: message/rfc822\n\n",
            "Content-Type: text/html\n\n",
            "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: x-uuencode\n", "<table><td>", "<script",
            "&#x10FFFF;",
        ].map { Array($0.utf8) } + [
            [0], [0xFF, 0xFE], [0xC3], [0x1B, 0x24, 0x42], Array(repeating: 0x28, count: 3000),
        ]

    private let mails: [[UInt8]]
    private var generator: SeededGenerator

    init(of mails: [[UInt8]], seed: UInt64) {
        self.mails = mails
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var mail = (generator.pick(mails) ?? [])[...].prefix(4000).map(\.self)
        for _ in 0...generator.number(below: 6) where !mail.isEmpty {
            let place = generator.number(below: mail.count)
            let end = min(mail.count, place + 1 + generator.number(below: 40))
            switch generator.number(below: 5) {
            case 0: mail[place] = UInt8(generator.number(below: 256))
            case 1: mail.insert(contentsOf: generator.pick(MailMutations.tokens) ?? [], at: place)
            case 2: mail.removeSubrange(place..<end)
            case 3: mail.insert(contentsOf: mail[place..<end], at: generator.number(below: mail.count))
            default: mail += (generator.pick(mails) ?? []).suffix(generator.number(below: 500))
            }
        }
        return mail
    }
}

@Suite(.clause("P-18.1")) struct `A mail of any bytes at all` {
    @Test func `is read within bounds, and the address in its From is its sender`() throws {
        var mutations = MailMutations(of: try SloppyMail.all.map { try SloppyMail.bytes($0.name) }, seed: 7)
        for _ in 1...800 {
            // Whatever follows, the first field is read.
            let mail = Array("From: Först <forst@example.se>\n".utf8) + mutations.next()
            let reading = MailReading(parsing: mail)
            let head = MailHead(reading)
            #expect(head.sender?.address.text == "forst@example.se")
            #expect(reading.isWithinBounds)
            _ = DeliveryReport(reading)
        }
    }
}
