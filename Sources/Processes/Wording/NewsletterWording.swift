package import Events

/// The question about the newsletter that members are asked; an answer is recorded with its hash (P-15.2).
package enum NewsletterWording {
    package static let question = "Vill du ha vårt nyhetsbrev med e-post?"
    package static let hint = "Det kan innehålla en annons ibland. Utan svar skickar vi inget nyhetsbrev."
    package static let hash = TextHash(of: question + "\n" + hint)
}

/// The text to which a reader says no through the link in a newsletter; the answer is recorded with its hash.
package enum UnsubscribeWording {
    package static let words = "Tryck på knappen, så får du inte längre vårt nyhetsbrev."
    package static let hash = TextHash(of: words)
}
