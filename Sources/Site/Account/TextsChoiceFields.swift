import Accounts
import Events
import HTML
import Processes

/// The choice of what becomes of posts and messages, asked when closing and until the account is erased (P-16.1).
struct TextsChoiceFields: Sendable {
    static let posts: FieldName = "inlagg"
    static let messages: FieldName = "meddelanden"
    static let erased: FieldName = "radera"
    static let others: FieldName = "ovriga"

    let texts: OwnTexts
    let purge: Instant
    /// The subjects whose checkboxes are ticked.
    let chosen: Set<String>
    let withOthers: Bool

    /// The initial choice: everything found is proposed for erasure.
    init(proposing texts: OwnTexts, purge: Instant) {
        self.init(texts, purge: purge, chosen: Set(texts.findings.map(\.subject.description)), withOthers: true)
    }

    /// The choice saved with the closing.
    init(_ texts: OwnTexts, purge: Instant, in closing: Closing) {
        // What is proposed for a kind that is to be erased anyway is proposed again when the choice changes.
        let isErased = { (subject: Subject) in
            (subject.kind == .message ? closing.texts.messages : closing.texts.posts) == .erase
        }
        let proposed = texts.findings.map(\.subject).filter(isErased)
        let chosen = Set((closing.marked + proposed).map(\.description))
        self.init(
            texts, purge: purge, chosen: chosen,
            withOthers: texts.others.allSatisfy { chosen.contains($0.subject.description) })
    }

    /// The choice as just sent.
    init(_ texts: OwnTexts, purge: Instant, sent form: Form) {
        self.init(
            texts, purge: purge, chosen: Set(form.list(TextsChoiceFields.erased)),
            withOthers: form.isChecked(TextsChoiceFields.others))
    }

    private init(_ texts: OwnTexts, purge: Instant, chosen: Set<String>, withOthers: Bool) {
        self.texts = texts
        self.purge = purge
        self.chosen = chosen
        self.withOthers = withOthers
    }

    /// The choices in a form as sent; nil when it is malformed. A form from before they were two has the first only.
    static func choices(in form: Form) -> TextsChoices? {
        guard let posts = form.choice(TextsChoiceFields.posts, of: TextsChoice.self) else { return nil }
        guard !form.typed(TextsChoiceFields.messages).isEmpty else {
            return TextsChoices(posts: posts, messages: posts)
        }
        let messages = form.choice(TextsChoiceFields.messages, of: TextsChoice.self)
        return messages.map { TextsChoices(posts: posts, messages: $0) }
    }

    static func form(_ choices: TextsChoices, idPrefix: String = "") -> Form {
        Form(
            [TextsChoiceFields.posts: choices.posts.rawValue, TextsChoiceFields.messages: choices.messages.rawValue],
            idPrefix: idPrefix)
    }

    /// The subjects chosen for erasure when the rest of their kind stays.
    func marked(with choices: TextsChoices) -> [Subject] {
        texts.marked(Array(chosen), withOthers: withOthers).filter {
            ($0.kind == .message ? choices.messages : choices.posts) == .anonymise
        }
    }

    func write(_ form: Form, into html: inout HTMLWriter) {
        let day = SwedishDate.long(purge.stockholmDate)
        html.radios(
            TextsChoiceFields.posts, "Vad ska hända med dina inlägg?", in: form,
            options: [
                (
                    TextsChoice.anonymise.rawValue, "De får stå kvar, utan namn",
                    "De står under ”Tidigare medlem”. Svar och diskussioner går fortfarande att följa."
                ),
                (
                    TextsChoice.erase.rawValue, "De ska raderas tillsammans med kontot",
                    "Inläggen och rubrikerna raderas den \(day). Det andra har skrivit blir kvar."
                ),
            ],
            hint: "Du behöver inte vara säker nu. Du kan ändra dig med länken i mejlet ända tills kontot raderas.")
        html.radios(
            TextsChoiceFields.messages, "Vad ska hända med dina privata meddelanden?", in: form,
            options: [
                (
                    TextsChoice.anonymise.rawValue, "De får stå kvar, utan namn",
                    "De som du har skrivit till kan fortfarande läsa dem, under ”Tidigare medlem”."
                ),
                (
                    TextsChoice.erase.rawValue, "De ska raderas tillsammans med kontot",
                    "Det du har skrivit raderas den \(day), också hos dem som du har skrivit till. Deras svar blir kvar."
                ),
            ],
            hint:
                "Det som du själv har tagit bort, eller som en moderator har tagit bort, raderas i vilket fall som helst."
        )
        guard !texts.findings.isEmpty else { return }
        list(form, into: &html)
    }

    private func list(_ form: Form, into html: inout HTMLWriter) {
        html.element(.fieldset, class: "field") { html in
            html.element(.legend, text: "Det här kan visa att det var du som skrev")
            html.p(
                "Vi hittade ditt namn, din e-postadress, ett telefonnummer eller ditt personnummer i \(SwedishNumber.spelled(texts.findings.count, "en text", "texter")). De som är ikryssade raderas även om resten får stå kvar. Kryssa ur dem som ska vara kvar.",
                class: "hint")
            for finding in texts.listed { box(finding, into: &html) }
            if !texts.others.isEmpty {
                html.check(TextsChoiceFields.others, value: "ja", isChecked: withOthers) { html in
                    html.text(
                        "\(SwedishNumber.spelled(texts.others.count, "en äldre text", "äldre texter").firstUpper) till")
                    html.span("De är för många för att visas en och en.", class: "hint")
                }
            }
            if texts.isPartial {
                html.p(
                    "Du har skrivit så mycket att vi bara har gått igenom de senaste \(SwedishNumber.grouped(OwnTexts.mostRead)) inläggen och meddelandena. Äldre inlägg kan du radera själv innan du avslutar kontot.",
                    class: "hint")
            }
        }
    }

    private func box(_ finding: OwnTexts.Finding, into html: inout HTMLWriter) {
        let subject = finding.subject.description
        html.check(TextsChoiceFields.erased, value: subject, isChecked: chosen.contains(subject)) { html in
            html.text(finding.excerpt)
            html.element(.span, class: "hint") { html in
                html.link(finding.label, to: finding.page)
                html.text(" den \(SwedishDate.long(finding.time.stockholmDate)). Innehåller \(words(finding.details)).")
            }
        }
    }

    private func words(_ details: Set<OwnDetails.Kind>) -> String {
        let words = OwnDetails.Kind.allCases.filter(details.contains).map { kind in
            switch kind {
            case .name: "ditt namn"
            case .email: "din e-postadress"
            case .phone: "ett telefonnummer"
            case .personalIdentityNumber: "ditt personnummer"
            }
        }
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " och " + last
    }
}
