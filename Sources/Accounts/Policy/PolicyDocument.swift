package import Events
package import Foundation

/// One version of the privacy policy: its text, and the rules that the system follows while it is in force (P-00.1).
package struct PolicyDocument: Hashable, Sendable {
    package let text: ClausedText
    package let rules: PolicyRules
    /// Hash of the text as published, with placeholders such as `{{controller.name}}`.
    package let hash: TextHash

    package var version: CalendarDate { rules.version }
    package var change: DocumentChange { rules.change }

    package init(
        text: String, rules: String, from source: RulesSource = .draft, directory: String = ""
    ) throws(DocumentProblem) {
        self.text = try ClausedText(text, series: "P", file: directory + "policy.md")
        self.rules = try PolicyRules(rules, from: source, file: directory + "rules.yaml")
        hash = TextHash(of: text)
    }

    /// Reads `policy.md` and `rules.yaml`.
    package init(folder: URL) throws {
        try self.init(
            text: String(contentsOf: folder.appending(path: "policy.md"), encoding: .utf8),
            rules: String(contentsOf: folder.appending(path: "rules.yaml"), encoding: .utf8),
            directory: folder.path + "/")
    }

    /// The version that a new site begins with.
    package static func first() throws(DocumentProblem) -> PolicyDocument {
        try PolicyDocument(
            text: "\(Embedded.firstPolicyPolicyMd)", rules: "\(Embedded.firstPolicyRulesYaml)",
            directory: "first-policy/")
    }
}

/// One version of the member terms (P-01.1).
package struct TermsDocument: Hashable, Sendable {
    package let text: ClausedText
    /// The version's name, and the day from which it is in force.
    package let version: CalendarDate
    package let change: DocumentChange
    package let hash: TextHash

    init(text: String, version: CalendarDate, change: DocumentChange, file: String = "terms.md") throws(DocumentProblem)
    {
        self.text = try ClausedText(text, series: "T", file: file)
        self.version = version
        self.change = change
        hash = TextHash(of: text)
    }

    package init(text: String, rules: String, directory: String = "") throws(DocumentProblem) {
        let file = directory + "rules.yaml"
        var reader = try RulesReader(try RulesReader.root(of: rules, file: file), file: file)
        let version = try reader.date("version")
        let change: DocumentChange = try reader.code("change")
        try reader.finish()
        try self.init(text: text, version: version, change: change, file: directory + "terms.md")
    }

    /// Reads `terms.md` and `rules.yaml`.
    package init(folder: URL) throws {
        try self.init(
            text: String(contentsOf: folder.appending(path: "terms.md"), encoding: .utf8),
            rules: String(contentsOf: folder.appending(path: "rules.yaml"), encoding: .utf8),
            directory: folder.path + "/")
    }

    /// The version that a new site begins with.
    package static func first() throws(DocumentProblem) -> TermsDocument {
        try TermsDocument(
            text: "\(Embedded.firstTermsTermsMd)", rules: "\(Embedded.firstTermsRulesYaml)", directory: "first-terms/")
    }
}
