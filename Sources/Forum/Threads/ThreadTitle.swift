package import Events

/// The title of a thread: one line.
package struct ThreadTitle: Hashable, Sendable {
    package static let lengths = 3...120
    package let text: String

    package enum Problem: Error, Hashable, Sendable {
        case tooShort, tooLong, containsNUL
    }

    package init(_ typed: String) throws(Problem) {
        guard let line = TypedText.singleLine(typed) else { throw .containsNUL }
        let count = line.unicodeScalars.count
        guard count >= ThreadTitle.lengths.lowerBound, TypedText.isVisible(line) else { throw .tooShort }
        guard count <= ThreadTitle.lengths.upperBound else { throw .tooLong }
        text = line
    }

    package init(recorded text: String) { self.text = text }

    /// The readable last part of the thread's URL; nil when the title has no letter or digit.
    package var slug: Slug? { Slug(madeFrom: text) }
}

extension ThreadTitle: CustomStringConvertible {
    /// Omits the text: it must not reach a log line by interpolation.
    package var description: String { "thread title" }
}

extension ThreadTitle: SealedText {
    package static let field = PersonalField.threadTitle
    package var recorded: String { text }
}
