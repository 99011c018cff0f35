/// The reason for erasing a single text or case. A code and no free text, because it stays in the log for ever.
package enum TextErasureReason: String, ClosedCode, CaseIterable {
    case personalData = "personal-data"
    case unlawful
    /// A court or an authority has ordered it.
    case authority
    case authorsRequest = "authors-request"
}
