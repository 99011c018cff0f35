import Events

/// The Message-ID of a mail from outside, which an answer repeats so that mail programs show the two together (RFC 5322, 3.6.4).
package struct ReceivedMailID: Hashable, Sendable {
    /// Without the angle brackets.
    package let text: String

    /// Nil for what cannot stand in a header field.
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

/// Never shown by accident: it may hold a name.
extension ReceivedMailID: CustomStringConvertible, CustomReflectable {
    package var description: String { "(ReceivedMailID)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension ReceivedMailID: SealedElement {
    package init?(recorded text: String) { self.init(text) }
    package var recorded: String { text }
}
