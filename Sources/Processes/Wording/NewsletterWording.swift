package import Events

/// The question about the newsletter as it is asked to members; an answer is recorded with the hash of it (P-15.2).
package enum NewsletterWording {
    package static let question = "Vill du ha vårt nyhetsbrev med e-post?"
    package static let hint = "Det kan innehålla en annons ibland. Utan svar skickar vi inget nyhetsbrev."
    package static let hash = TextHash(of: question + "\n" + hint)
}

/// What a reader says no to by the link in a newsletter; the answer is recorded with the hash of it.
package enum UnsubscribeWording {
    package static let words = "Tryck på knappen, så får du inte längre vårt nyhetsbrev."
    package static let hash = TextHash(of: words)
}
