import Events

/// The Message-ID of a received mail, which an answer names so that mail programs thread the two (RFC 5322, 3.6.4).
package struct ReceivedMailID: Hashable, Sendable {
    /// Without the angle brackets.
    package let text: String

    /// Nil if the id cannot be used in a header field.
    /// - Parameter text: with or without the angle brackets.
    package init?(_ text: String) {
        let bare = text.filter { !$0.isWhitespace }.drop { $0 == "<" }
        let id = bare.hasSuffix(">") ? bare.dropLast() : bare
        guard (3...250).contains(id.utf8.count), id.contains("@"),
            id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>".utf8.contains($0) })
        else { return nil }
        self.text = String(id)
    }

    var bracketed: String { "<\(text)>" }
}

/// Redacted, since it may contain a name.
extension ReceivedMailID: CustomStringConvertible, CustomReflectable {
    package var description: String { "(ReceivedMailID)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension ReceivedMailID: SealedElement {
    package init?(recorded text: String) { self.init(text) }
    package var recorded: String { text }
}
