/// Builds lines of text from the parser's element and text callbacks.
final class HTMLTextWriter {
    private var lines: [String] = []
    private var line = ""
    private var needsSpace = false
    /// Number of empty lines before the next word.
    private var gap = 0
    /// Nesting depth of elements that are not rendered.
    private var hidden = 0
    private var preformatted = 0
    private var quotes = 0
    private var lists: [Int?] = []
    private var link: (address: String, from: String)?
    private var scalars = 0

    static func of(_ context: UnsafeMutableRawPointer?) -> HTMLTextWriter? {
        context.map { Unmanaged<HTMLTextWriter>.fromOpaque($0).takeUnretainedValue() }
    }

    var text: String {
        breakLine()
        return lines.joined(separator: "\n")
    }

    func start(_ name: String, attributes: [String: String]) {
        if HTMLTextWriter.showsNothing(name) { hidden += 1 }
        guard hidden == 0 else { return }
        switch name {
        case "br": breakLine(always: true)
        case "hr":
            block()
            lines.append("---")
        case "p", "h1", "h2", "h3", "h4", "h5", "h6": paragraph()
        case "table", "dl": block()
        case "ul", "ol":
            if lists.isEmpty { paragraph() } else { block() }
            lists.append(name == "ol" ? 0 : nil)
        case "li": item()
        case "td", "th": if !line.isEmpty { line += "\t" }
        case "pre":
            paragraph()
            preformatted += 1
        case "blockquote":
            paragraph()
            quotes += 1
        case "img": if let alternative = attributes["alt"], !alternative.isEmpty { add(" \(alternative) ") }
        case "a": link = attributes["href"].map { ($0, line) }
        case _ where HTMLTextWriter.isBlock(name): block()
        default: break
        }
    }

    func end(_ name: String) {
        if HTMLTextWriter.showsNothing(name) { hidden = max(0, hidden - 1) }
        guard hidden == 0 else { return }
        switch name {
        case "p", "h1", "h2", "h3", "h4", "h5", "h6": paragraph()
        case "ul", "ol":
            if !lists.isEmpty { lists.removeLast() }
            if lists.isEmpty { paragraph() } else { block() }
        case "pre":
            preformatted = max(0, preformatted - 1)
            paragraph()
        case "blockquote":
            paragraph()
            quotes = max(0, quotes - 1)
        case "table", "dl", "li", "tr": block()
        case "a": endLink()
        case _ where HTMLTextWriter.isBlock(name): block()
        default: break
        }
    }

    func add(_ text: String) {
        guard hidden == 0, scalars < MailBounds.text else { return }
        scalars += text.unicodeScalars.count
        if preformatted > 0 {
            let parts = text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() {
                if index > 0 { breakLine(always: true) }
                if !part.isEmpty { put(String(part)) }
            }
            return
        }
        if let first = text.unicodeScalars.first, HTMLTextWriter.isSpace(first) { needsSpace = true }
        for (index, word) in text.unicodeScalars.split(whereSeparator: HTMLTextWriter.isSpace).enumerated() {
            if index > 0 { needsSpace = true }
            put(String(word))
        }
        if let last = text.unicodeScalars.last, HTMLTextWriter.isSpace(last) { needsSpace = true }
    }

    private func put(_ word: String) {
        if line.isEmpty {
            if !lines.isEmpty { lines += repeatElement(prefix, count: gap) }
            gap = 0
            line = prefix
        } else if needsSpace, line.last?.isWhitespace != true {
            line += " "
        }
        needsSpace = false
        line += word
    }

    private var prefix: String { String(repeating: "> ", count: min(quotes, 10)) }

    /// - Parameter always: count a line break even if the current line is empty.
    private func breakLine(always: Bool = false) {
        needsSpace = false
        guard !line.isEmpty else {
            if always { gap = min(gap + 1, 2) }
            return
        }
        lines.append(line)
        line = ""
    }

    private func block() { breakLine() }

    private func paragraph() {
        breakLine()
        gap = max(gap, 1)
    }

    private func item() {
        block()
        guard let index = lists.indices.last else { return }
        let indent = String(repeating: "  ", count: min(index, 10))
        if let number = lists[index] {
            lists[index] = number + 1
            put("\(indent)\(number + 1).")
        } else {
            put("\(indent)-")
        }
        needsSpace = true
    }

    /// Appends a link's URL after its text, unless the text is the URL.
    private func endLink() {
        guard let (href, before) = link else { return }
        link = nil
        let address = href.filter { !$0.isWhitespace }
        let lowered = address.lowercased()
        guard ["http://", "https://", "mailto:", "tel:"].contains(where: lowered.hasPrefix), address.count <= 2000
        else { return }
        let shown = line.hasPrefix(before) ? String(line.dropFirst(before.count)) : line
        if HTMLTextWriter.bare(shown) == HTMLTextWriter.bare(address) { return }
        let target = lowered.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address
        if shown.contains(target) { return }
        needsSpace = true
        put("(\(target))")
    }

    private static func bare(_ address: String) -> String {
        var text = address.lowercased().filter { !$0.isWhitespace && $0 != ">" }
        for start in ["mailto:", "tel:", "https://", "http://", "www."] where text.hasPrefix(start) {
            text.removeFirst(start.count)
        }
        if text.last == "/" { text.removeLast() }
        return text
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{A0}" || scalar.properties.isWhitespace
    }

    private static func showsNothing(_ name: String) -> Bool {
        ["script", "style", "head", "title", "template", "iframe", "svg"].contains(name)
    }

    private static func isBlock(_ name: String) -> Bool {
        [
            "address", "article", "aside", "body", "caption", "center", "dd", "div", "dt", "fieldset", "figure",
            "footer",
            "form", "header", "html", "legend", "main", "nav", "section", "tbody", "tfoot", "thead", "tr",
        ].contains(name)
    }
}
