package import Events

/// What a private message says: plain text in which only addresses become links when it is shown.
package struct MessageText: Hashable, Sendable {
    /// In Unicode scalars.
    package static let mostCharacters = 10_000

    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case empty, tooLong, containsNUL
    }

    package init(_ typed: String) throws(Problem) {
        // Far beyond what trimming could bring within the limit: not worth the work.
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
    /// Never the text: it must not reach a log line by interpolation.
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
