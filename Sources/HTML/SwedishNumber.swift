/// Swedish number format: groups of three digits separated by a no-break space, and a decimal comma.
package enum SwedishNumber {
    private static let noBreakSpace: [UInt8] = [0xC2, 0xA0]

    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude).utf8)
        var bytes: [UInt8] = number < 0 ? Array("−".utf8) : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { bytes += noBreakSpace }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `part` of `whole` in whole per cent; only exactly nothing is shown as 0 %, and only exactly all as 100 %.
    package static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "0\u{A0}%" }
        let rounded = Int((Double(part) * 100 / Double(whole)).rounded())
        let share = part > 0 && part < whole ? min(max(rounded, 1), 99) : rounded
        return "\(grouped(share))\u{A0}%"
    }

    /// A size in the unit that leaves at most three digits: `1,4 MB`.
    package static func bytes(_ count: Int) -> String {
        let units = ["byte", "kB", "MB", "GB", "TB"]
        var tenths = count * 10
        var unit = 0
        while tenths >= 10_000, unit < units.count - 1 {
            tenths = (tenths + 500) / 1000
            unit += 1
        }
        let decimal = unit > 0 && tenths < 100 && tenths % 10 > 0 ? ",\(tenths % 10)" : ""
        return "\(grouped(tenths / 10))\(decimal)\u{A0}\(units[unit])"
    }

    private static let words = ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

    /// `två` to `tolv` in words, all other numbers in figures: `1` is `en` or `ett`, which only `spelled` knows.
    package static func inWords(_ number: Int) -> String {
        (2...12).contains(number) ? words[number - 2] : grouped(number)
    }

    /// For running text: `en tråd`, `två trådar`, `13 trådar`, `inga trådar`.
    ///
    /// - Parameter one: with its article, such as `en tråd`.
    package static func spelled(_ number: Int, _ one: String, _ many: String) -> String {
        switch number {
        case 0: "inga \(many)"
        case 1: one
        case 2...12: "\(inWords(number)) \(many)"
        default: counted(number, one, many)
        }
    }

    /// For tables, headings and labels: `1 svar`, `2 svar`; `1 tråd`, `2 trådar`.
    package static func counted(_ number: Int, _ one: String, _ many: String) -> String {
        "\(grouped(number))\u{A0}\(number == 1 ? one : many)"
    }
}

extension HTMLWriter {
    /// A number for people to read, in groups of three digits.
    package mutating func grouped(_ number: Int) { text(SwedishNumber.grouped(number)) }
}
