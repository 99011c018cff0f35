/// Why one text alone, or one case, is made unreadable for good. A code and no words: it stands in the log for ever.
package enum TextErasureReason: String, ClosedCode, CaseIterable {
    case personalData = "personal-data"
    case unlawful
    /// A court or an authority has ordered it.
    case authority
    case authorsRequest = "authors-request"
}
