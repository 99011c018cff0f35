import Accounts
import Events
import HTML
import Processes
import SiteMap

/// `/installningar`: every item of data about the reader, and the controls over it (P-12.3).
struct SettingsPage: HTMLPage {
    let change: SettingsChange?
    /// The id of the section that is open.
    let shown: String?
    let own: OwnData
    let visibility: VisibilitySection
    let consents: ConsentsSection
    let sessions: SessionsSection
    let further: [SettingsSection]

    var title: String { "Inställningar" }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Allt vi har om dig, varifrån det kommer och vad du kan göra med det.")
        if let change { html.notice(change.words, .success) }
        section("uppgifter", "Dina uppgifter", "namn, adress, ålder och allt annat", into: &html) { html in
            html.facts { html in for datum in own.all { html.fact(datum) } }
        }
        section("synlighet", "Vad andra medlemmar ser", "välj vad du visar", into: &html) {
            visibility.write(into: &$0)
        }
        section("samtycken", "Samtycken och godkända texter", "se dem och ta tillbaka dem", into: &html) {
            consents.write(into: &$0)
        }
        section("inloggningar", "Inloggningar", "var du är inloggad, och kända enheter", into: &html) {
            sessions.write(into: &$0)
        }
        for part in further { section(part.id, part.heading, nil, into: &html, part.write) }
        section("tittat", "Vem som har tittat på dina uppgifter", "varje gång, med skäl", into: &html) {
            views(into: &$0)
        }
        section("rattelser", "Rättelser", "det som vi ändrar åt dig", into: &html) { corrections(into: &$0) }
        section("kontot", "Kontot", "registerutdrag, rättigheter och att sluta", into: &html) { account(into: &$0) }
    }

    /// One section, folded so that the page is short; the one that a link or a change is about is open.
    private func section(
        _ id: String, _ heading: String, _ meaning: String?, into html: inout HTMLWriter,
        _ content: (inout HTMLWriter) -> Void
    ) {
        html.element(.details, class: "fold", id == shown ? .open : nil) { html in
            html.element(.summary) { html in
                html.h2(heading, id: id)
                guard let meaning else { return }
                html.text(" ")
                html.span(meaning, class: "meta")
            }
            content(&html)
        }
    }

    private func views(into html: inout HTMLWriter) {
        html.p(
            "Varje gång någon ur administrationen öppnar dina uppgifter, eller visar ditt personnummer, antecknas det först. Numret är annars dolt även för dem."
        )
        guard !own.views.isEmpty else { return html.p("Ingen har öppnat dina uppgifter.", class: "muted") }
        html.table(
            "Visningar av dina uppgifter", [Column("När"), Column("Roll"), Column("Skäl"), Column("Anteckning")],
            rows: own.views
        ) { entry, column, html in
            switch column {
            case 0: html.exactTime(entry.at)
            case 1: html.text(RoleWords.name(of: entry.role).firstUpper)
            case 2: html.text(entry.reason)
            default: html.text(entry.note.map { $0.value.value?.text ?? "Raderad" } ?? "")
            }
        }
    }

    private func corrections(into html: inout HTMLWriter) {
        html.p("Namn, personnummer och kön ändrar vi åt dig, när vi har jämfört med en handling som du visar oss.")
        if !own.corrections.isEmpty {
            html.facts { html in for correction in own.corrections { html.fact(correction) } }
        }
        html.actions { $0.buttonLink("Begär rättelse", to: .requestCorrection(), secondary: true) }
    }

    private func account(into html: inout HTMLWriter) {
        html.element(.ul) { html in
            let places: [(String, SiteLink, String)] = [
                ("Registerutdrag", .accessReport, "allt vi har om dig, att läsa och ladda ner"),
                ("Mina rättigheter", .rights, "vad du kan begära av oss"),
                ("Sajtinställningar", .mailPreferences, "vilka mejl du vill ha"),
                ("Mitt konto är kapat", .reportCompromise, "logga ut alla och spärra lösenordet"),
                ("Avsluta konto", .closeAccount, "se vad som händer innan du bestämmer dig"),
            ]
            for (label, page, meaning) in places {
                html.li { html in
                    html.link(label, to: page)
                    html.text(" – \(meaning)")
                }
            }
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func fact(_ datum: PersonalDatum) {
        if let action = datum.action {
            fact(datum.label) {
                $0.write(datum)
            } action: { html in
                html.link(to: action.page, class: "link") { html in
                    html.text(action.label)
                    html.visuallyHidden(": \(datum.label.lowercased())")
                }
            }
        } else {
            fact(datum.label) { $0.write(datum) }
        }
    }

    private mutating func write(_ datum: PersonalDatum) {
        switch datum.value {
        case .text(let value): text(value)
        case .masked(let dots):
            element(.span, .hidden, text: dots)
            visuallyHidden("Dolt")
        case .missing(let why): span(why, class: "muted")
        case .elsewhere(let value, let anchor): link(value, to: .settings(showing: anchor))
        }
        if let origin = datum.origin {
            span("\(origin.source.swedish) \(RelativeTime(origin.at, now: origin.at).exact)", class: "meta")
        }
        if let note = datum.note { span(note, class: "meta") }
    }
}

extension OwnRecord.Source {
    fileprivate var swedish: String {
        switch self {
        case .registration: "Angavs av dig vid registreringen"
        case .oneself: "Angavs av dig"
        case .correction: "Rättades av administrationen på din begäran"
        case .administration: "Angavs av administrationen"
        }
    }
}
