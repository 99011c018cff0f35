import Foundation
import Testing

@testable import Messaging

@Suite struct `What is encoded in a mail` {
    private func subject(_ text: String) -> String {
        MailHead(MailReading(parsing: Array("Subject: \(text)\n\nHej".utf8))).subject
    }

    @Test(
        arguments: [
            ("=?UTF-8?Q?a b=C3=A5?=", "a bå"), ("=?utf-8?q?R=C3=A4k?==?utf-8?q?sm=C3=B6rg?=", "Räksmörg"),
            ("Re:=?utf-8?B?csOkaw==?=, x", "Re:räk, x"), ("=?utf-8?B?csOkaw?=", "räk"),
            ("=?utf-8?B?csOka", "=?utf-8?B?csOka"),
            ("=?foo?Q?r=C3=A4k?=", "räk"), ("=?utf-8?Q?r=E4k?=", "räk"), ("=?us-ascii?Q?r=E4k_=80?=", "räk €"),
            ("=?iso-8859-1?Q?r=E4k?= =?utf-8?Q?=C3=A5?=", "räkå"),
            ("=?utf-8?Q?r=C3=A4k?=\n\t=?utf-8?Q?sm?= x", "räksm x"),
            ("=?iso-2022-jp?B?GyRCJDMkcyRLGyhC?=\n =?iso-2022-jp?B?GyRCJEEkTxsoQg==?=", "こんにちは"),
            ("=?gb2312?B?xOO6ww==?=", "你好"), ("=?ks_c_5601-1987?B?vsiz5w==?=", "안녕"),
            ("=?utf-8*sv?Q?100%=E2=82=AC_=3D?=", "100%€ ="),
            ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="), ("räk =?utf-8?Q?=C3=A5?=", "räk å"), ("=?utf-8?Q??= tom", "tom"),
        ])
    func `in a subject is read as far as it goes (RFC 2047)`(text: String, read: String) {
        #expect(subject(text) == read)
    }

    @Test(arguments: [
        ("r=C3=A4k =\nsm=  \n=C3=B6rg", "räk smörg"), ("a=b,b", "a=b,b"), ("?id=42&s=PQ", "?id=42&s=PQ"),
        ("=42=4F", "BO"),
        ("x =3D y &s=PQ", "x = y &s=PQ"), ("Summan = 5", "Summan = 5"), ("=+5", "=+5"), ("=c3=a4", "ä"),
        ("slut=", "slut"), ("rad  \nrad", "rad\nrad"),
        ("=46rom mig =ZZ", "From mig =ZZ"), ("", ""),
    ])
    func `in quoted-printable is kept where it is no escape (RFC 2045, 6.7)`(text: String, read: String) {
        #expect(String(decoding: TransferEncoding.quotedPrintable(text.utf8), as: UTF8.self) == read)
    }

    @Test(arguments: ["SGVqIQ==", "SGVqIQ", "S G\r\nV*q!IQ=", "SGVq\n\nIQ=="])
    func `in base64 needs no padding, and what is none of it is skipped`(text: String) {
        #expect(String(decoding: TransferEncoding.base64(text.utf8), as: UTF8.self) == "Hej!")
    }

    @Test(arguments: [
        nil, "", "us-ascii", "iso-8859-1", "utf-8", "windows-1252", "x-unknown", "utf-8-sig", "//TRANSLIT", "../x",
    ])
    func `without a charset to be believed is UTF-8, or else windows-1252`(name: String?) {
        #expect(MailCharset.text(Array("räk".utf8), named: name) == "räk")
        #expect(MailCharset.text([0x72, 0xE4, 0x6B, 0x80, 0x96], named: name) == "räk€–")
        #expect(MailCharset.text(Array("räk".utf8) + [0xE4, 0x20, 0xC3], named: name) == "räkä Ã")
        #expect(MailCharset.text([0xEF, 0xBB, 0xBF] + Array("räk".utf8), named: name) == "räk")
        #expect(MailCharset.text([0xFF, 0xFE, 0x72, 0, 0xE4, 0], named: name == "utf-8" ? nil : name) == "rä")
    }

    @Test func `in a charset that does not have the bytes shows where`() {
        #expect(MailCharset.text([0xA4, 0xFF, 0x41], named: "shift_jis").hasSuffix("A"))
        #expect(MailCharset.text([0x1B, 0x24, 0x42, 0x24], named: "iso-2022-jp") == "\u{FFFD}")
        #expect(MailCharset.text(Array("räksmörgås".utf8), named: "iso-2022-jp") == "räksmörgås")
    }
}
