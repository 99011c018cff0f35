import Events

/// The facts about the text in a mail about a decision: which text, where it was, and what led to the decision (DSA Art. 17.3).
struct JudgedTextFacts: Sendable {
    enum Origin: Sendable {
        case report(at: Instant)
        case ownInitiative
    }

    /// Completes “Beslut om …”.
    let words: String
    let thread: String?
    let written: Instant?
    let place: SiteLink?
    let origin: Origin

    init(words: String, in thread: String?, written: Instant?, place: SiteLink?, origin: Origin) {
        self.words = words
        self.thread = thread
        self.written = written
        self.place = place
        self.origin = origin
    }

    var parts: [MailText.Part] {
        let day = written.map { " den \(MailText.moment($0))" } ?? ""
        let title = thread.map { " (”\($0)”)" } ?? ""
        let cause =
            switch origin {
            case .report(at: let time): "Vi prövade saken för att någon anmälde det den \(MailText.moment(time))."
            case .ownInitiative: "Vi prövade saken på eget initiativ. Ingen hade anmält det."
            }
        let facts = MailText.Part.text("Det gäller \(words)\(day)\(title). \(cause)")
        return [facts] + (place.map { [.link("Se var texten står eller stod", to: $0)] } ?? [])
    }
}
