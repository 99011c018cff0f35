/// Parses a page more strictly than any browser: every element is closed where it was opened, and none is placed where a browser would
/// move it.
enum Markup {
    private static let void: Set<String> = ["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"]
    /// Elements that end an open paragraph.
    private static let endsParagraph: Set<String> = [
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form",
        "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
    ]
    /// Elements that may not be nested in themselves.
    private static let notNested: Set<String> = ["a", "button", "form", "label"]
    private static let parents: [String: Set<String>] = [
        "li": ["ul", "ol"], "dt": ["dl", "div"], "dd": ["dl", "div"], "tr": ["thead", "tbody", "table"],
        "td": ["tr"], "th": ["tr"], "option": ["select", "optgroup"], "summary": ["details"],
    ]

    /// The first fault; nil for a correct page.
    static func fault(in page: String) -> String? {
        let bytes = Array(page.utf8)
        var open: [String] = []
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            guard let end = endOfTag(bytes, after: start) else { return "a tag has no end" }
            let tag = bytes[(start + 1)..<end]
            index = end + 1
            if tag.first == UInt8(ascii: "!") { continue }
            let isClosing = tag.first == UInt8(ascii: "/")
            let name = String(
                decoding: tag.dropFirst(isClosing ? 1 : 0).prefix {
                    $0 != 0x20 && $0 != 0x0A && $0 != UInt8(ascii: "/")
                },
                as: UTF8.self)
            if isClosing {
                guard open.popLast() == name else { return "</\(name)> closes nothing, in \(open.suffix(4))" }
            } else {
                if let fault = fault(of: name, in: open) { return fault }
                if !void.contains(name), tag.last != UInt8(ascii: "/") { open.append(name) }
            }
        }
        return open.isEmpty ? nil : "<\(open.joined(separator: "> <"))> stay open"
    }

    private static func fault(of name: String, in open: [String]) -> String? {
        if open.contains("p"), endsParagraph.contains(name) { return "<\(name)> in a paragraph, in \(open.suffix(4))" }
        if notNested.contains(name), open.contains(name) { return "<\(name)> in <\(name)>" }
        if let parents = parents[name], !parents.contains(open.last ?? "") {
            return "<\(name)> in \(open.suffix(2))"
        }
        return nil
    }

    /// A `>` inside an attribute value does not end the tag.
    private static func endOfTag(_ bytes: [UInt8], after start: Int) -> Int? {
        var isQuoted = false
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if bytes[index] == UInt8(ascii: ">"), !isQuoted { return index }
        }
        return nil
    }
}
