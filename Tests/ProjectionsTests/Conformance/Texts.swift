@testable import Accounts
@testable import Events

/// Later versions of the first policy.
enum Texts {
    static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .epoch }

    /// A major version with the same rules, except for the replacements.
    static func policy(_ version: String, _ replacements: (String, String)...) throws -> PolicyDocument {
        let first = try PolicyDocument.first()
        var rules = first.rules.json.replacing("\"version\":\"2019-08-18\"", with: "\"version\":\"\(version)\"")
        for (old, new) in replacements { rules = rules.replacing(old, with: new) }
        return try PolicyDocument(text: first.text.markdown, rules: rules)
    }
}
