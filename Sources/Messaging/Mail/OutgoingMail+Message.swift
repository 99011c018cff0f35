import Events
import Foundation

extension OutgoingMail {
    /// Encodes the mail (RFC 5322, 2045, 6532): lines end with CRLF, both bodies are quoted-printable UTF-8.
    package func message() -> [UInt8] {
        // Quoted-printable text never contains `=_`, so neither part can contain the boundary.
        let boundary = "=_" + id.text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(40)
        var message: [UInt8] = []
        func line(_ text: String) { message += Array(text.utf8) + [0x0D, 0x0A] }
        func part(_ type: String, _ body: String) {
            line("--\(boundary)")
            line("Content-Type: \(type); charset=utf-8")
            line("Content-Transfer-Encoding: quoted-printable")
            line("")
            message += QuotedPrintable.encode(body)
            line("")
        }
        line("Date: \(OutgoingMail.format(date))")
        line("From: \(HeaderText.phrase(from.name)) <\(from.address.text)>")
        line("To: <\(to.text)>")
        line("Subject: \(HeaderText.unstructured(subject))")
        line("Message-ID: \(id.text)")
        for (name, value) in headers.flatMap(\.fields) { line("\(name): \(value)") }
        line("MIME-Version: 1.0")
        line("Content-Type: multipart/alternative; boundary=\"\(boundary)\"")
        line("")
        part("text/plain", text)
        part("text/html", html)
        line("--\(boundary)--")
        return message
    }

    /// `Tue, 10 Mar 2026 11:00:00 +0000`
    private static func format(_ moment: Instant) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.weekday, .day, .month, .year, .hour, .minute, .second], from: moment.date)
        func digits(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(parts.weekday ?? 1) - 1]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = "\(weekday), \(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1970)"
        return "\(day) \(digits(parts.hour)):\(digits(parts.minute)):\(digits(parts.second)) +0000"
    }
}
