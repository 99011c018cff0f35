/// Estimates, from a text's bytes and before parsing, the work that it causes cmark beyond one linear pass.
///
/// cmark-gfm 0.29.0.gfm.6 cannot be interrupted, and some of its steps are quadratic (docs/threat-model.md). Each such step is estimated at
/// its worst case: a text within the limits is parsed in milliseconds.
struct MarkdownCost {
    private static let limits: [(excess: MarkdownExcess, most: Int)] = [
        (.nesting, 400_000), (.tables, 400_000), (.addresses, 6_000_000), (.brackets, 6_000_000),
        (.emphasis, 6_000_000),
        (.references, 12_000_000), (.declarations, 10_000_000),
    ]
    /// Maximum number of containers (quotes, list items) that one line opens.
    static let mostMarkers = 32

    private var size = 0
    private var lines = 0
    private var mostMarkers = 0
    private var widestIndentation = 0
    private var closingBrackets = 0
    private var longestDefinition = 0
    private var longestDefinitionLine = 0
    private var spent: [MarkdownExcess: Int] = [:]
    private var paragraph = Paragraph()

    /// Consecutive lines without a blank line between them. cmark may split them further, but never joins two such runs.
    private struct Paragraph {
        var length = 0
        var longestLine = 0
        var openingBrackets = 0
        var delimiters = 0
        var declarations = 0
        var delimiterRows = 0
        var hasDefinition = false
    }

    /// The limit that the text exceeds; nil when it may be parsed.
    static func excess(in bytes: UnsafeBufferPointer<UInt8>) -> MarkdownExcess? {
        var cost = MarkdownCost()
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
            cost.add(bytes, start..<index)
            start = index + 1
        }
        cost.add(bytes, start..<bytes.count)
        return cost.finished
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        size += line.count + 1
        lines += 1
        let markers = ContainerMarkers(of: bytes, line)
        mostMarkers = max(mostMarkers, markers.count)
        widestIndentation = max(widestIndentation, markers.indentation)
        guard markers.end < line.upperBound || !markers.endsParagraph else { return endParagraph() }
        if markers.beginsItem, markers.end < line.upperBound { endParagraph() }
        paragraph.length += line.count + 1
        paragraph.longestLine = max(paragraph.longestLine, line.count)
        if MarkdownCost.isDelimiterRow(bytes, markers.end..<line.upperBound) { paragraph.delimiterRows += 1 }
        read(bytes, line)
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        var token = Token()
        var tokenStart = line.lowerBound
        var signs = 0
        func next(_ index: Int, _ offset: Int) -> UInt8 { index + offset < line.upperBound ? bytes[index + offset] : 0 }
        for index in line {
            switch bytes[index] {
            case UInt8(ascii: " "), 0x09, 0x0B, 0x0C:
                spend(.addresses, token.cost(length: index - tokenStart))
                signs += token.signs
                token = Token()
                tokenStart = index + 1
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                if MarkdownCost.isDelimiter(bytes, index, line) { paragraph.delimiters += 1 }
            case UInt8(ascii: "["): paragraph.openingBrackets += 1
            case UInt8(ascii: "]"):
                closingBrackets += 1
                if next(index, 1) == UInt8(ascii: ":") { paragraph.hasDefinition = true }
            case UInt8(ascii: "<"):
                if next(index, 1) == UInt8(ascii: "?") || next(index, 1) == UInt8(ascii: "!") {
                    paragraph.declarations += 1
                }
            case UInt8(ascii: "@"): token.signs += 1
            // May be an `@` written as an entity.
            case UInt8(ascii: "&"):
                if next(index, 1) == UInt8(ascii: "#") || next(index, 1) == UInt8(ascii: "c") { token.signs += 1 }
            case UInt8(ascii: ")"): token.closings += 1
            case UInt8(ascii: "."):
                if index - tokenStart >= 3, bytes[index - 3..<index].allSatisfy({ $0 == UInt8(ascii: "w") }) {
                    token.addresses += 1
                }
            case UInt8(ascii: ":"):
                if next(index, 1) == UInt8(ascii: "/"), next(index, 2) == UInt8(ascii: "/") { token.addresses += 1 }
            case _: break
            }
        }
        spend(.addresses, token.cost(length: line.upperBound - tokenStart))
        // Each e-mail address copies the rest of its line; cmark looks for at most a thousand of them.
        spend(.addresses, min(signs + token.signs, 1_000) * line.count)
    }

    private mutating func endParagraph() {
        spend(.tables, paragraph.delimiterRows * paragraph.length)
        spend(.brackets, paragraph.openingBrackets * paragraph.openingBrackets)
        spend(.emphasis, paragraph.delimiters * paragraph.delimiters)
        spend(.declarations, paragraph.declarations * paragraph.length)
        if paragraph.hasDefinition {
            longestDefinition = max(longestDefinition, paragraph.length)
            longestDefinitionLine = max(longestDefinitionLine, paragraph.longestLine)
        }
        paragraph = Paragraph()
    }

    private var finished: MarkdownExcess? {
        mutating get {
            endParagraph()
            // A nested list is indented by at least two more columns, so depth d takes d² bytes.
            let depth = mostMarkers + min(widestIndentation / 2, Int(Double(size).squareRoot()))
            spend(.nesting, mostMarkers > MarkdownCost.mostMarkers ? Int(Int32.max) : depth * lines)
            // Each use copies the title; the address is also escaped for output.
            spend(.references, closingBrackets * max(longestDefinition, longestDefinitionLine * 20))
            return MarkdownCost.limits.first { spent[$0.excess, default: 0] > $0.most }?.excess
        }
    }

    private mutating func spend(_ kind: MarkdownExcess, _ work: Int) {
        if work > 0 { spent[kind, default: 0] += work }
    }

    /// Whether a delimiter run that can open or close emphasis ends here: an underscore within a word cannot.
    private static func isDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ line: Range<Int>) -> Bool {
        guard index + 1 < line.upperBound else { return true }
        guard bytes[index + 1] != bytes[index] else { return false }
        guard bytes[index] == UInt8(ascii: "_"), index > line.lowerBound else { return true }
        return !(isWord(bytes[index - 1]) && isWord(bytes[index + 1]))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case _: false
        }
    }

    /// Whether a line can be the delimiter row of a table. A row of dashes alone underlines a heading instead.
    private static func isDelimiterRow(_ bytes: UnsafeBufferPointer<UInt8>, _ rest: Range<Int>) -> Bool {
        var hasDash = false
        var hasOther = false
        for index in rest {
            switch bytes[index] {
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x0B, 0x0C: hasOther = true
            case UInt8(ascii: " "), 0x09: break
            case _: return false
            }
        }
        return hasDash && hasOther
    }
}

/// A run of characters between white space, as the autolink extension sees it.
private struct Token {
    /// Number of `www.` and `://`; from each the extension reads to the end of the token.
    var addresses = 0
    /// Number of `)`; for each one at the end of an address, the address is read once more.
    var closings = 0
    /// Number of `@`; from each the extension reads in both directions.
    var signs = 0

    func cost(length: Int) -> Int {
        (addresses * 5 + (addresses > 0 ? closings : 0) + signs * 2) * length
    }
}

/// The quote and list markers that a line begins with.
private struct ContainerMarkers {
    private(set) var count = 0
    /// Columns of white space before and between them.
    private(set) var indentation = 0
    /// With no text after them, the markers end a paragraph.
    private(set) var endsParagraph = true
    /// The first marker begins a list item, which cannot continue the paragraph before it. A number does so only sometimes.
    private(set) var beginsItem = false
    /// Where the rest of the line begins.
    private(set) var end: Int

    init(of bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        end = line.lowerBound
        while true {
            var columns = 0
            while end < line.upperBound, bytes[end] == UInt8(ascii: " ") || bytes[end] == 0x09 {
                columns += bytes[end] == 0x09 ? 4 : 1
                end += 1
            }
            indentation += columns
            guard end < line.upperBound, count <= MarkdownCost.mostMarkers,
                let next = ContainerMarkers.end(ofMarkerAt: end, in: bytes, line.upperBound)
            else { return }
            endsParagraph = endsParagraph && bytes[end] == UInt8(ascii: ">") && columns < 4
            if count == 0, columns < 4, "+-*".utf8.contains(bytes[end]) { beginsItem = true }
            count += 1
            end = next
        }
    }

    private static func end(ofMarkerAt start: Int, in bytes: UnsafeBufferPointer<UInt8>, _ lineEnd: Int) -> Int? {
        var end = start + 1
        switch bytes[start] {
        case UInt8(ascii: ">"): return end
        case UInt8(ascii: "+"): break
        case UInt8(ascii: "-"), UInt8(ascii: "*"): if isThematicBreak(bytes, start..<lineEnd) { return nil }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            while end < lineEnd, end - start < 9, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) {
                end += 1
            }
            guard end < lineEnd, bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")") else { return nil }
            end += 1
        case _: return nil
        }
        return end == lineEnd || bytes[end] == UInt8(ascii: " ") || bytes[end] == 0x09 ? end : nil
    }

    private static func isThematicBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ rest: Range<Int>) -> Bool {
        var count = 0
        for index in rest {
            switch bytes[index] {
            case bytes[rest.lowerBound]: count += 1
            case UInt8(ascii: " "), 0x09: break
            case _: return false
            }
        }
        return count >= 3
    }
}
