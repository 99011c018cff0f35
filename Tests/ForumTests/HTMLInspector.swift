@testable import Forum

/// Parses rendered HTML more strictly than any browser: known tags with known attributes, closed in order.
enum HTMLInspector {
    static func faults(in body: RenderedBody) -> [String] {
        var inspection = Inspection()
        for segment in body.segments {
            switch segment {
            case .html(let html): inspection.read(html.text)
            case .mention: if inspection.open.contains("a") { inspection.faults.append("a mention in a link") }
            case .quote: if !inspection.open.isEmpty { inspection.faults.append("a quote within \(inspection.open)") }
            }
        }
        return inspection.faults + inspection.open.map { "open \($0)" }
    }

    private struct Inspection {
        var faults: [String] = []
        var open: [String] = []

        private static let plain: Set<String> = [
            "p", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6", "table",
            "thead", "tbody", "tr", "th", "td",
        ]
        private static let cells: Set<String> = ["class=\"left\"", "class=\"center\"", "class=\"right\""]

        mutating func read(_ html: String) {
            // A combining mark after a tag would form one character with the tag's end.
            let html = String(String.UnicodeScalarView(html.unicodeScalars.map { $0.isASCII ? $0 : "å" }))
            var rest = html[...]
            while let start = rest.firstIndex(of: "<") {
                text(rest[..<start])
                guard let end = rest[start...].firstIndex(of: ">") else { return faults.append("unfinished tag") }
                tag(rest[rest.index(after: start)..<end])
                rest = rest[rest.index(after: end)...]
            }
            text(rest)
        }

        private mutating func text(_ text: Substring) {
            if text.contains(">") || text.contains("\"") { faults.append("unescaped text \(text)") }
            if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) {
                faults.append("control character")
            }
        }

        private mutating func tag(_ tag: Substring) {
            if tag == "br" || tag == "hr" { return }
            if tag.first == "/" {
                if open.popLast() != String(tag.dropFirst()) { faults.append("closes \(tag) out of turn") }
                return
            }
            let name = String(tag.prefix { $0 != " " })
            if name == "a", open.contains("a") { faults.append("a link in a link") }
            open.append(name)
            let attributes = tag.dropFirst(name.count + 1)
            switch name {
            case "a": if !HTMLInspector.isSafeLink(attributes) { faults.append("unsafe link \(tag)") }
            case "ol" where attributes.hasPrefix("start=\""): break
            case "pre" where attributes == "tabindex=\"0\"": break
            case "th", "td":
                if !attributes.isEmpty, !Inspection.cells.contains(String(attributes)) {
                    faults.append("attribute \(tag)")
                }
            default: if !attributes.isEmpty || !Inspection.plain.contains(name) { faults.append("tag \(tag)") }
            }
        }
    }

    private static func isSafeLink(_ attributes: Substring) -> Bool {
        guard attributes.hasPrefix("href=\"") else { return false }
        let rest = attributes.dropFirst(6)
        guard let end = rest.firstIndex(of: "\"") else { return false }
        let url = rest[..<end].lowercased()
        let isPlain = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        let isHere = url.hasPrefix("/") && !url.hasPrefix("//") && rest[end...] == "\""
        let isElsewhere =
            ["http://", "https://", "mailto:"].contains { url.hasPrefix($0) }
            && rest[end...] == "\" rel=\"ugc nofollow noopener noreferrer\""
        return isPlain && (isHere || isElsewhere)
    }
}
