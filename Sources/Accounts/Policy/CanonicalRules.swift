import Events
import Yams

/// Rules as canonical JSON: ascending keys, no white space, whole numbers, `true`, `false` and strings.
///
/// JSON is YAML, so that the same reader reads both.
enum CanonicalRules {
    static func json(_ node: Node, file: String) throws(DocumentProblem) -> String {
        switch node {
        case .scalar(let scalar): return try json(scalar, file: file)
        case .sequence(let sequence):
            var elements: [String] = []
            for element in sequence { elements.append(try json(element, file: file)) }
            return "[" + elements.joined(separator: ",") + "]"
        case .mapping(let mapping):
            var fields: [(key: String, value: String)] = []
            for (key, value) in mapping { fields.append((key.scalar?.string ?? "", try json(value, file: file))) }
            fields.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + fields.map { "\(quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}"
        case .alias:
            throw DocumentProblem(file: file, line: node.mark?.line ?? 0, cause: .alias)
        }
    }

    /// Only a plain word is a number or a truth value; a quoted one is text.
    private static func json(_ scalar: Node.Scalar, file: String) throws(DocumentProblem) -> String {
        guard scalar.style == .plain else { return quoted(scalar.string) }
        if scalar.string == "true" || scalar.string == "false" { return scalar.string }
        if let number = Int(scalar.string), String(number) == scalar.string { return scalar.string }
        let ambiguous: Set = ["on", "off", "yes", "no", "y", "n", "~", "null", ""]
        guard !ambiguous.contains(scalar.string.lowercased()), Double(scalar.string) == nil else {
            throw DocumentProblem(file: file, line: scalar.mark?.line ?? 0, cause: .mustBeQuoted(scalar.string))
        }
        return quoted(scalar.string)
    }

    private static func quoted(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\u{0}"..<"\u{20}": json += "\\u00" + Hex.encode([UInt8(scalar.value)])
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
