import Events
import Yams

/// Where rules are read from.
package enum RulesSource: Sendable {
    /// A version that somebody wants to publish: every key is required, known and as the program wants it.
    case draft
    /// A version that an earlier program published, perhaps: a retired key or word is ignored, and a key that came later has a default.
    case log
}

/// Reads one level of a rules file by key; in a draft, a key that was not read is an error.
struct RulesReader {
    let source: RulesSource
    let file: String
    let name: String
    private let line: Int
    private var rest: [String: Node] = [:]

    static func root(of text: String, file: String) throws(DocumentProblem) -> Node {
        let root: Node?
        do {
            root = try compose(yaml: text)
        } catch {
            throw problem(error, file: file)
        }
        guard let root else { throw DocumentProblem(file: file, line: 1, cause: .empty) }
        return root
    }

    init(
        _ node: Node, from source: RulesSource = .draft, file: String, name: String = ""
    ) throws(DocumentProblem) {
        self.source = source
        self.file = file
        self.name = name
        line = node.mark?.line ?? 0
        guard let mapping = node.mapping else {
            throw DocumentProblem(file: file, line: line, cause: .noKeys)
        }
        for (key, value) in mapping {
            guard let word = key.scalar?.string, rest.updateValue(value, forKey: word) == nil else {
                throw DocumentProblem(file: file, line: key.mark?.line ?? line, cause: .keyTwice)
            }
        }
    }

    func has(_ key: String) -> Bool { rest[key] != nil }

    mutating func optionalNode(_ key: String) -> Node? { rest.removeValue(forKey: key) }

    mutating func node(_ key: String) throws(DocumentProblem) -> Node {
        guard let node = optionalNode(key) else {
            throw DocumentProblem(file: file, line: line, cause: .missing(path(key)))
        }
        return node
    }

    /// A section without keys, in place of one that came later.
    private init(missing name: String, in other: RulesReader) {
        (source, file, self.name, line) = (other.source, other.file, name, other.line)
    }

    mutating func section<Value>(
        _ key: String, _ read: (inout RulesReader) throws(DocumentProblem) -> Value
    ) throws(DocumentProblem) -> Value {
        var reader = RulesReader(missing: path(key), in: self)
        if has(key) || source == .draft {
            reader = try RulesReader(try node(key), from: source, file: file, name: path(key))
        }
        let value = try read(&reader)
        try reader.finish()
        return value
    }

    mutating func optionalSection<Value>(
        _ key: String, _ read: (inout RulesReader) throws(DocumentProblem) -> Value
    ) throws(DocumentProblem) -> Value? {
        rest[key] == nil ? nil : try section(key, read)
    }

    mutating func list<Value>(
        _ key: String, _ read: (inout RulesReader) throws(DocumentProblem) -> Value
    ) throws(DocumentProblem) -> [Value] {
        var values: [Value] = []
        for element in try elements(of: try node(key), key) {
            var reader = try RulesReader(element, from: source, file: file, name: path(key))
            values.append(try read(&reader))
            try reader.finish()
        }
        return values
    }

    /// A scalar that represents a value of its type, such as `P7D` for a period.
    mutating func value<Value>(
        _ key: String, _ parse: (String) -> Value?, expected: DocumentProblem.Expected
    ) throws(DocumentProblem) -> Value {
        try value(of: try node(key), key, parse, expected: expected)
    }

    mutating func values<Value>(
        _ key: String, _ parse: (String) -> Value?, expected: DocumentProblem.Expected
    ) throws(DocumentProblem) -> [Value] {
        try values(of: try node(key), key, parse, expected: expected)
    }

    func values<Value>(
        of node: Node, _ key: String, _ parse: (String) -> Value?, expected: DocumentProblem.Expected
    ) throws(DocumentProblem) -> [Value] {
        var values: [Value] = []
        for element in try elements(of: node, key) {
            values.append(try value(of: element, key, parse, expected: expected))
        }
        return values
    }

    func elements(of node: Node, _ key: String) throws(DocumentProblem) -> [Node] {
        guard let sequence = node.sequence else { throw problem(node, .notAList(path(key))) }
        return Array(sequence)
    }

    /// Refuses the keys of a draft that were not read.
    func finish() throws(DocumentProblem) {
        guard source == .draft,
            let (key, node) = rest.min(by: { ($0.value.mark?.line ?? 0) < ($1.value.mark?.line ?? 0) })
        else {
            return
        }
        throw problem(node, .unknown(path(key)))
    }

    private func value<Value>(
        of node: Node, _ key: String, _ parse: (String) -> Value?, expected: DocumentProblem.Expected
    ) throws(DocumentProblem) -> Value {
        guard let word = node.scalar?.string, let value = parse(word) else {
            throw problem(node, .mustBe(path(key), expected))
        }
        return value
    }

    private func problem(_ node: Node, _ cause: DocumentProblem.Cause) -> DocumentProblem {
        DocumentProblem(file: file, line: node.mark?.line ?? line, cause: cause)
    }

    private func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

    private static func problem(_ error: any Error, file: String) -> DocumentProblem {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            DocumentProblem(file: file, line: mark.line, cause: .notYAML(problem))
        case YamlError.duplicatedKeysInMapping(_, let context):
            DocumentProblem(file: file, line: context.mark.line, cause: .keyTwice)
        default: DocumentProblem(file: file, line: 1, cause: .notYAML("it cannot be read"))
        }
    }
}
