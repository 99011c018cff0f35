/// The reason for erasing a single text or case. A code and no free text, because it stays in the log for ever.
package enum TextErasureReason: String, ClosedCode, CaseIterable {
    case personalData = "personal-data"
    case unlawful
    /// A court or an authority has ordered it.
    case authority
    case authorsRequest = "authors-request"
    /// Of a case that asks nothing: advertising, or a form filled in by a program.
    case spam

    /// The reasons for which a post, a title or a message is erased. Spam there is removed instead, so that its author can appeal.
    package static let ofTexts: [TextErasureReason] = [.personalData, .unlawful, .authority, .authorsRequest]
    package static let ofCases = allCases
}
