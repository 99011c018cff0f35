/// Data for programs as JSON-LD.
package indirect enum LinkedData: Sendable {
    case text(String)
    case number(Int)
    case list([LinkedData])
    case object([(name: StaticString, value: LinkedData)])

    /// Escaped so that no text can end the `script` element around it.
    fileprivate func write(into json: inout [UInt8]) {
        switch self {
        case .text(let text): LinkedData.write(text, into: &json)
        case .number(let number): json += Array(String(number).utf8)
        case .list(let values):
            json.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                value.write(into: &json)
            }
            json.append(UInt8(ascii: "]"))
        case .object(let members):
            json.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                LinkedData.write("\(member.name)", into: &json)
                json.append(UInt8(ascii: ":"))
                member.value.write(into: &json)
            }
            json.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, into json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": json += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                json += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            default: json += Array(String(scalar).utf8)
            }
        }
        json.append(UInt8(ascii: "\""))
    }
}

extension HTMLWriter {
    /// A block of data, which browsers do not run: the content security policy does not concern it.
    package mutating func linkedData(_ data: LinkedData) {
        var json: [UInt8] = []
        data.write(into: &json)
        raw("<script type=\"application/ld+json\">")
        append(shared: json[...])
        raw("</script>")
    }
}
