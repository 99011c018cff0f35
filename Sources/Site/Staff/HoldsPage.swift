import Accounts
import Events
import HTML
import SiteMap
import Web

/// `/revision/bevaranden`: the holds and proposals that no timeline shows yet, for the two roles that may know of them.
struct HoldsPage: HTMLPage {
    struct Row: Sendable {
        let id: MemberID
        let name: String?
        let since: Instant
        let order: HoldOrder
        /// Whether it waits for a second administrator.
        let isProposal: Bool
    }

    let rows: [Row]
    let isAdministrator: Bool

    var title: String { "Bevaranden" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .holds)
        html.pageHead(
            title,
            lead:
                "Uppgifter som inte får raderas för en utredning. De står inte i granskningsloggen förrän de har hävts."
        )
        guard !rows.isEmpty else {
            html.emptyState("Inget bevaras", "Inga uppgifter är undantagna från radering.")
            return
        }
        html.table(
            "Bevaranden",
            [Column("Medlem"), Column("Läge"), Column("Sedan"), Column("Till och med"), Column("Hemligt")], rows: rows
        ) { row, column, html in
            switch column {
            case 0:
                let name = row.name ?? "Tidigare medlem"
                if isAdministrator { html.link(name, to: .staffHold(row.id)) } else { html.text(name) }
            case 1: html.text(row.isProposal ? "Väntar på godkännande" : "Bevaras")
            case 2: html.exactTime(row.since)
            case 3: if let day = row.order.lastDay { html.date(day) } else { html.text("–") }
            default: html.text(row.order.isSecret ? "Ja" : "Nej")
            }
        }
    }
}
