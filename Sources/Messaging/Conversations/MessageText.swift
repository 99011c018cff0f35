package import Events

/// The text of a private message: plain text, in which only web addresses become links when shown.
package struct MessageText: Hashable, Sendable {
    /// In Unicode scalars.
    package static let mostCharacters = 10_000

    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case empty, tooLong, containsNUL
    }

    package init(_ typed: String) throws(Problem) {
        // Rejected early: no trimming could bring it within the limit.
        guard typed.utf8.count <= MessageText.mostCharacters * 16 else { throw .tooLong }
        guard let clean = TypedText.lines(typed) else { throw .containsNUL }
        let trimmed = clean.split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmingEnd)
            .joined(separator: "\n")
        guard TypedText.isVisible(trimmed) else { throw .empty }
        guard trimmed.unicodeScalars.count <= MessageText.mostCharacters else { throw .tooLong }
        text = trimmed
    }

    package init(recorded text: String) { self.text = text }
}

extension MessageText: CustomStringConvertible {
    /// Does not contain the text, which must not reach a log line by interpolation.
    package var description: String { "private message" }
}

extension MessageText: SealedText {
    package static let field = PersonalField.messageText
    package var recorded: String { text }
}

extension Substring {
    fileprivate var trimmingEnd: Substring {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return self[...last]
    }
}
