/// The buttons of a form in which a post is written.
enum WritingAction: String {
    case send, preview
    /// Keeps the text as a draft, or throws the draft away.
    case save = "spara-utkast"
    case discard = "slang-utkast"
}
