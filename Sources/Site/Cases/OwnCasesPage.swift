import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/arenden`: a member's cases, the most recently changed first.
struct OwnCasesPage: HTMLPage {
    let rows: [(entry: CaseList.Entry, title: String, phase: String, due: Instant?)]

    var title: String { "Mina ärenden" }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Det du har frågat oss om eller bett oss om, och vad som har hänt.") {
            $0.buttonLink("Ny fråga", to: .contact)
        }
        guard !rows.isEmpty else {
            return html.emptyState("Inga ärenden", "Här samlas det du frågar oss om.") { html in
                html.buttonLink("Kontakta oss", to: .contact)
                html.link("Mina rättigheter", to: .rights, class: "link")
            }
        }
        html.table(
            "Mina ärenden",
            [Column("Ärende"), Column("Slag"), Column("Läge"), Column("Ändrat"), Column("Svar senast")],
            rows: rows
        ) { row, column, html in
            switch column {
            case 0: html.link(row.title, to: .ownCase(row.entry.id))
            case 1: html.text(row.entry.matter.swedish)
            case 2: html.text(row.phase)
            case 3: html.time(row.entry.changedAt)
            default: if let due = row.due { html.exactTime(due) } else { html.text("–") }
            }
        }
        html.p { html in
            html.text("Kommer du inte överens med en annan medlem? ")
            html.link("Be oss hjälpa till att lösa tvisten", to: .openDispute())
            html.text(".")
        }
    }
}
