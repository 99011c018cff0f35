@testable import Accounts
@testable import Events

/// Further versions of the first policy.
enum Texts {
    static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .epoch }

    /// A major version with the same rules but for what is replaced.
    static func policy(_ version: String, _ replacements: (String, String)...) throws -> PolicyDocument {
        let first = try PolicyDocument.first()
        var rules = first.rules.json.replacing("\"version\":\"2019-08-18\"", with: "\"version\":\"\(version)\"")
        for (old, new) in replacements { rules = rules.replacing(old, with: new) }
        return try PolicyDocument(text: first.text.markdown, rules: rules)
    }
}
