/// What somebody types where a second factor is asked for: a code of the app, or a recovery code.
package enum EnteredCode: Hashable, Sendable, Discreet {
    case app([UInt8])
    case recovery([UInt8])

    package static let digits = 6

    /// Spaces and hyphens are left out, and letters that look like digits are read as such. Nil for what is neither kind.
    package init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        let typed = text.unicodeScalars.filter {
            !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
                && !EnteredCode.dashes.contains($0)
        }
        let characters = typed.map { Character($0) }
        if characters.count == EnteredCode.digits, characters.allSatisfy({ ("0"..."9").contains($0) }) {
            self = .app(Array(String(characters).utf8))
            return
        }
        let read = String(characters).lowercased().map { EnteredCode.lookalikes[$0] ?? $0 }
        guard read.count == RecoveryCodes.length, read.allSatisfy(RecoveryCodes.alphabet.contains) else { return nil }
        self = .recovery(Array(String(read).utf8))
    }

    private static let dashes: Set<Unicode.Scalar> = ["-", "‐", "‑", "–", "—", "−"]
    private static let lookalikes: [Character: Character] = ["o": "0", "i": "1", "l": "1"]
}
