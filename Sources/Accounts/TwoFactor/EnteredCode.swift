import Events

/// The text typed where a second factor is asked for: a code of the app, or a recovery code.
package enum EnteredCode: Hashable, Sendable, Redacted {
    case app([UInt8])
    case recovery([UInt8])

    package static let digits = 6

    /// Ignores spaces and hyphens. Nil when the text has the form of neither kind.
    package init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        let typed = text.unicodeScalars.filter {
            !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
                && !EnteredCode.dashes.contains($0)
        }
        guard typed.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        let digits = typed.map { UInt8($0.value) }
        switch digits.count {
        case EnteredCode.digits: self = .app(digits)
        case RecoveryCodes.length: self = .recovery(digits)
        default: return nil
        }
    }

    private static let dashes: Set<Unicode.Scalar> = ["-", "‐", "‑", "–", "—", "−"]
}
