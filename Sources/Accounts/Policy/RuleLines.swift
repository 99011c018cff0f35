import Yams

/// The position of each rule: its path, such as `retention.closedAccount`, with its line and its value as canonical JSON.
struct RuleLines {
    private var rules: [String: (line: Int, json: String)] = [:]

    init(_ text: String, file: String) throws(DocumentProblem) {
        try note(RulesReader.root(of: text, file: file), at: "", file: file)
    }

    private mutating func note(_ node: Node, at path: String, file: String) throws(DocumentProblem) {
        guard let mapping = node.mapping else { return }
        for (key, value) in mapping {
            guard let word = key.scalar?.string else { continue }
            let place = path.isEmpty ? word : "\(path).\(word)"
            rules[place] = (key.mark?.line ?? 1, try CanonicalRules.json(value, file: file))
            try note(value, at: place, file: file)
        }
    }

    /// For a missing rule: the line of the section it would belong to, or the first line.
    func line(of path: String) -> Int {
        if let rule = rules[path] { return rule.line }
        let section = path.split(separator: ".").dropLast().joined(separator: ".")
        return section.isEmpty ? 1 : line(of: section)
    }

    func json(of path: String) -> String? { rules[path]?.json }

    /// Every rule without rules below it, ordered by path.
    var leaves: [String] {
        rules.keys.filter { path in !rules.keys.contains { $0.hasPrefix(path + ".") } }.sorted()
    }

    /// The paths of the rules in a section.
    func paths(below section: String) -> [String] { rules.keys.filter { $0.hasPrefix(section + ".") }.sorted() }
}
