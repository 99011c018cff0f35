/// The result of one check by `doctor`.
package struct Examination: Hashable, Sendable {
    package enum Verdict: String, Sendable {
        case ok
        /// Needs attention before it becomes a loss.
        case warning
        case wrong = "WRONG"
    }

    package let name: String
    package let verdict: Verdict
    /// What was found, without personal data, and what to do about it.
    package let words: String

    package init(_ name: String, _ verdict: Verdict, _ words: String) {
        self.name = name
        self.verdict = verdict
        self.words = words
    }

    /// Runs a check; an error in it is a finding too.
    package static func of(_ name: String, _ look: () throws -> Examination) -> Examination {
        do {
            return try look()
        } catch {
            return Examination(name, .wrong, "\(error)")
        }
    }
}
