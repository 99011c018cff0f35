import Accounts
import Events
import Forum
import HTML
import Processes
import SiteMap

extension JudgedText {
    /// The reader to whom the text is shown.
    enum Viewer: Sendable {
        /// Sees personal identity numbers masked, with a link to the page that shows them.
        case staff(today: CalendarDate, numbers: SiteLink)
        case author
    }
}

extension HTMLWriter {
    /// A text that a case is about, with its author, place, state and versions.
    ///
    /// - Parameter wasRemoved: whether the case began with the removal, not with a report.
    mutating func judged(_ text: JudgedText, for viewer: JudgedText.Viewer, wasRemoved: Bool) {
        section { html in
            html.h2(text.heading(for: viewer))
            if let judged = text.judged {
                html.element(.figure, class: "quote judged") { html in
                    html.element(.figcaption) { html in
                        switch viewer {
                        case .staff: html.text("\(shownName(text.author)) skrev ")
                        case .author: html.text("Du skrev ")
                        }
                        html.exactTime(text.written)
                        html.place(of: text, for: viewer)
                    }
                    html.element(.blockquote) { $0.words(judged.words, for: viewer) }
                }
            } else {
                html.p("Texten är raderad för gott. Ingen kan läsa den, inte heller vi.", class: "gone")
            }
            html.p(class: "meta") { $0.state(of: text) }
            html.versions(text, for: viewer, wasRemoved: wasRemoved)
        }
    }

    private mutating func place(of text: JudgedText, for viewer: JudgedText.Viewer) {
        guard let thread = text.thread, case .post = text.kind else { return }
        self.text(" i ")
        link(thread.title.map { "”\(viewer.masked($0)?.text ?? $0)”" } ?? "en tråd utan rubrik", to: .thread(thread.id))
    }

    private mutating func state(of text: JudgedText) {
        let thing =
            switch text.kind {
            case .post: "Inlägget"
            case .title: "Rubriken"
            case .message: "Meddelandet"
            }
        switch text.state {
        case .visible:
            self.text("\(thing) finns kvar. ")
            switch text.kind {
            case .post(let id): link("Visa inlägget i tråden", to: .post(id))
            case .title: if let thread = text.thread { link("Visa tråden", to: .thread(thread.id)) }
            case .message: break
            }
        case .removed(let reason, let time):
            self.text("\(thing) togs bort av en moderator")
            if let time {
                self.text(" ")
                exactTime(time)
            }
            self.text(": \(reason.words). Bara de som prövar saken och den som skrev texten kan läsa den.")
        case .deleted: self.text("\(thing) är borttaget av den som skrev det.")
        case .erased: self.text("\(thing) är raderat för gott och kan inte återställas.")
        }
    }

    private mutating func versions(_ text: JudgedText, for viewer: JudgedText.Viewer, wasRemoved: Bool) {
        let moment = wasRemoved ? "togs bort" : "anmäldes"
        if !text.later.isEmpty {
            notice(
                "Ovan står texten som den var när den \(moment). Sedan dess har den ändrats, så här:", .warning)
            for version in text.later { write(version, for: viewer) }
        }
        guard !text.earlier.isEmpty else { return }
        element(.details) { html in
            html.element(
                .summary,
                text: "Så stod det tidigare (\(SwedishNumber.spelled(text.earlier.count, "en version", "versioner")))")
            for version in text.earlier { html.write(version, for: viewer) }
        }
    }

    private mutating func write(_ version: JudgedText.Version, for viewer: JudgedText.Viewer) {
        element(.figure, class: "quote judged") { html in
            html.element(.figcaption) { $0.exactTime(version.time) }
            html.element(.blockquote) { $0.words(version.words, for: viewer) }
        }
    }

    /// A text with a number in it is shown to staff without its formatting.
    private mutating func words(_ words: JudgedText.Words, for viewer: JudgedText.Viewer) {
        if case .staff(_, let page) = viewer, let masked = viewer.masked(words.plain), masked.holdsNumber {
            return self.masked(masked, shownAt: page)
        }
        switch words {
        case .post(let segments): self.segments(segments, linksMembers: true)
        case .title(let title): p(title)
        case .message(let text): message(text)
        }
    }
}

extension JudgedText.Viewer {
    /// Nil for the author, who sees what she wrote.
    fileprivate func masked(_ text: String) -> MaskedText? {
        switch self {
        case .staff(let today, _): MaskedText(text, today: today)
        case .author: nil
        }
    }
}

extension JudgedText {
    /// The heading that staff read.
    var staffHeading: String {
        switch kind {
        case .post: "Inlägget"
        case .title: "Rubriken"
        case .message: "Meddelandet"
        }
    }

    fileprivate func heading(for viewer: Viewer) -> String {
        switch (kind, viewer) {
        case (_, .staff): staffHeading
        case (.post, .author): "Ditt inlägg"
        case (.title, .author): "Din rubrik"
        case (.message, .author): "Ditt meddelande"
        }
    }
}
