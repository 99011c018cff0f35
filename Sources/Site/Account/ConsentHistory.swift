import Accounts
import Events
import HTML
import Processes
import SiteMap

/// Each answer with version, time, channel and the wording shown: for the member, and for staff who have given a reason (P-01.1).
struct ConsentHistory: Sendable {
    let ledger: ConsentLedger
    let wordings: WordingArchive

    func write(into html: inout HTMLWriter) {
        guard !ledger.entries.isEmpty else { return html.p("Inga svar än.") }
        let columns = [Column("Fråga"), Column("Svar"), Column("När"), Column("Hur"), Column("Så löd frågan")]
        html.table("Svar och godkännanden", columns, rows: ledger.entries.reversed()) { entry, column, html in
            switch column {
            case 0: matter(entry, into: &html)
            case 1: html.text(entry.answer)
            case 2: html.exactTime(entry.at)
            case 3: html.text(wordings.way(of: entry))
            default: question(entry, into: &html)
            }
        }
    }

    private func matter(_ entry: ConsentLedger.Entry, into html: inout HTMLWriter) {
        switch entry.matter {
        case .policy(let version): text("Integritetspolicyn", version, .policy, entry, into: &html)
        case .terms(let version): text("Medlemsvillkoren", version, .terms, entry, into: &html)
        case .consent(let purpose): html.text(purpose.swedish)
        case .newsletter: html.text("Nyhetsbrev")
        }
    }

    private func text(
        _ name: String, _ version: CalendarDate, _ kind: TextKind, _ entry: ConsentLedger.Entry,
        into html: inout HTMLWriter
    ) {
        html.text("\(name), ")
        html.link("versionen av den \(SwedishDate.long(version))", to: kind.page(version))
        if let hash = entry.text { html.p("Textens kontrollsumma: \(hash)", class: "small hash") }
    }

    private func question(_ entry: ConsentLedger.Entry, into html: inout HTMLWriter) {
        guard let form = entry.form else { return html.text("Ingen fråga ställdes") }
        html.text(wordings.text(of: entry) ?? "Formuleringen finns inte kvar här, bara dess kontrollsumma.")
        html.p("Kontrollsumma: \(form)", class: "small hash")
    }
}

extension ConsentLedger.Entry {
    fileprivate var answer: String {
        switch matter {
        case .policy, .terms: "Godkänd"
        case .consent: isYes ? "Ja" : "Tillbakadraget"
        case .newsletter: isYes ? "Ja" : "Nej"
        }
    }
}
