package import Events

extension PostBody {
    /// The text for the edit form. `PostDraft.parse(_:revising:…)` gives the same body back.
    ///
    /// A mentioned member without a username becomes `@{2}`: a reference to this body's second mention that reveals nothing about her.
    package func editable(username: (MemberID) -> String?) -> String {
        var text = ""
        stored.scanPlaceholders {
            text += $0
        } placeholder: { placeholder, _ in
            switch placeholder {
            case .mention(let index):
                guard mentions.indices.contains(index) else { return }
                text += "@" + (username(mentions[index]) ?? "{\(index + 1)}")
            case .quote(let index):
                guard quotes.indices.contains(index) else { return }
                text += quotes[index].marker
            }
        }
        return text
    }
}
