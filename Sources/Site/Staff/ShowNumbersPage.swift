import Accounts
import Events
import HTML
import Processes
import SiteMap

/// Asks for a reason before personal identity numbers that are masked are shown to staff; it is recorded first (P-12.3).
struct ShowNumbersPage: HTMLPage {
    static let reason: FieldName = "skal"
    static let note: FieldName = "anteckning"

    enum Proof: Sendable {
        /// For numbers that somebody has written in a text.
        case reason
        /// For registered numbers.
        case password(asksForCode: Bool)
    }

    let address: SiteLink
    /// The page on which the numbers are masked.
    let back: Breadcrumb
    var staffTab: SiteLink?
    let proof: Proof
    /// Why a message must be opened again, where the numbers are in one.
    var opening: [(value: String, label: String)] = []
    var form = Form()

    var title: String { "Visa personnummer" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([back])
        html.pageHead(
            title,
            lead:
                "Numret är dolt även för administrationen. Vem som visade det, när, i vilken roll och varför antecknas, och den det gäller kan se allt utom vem."
        )
        html.form(post: address, form) { html in
            html.select(
                ShowNumbersPage.reason, "Varför behöver du se numret?", in: form, options: NumberWords.options,
                prompt: "Välj ett skäl")
            if !opening.isEmpty {
                html.select(
                    ShowNumbersPage.opening, "Varför läser du meddelandet igen?", in: form, options: opening,
                    prompt: "Välj ett skäl", hint: "De som är med i samtalet ser när och varför.")
            }
            if case .password(let asksForCode) = proof {
                html.field(
                    ShowNumbersPage.note, "Anteckning", in: form,
                    hint: "Till exempel ärendets nummer. Skriv inga personuppgifter.", optional: true,
                    maxLength: ViewingNote.longest)
                html.presentPassword(in: form)
                html.secondFactor(in: form, isAsked: asksForCode)
            }
            html.actions { html in
                html.submit("Visa")
                html.link("Avbryt", to: back.page, class: "link")
            }
        }
    }

    static let opening: FieldName = "las-skal"

    /// The reason, or nil with a message at the field.
    mutating func chosenReason() -> NumberReason? {
        form.require(ShowNumbersPage.reason, "Välj varför du behöver se numret.", of: NumberReason.self)
    }
}

/// The numbers in full, only in the answer to the request that recorded the showing.
struct ShownNumbersPage: HTMLPage {
    let back: Breadcrumb
    var staffTab: SiteLink?
    var facts: [(label: String, value: String)] = []
    var texts: [HiddenText] = []

    var title: String { "Personnummer" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([back])
        html.pageHead(title, lead: "Att du har sett numren är antecknat. De visas bara nu.")
        if !facts.isEmpty { html.facts { html in for (label, value) in facts { html.fact(label, value) } } }
        for text in texts {
            html.h2(text.heading)
            html.typed(text.words)
        }
        html.actions { $0.buttonLink("Tillbaka", to: back.page, secondary: true) }
    }
}

/// A text that staff read with the numbers in it masked.
struct HiddenText: Hashable, Sendable {
    let heading: String
    let words: String
    /// The member who wrote it; nil for a visitor, and for what staff wrote.
    var writer: MemberID?
}

extension [HiddenText] {
    /// Those in which something is masked.
    func masked(today: CalendarDate) -> [HiddenText] {
        filter { MaskedText($0.words, today: today).holdsNumber }
    }
}

extension HTMLWriter {
    /// A text as staff read it, with a link to the page that shows what is masked.
    mutating func masked(_ text: MaskedText, shownAt page: SiteLink) {
        typed(text.text)
        numberLink(text, to: page)
    }

    /// A fact whose value staff read with the numbers masked.
    mutating func fact(_ term: String, _ text: MaskedText, shownAt page: SiteLink) {
        fact(term) { html in
            html.text(text.text)
            html.numberLink(text, to: page)
        }
    }

    private mutating func numberLink(_ text: MaskedText, to page: SiteLink) {
        guard text.holdsNumber else { return }
        p(class: "muted") { html in
            html.text("Det står ett personnummer här. ")
            html.link("Visa det", to: page)
            html.text(", med ett skäl som antecknas.")
        }
    }
}
