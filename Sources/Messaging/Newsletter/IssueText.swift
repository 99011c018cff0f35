package import Events

/// The text of a newsletter issue: a subject of one line, and a body in Markdown. Sealed although it is published, so that it can be
/// erased.
package struct IssueText: Hashable, Sendable {
    package static let longestSubject = 120
    package static let longestBody = 50_000

    package let subject: String
    package let body: String

    package enum Problem: Error, Hashable, Sendable {
        case noSubject, subjectTooLong, noBody, bodyTooLong, containsNUL
    }

    /// - Throws: the first problem found.
    package static func parse(subject: String, body: String) throws(Problem) -> IssueText {
        guard let body = TypedText.lines(body), let subject = TypedText.singleLine(subject) else { throw .containsNUL }
        guard TypedText.isVisible(subject) else { throw .noSubject }
        guard subject.unicodeScalars.count <= longestSubject else { throw .subjectTooLong }
        guard TypedText.isVisible(body) else { throw .noBody }
        guard body.unicodeScalars.count <= longestBody else { throw .bodyTooLong }
        return IssueText(subject: subject, body: body)
    }
}

extension IssueText: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        body = try fields(.newsletterBody, \.body)
        subject = try fields(.newsletterSubject, \.subject)
    }
}
