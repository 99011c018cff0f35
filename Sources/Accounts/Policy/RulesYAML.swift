import Yams

extension PolicyRules {
    /// The same rules as YAML, as a starting point for a new draft: only the canonical JSON was published.
    package var yaml: String {
        guard let root = try? RulesReader.root(of: json, file: "") else { return json }
        return RulesYAML.lines(root, indent: "").joined(separator: "\n") + "\n"
    }
}

/// Writes rules as a person would: sections on lines, short lists in brackets, texts quoted where YAML would read another type.
private enum RulesYAML {
    static func lines(_ node: Node, indent: String) -> [String] {
        guard let mapping = node.mapping else { return [indent + inline(node)] }
        // The keys that name the version come first.
        let known = ["version", "change"]
        let fields = mapping.map { (key: $0.key.scalar?.string ?? "", value: $0.value) }
        let first = known.compactMap { key in fields.first { $0.key == key } }
        return (first + fields.filter { !known.contains($0.key) }).flatMap {
            field(of: $0.key, $0.value, indent: indent)
        }
    }

    private static func field(of key: String, _ value: Node, indent: String) -> [String] {
        if value.mapping != nil { return ["\(indent)\(key):"] + lines(value, indent: indent + "  ") }
        guard let elements = value.sequence, elements.contains(where: { $0.scalar == nil }) else {
            return ["\(indent)\(key): \(inline(value))"]
        }
        return ["\(indent)\(key):"]
            + elements.flatMap { element -> [String] in
                guard element.mapping != nil else { return ["\(indent)  - \(inline(element))"] }
                let lines = lines(element, indent: indent + "    ")
                return ["\(indent)  - \(lines[0].dropFirst(indent.count + 4))"] + lines.dropFirst()
            }
    }

    private static func inline(_ node: Node) -> String {
        if let elements = node.sequence { return "[\(elements.map(inline).joined(separator: ", "))]" }
        guard let scalar = node.scalar else { return "" }
        // In canonical JSON only numbers and truth values are plain.
        guard scalar.style != .plain, needsQuotes(scalar.string) else { return scalar.string }
        return quoted(scalar.string)
    }

    private static func needsQuotes(_ text: String) -> Bool {
        let ambiguous: Set = ["on", "off", "yes", "no", "y", "n", "true", "false", "null"]
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic,
            !ambiguous.contains(text.lowercased())
        else { return true }
        return !text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.isASCII && $0.properties.numericType != nil || $0 == "-"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
