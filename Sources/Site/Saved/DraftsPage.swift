import Events
import HTML
import Processes
import SiteMap

/// `/utkast`
struct DraftsPage: HTMLPage {
    struct Entry: Sendable {
        let draft: Draft
        /// What it is for, and the page of its form; nil when it can no longer be sent there.
        let form: (words: String, page: SiteLink)?
    }

    /// In characters.
    private static let longestExcerpt = 240

    let entries: [Entry]
    let keptFor: Period

    var title: String { "Utkast" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Det du har skrivit utan att skicka. Bara du ser det. Ett utkast raderas när du skickar det, eller \(keptFor.swedish) efter att du ändrade det senast.",
            class: "lead")
        guard !entries.isEmpty else {
            return html.emptyState(
                "Inga utkast", "Det du skriver i forumet och i meddelanden sparas här tills du skickar det."
            ) { $0.buttonLink("Till forumet", to: .forum) }
        }
        html.element(.ul, class: "draft-list") { html in
            for entry in entries { html.li { write(entry, into: &$0) } }
        }
    }

    private func write(_ entry: Entry, into html: inout HTMLWriter) {
        let text = entry.draft.text
        html.element(.h2, class: "title") { html in
            if let form = entry.form {
                html.link(form.words, to: form.page)
            } else {
                html.text("Går inte att skicka längre")
            }
        }
        html.p(entry.draft.words(at: html.now), class: "meta")
        if let title = text.title { html.p { $0.element(.strong, text: title) } }
        if let recipients = text.recipients { html.p("Till: \(recipients)", class: "meta") }
        if entry.form == nil {
            html.p("Platsen är borta, eller stängd för dig. Texten finns här att kopiera.", class: "meta")
            html.readOnlyText(text.text, label: "Utkastet")
        } else if !text.text.isEmpty {
            html.p(DraftsPage.excerpt(of: text.text))
        }
        html.actions { html in
            if let form = entry.form {
                html.link(to: form.page, class: "link") { html in
                    html.text("Fortsätt skriva")
                    html.visuallyHidden(": \(form.words)")
                }
            }
            let place = entry.draft.place
            html.button(
                "Ta bort", post: .removeDraft, .dangerousLink,
                with: [.draftKind: place.kind.rawValue, .draftPlace: place.id])
        }
    }

    private static func excerpt(of text: String) -> String {
        let line = text.prefix(longestExcerpt).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.count > longestExcerpt ? line + " …" : line
    }
}
