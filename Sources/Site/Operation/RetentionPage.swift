import Events
import HTML
import Processes
import SiteMap

/// `/admin/gallring`: whether data are erased by their retention limits.
struct RetentionPage: HTMLPage {
    let overview: RetentionOverview

    var title: String { "Gallring" }

    var staffTab: SiteLink? { .staffRetention }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Hur länge uppgifter sparas enligt gällande policy, och hur gamla de äldsta är.")
        let overdue = overview.lines.filter(\.isOverdue)
        if !overdue.isEmpty {
            html.notice(
                "Ligger kvar längre än policyn säger: \(overdue.map(\.kind.title).joined(separator: ", ")).", .error)
        }
        let columns = [
            Column("Uppgifter"), Column("Sparas"), Column("Räknas från"), Column("Äldsta"), Column("Läge"),
        ]
        html.table("Gallring", columns, rows: overview.lines) { line, column, html in
            switch column {
            case 0: html.text(line.kind.title)
            case 1: html.text(line.limit.swedishInFigures)
            case 2: html.text(line.kind.since)
            case 3: if let oldest = line.oldest { html.exactTime(oldest) } else { html.text("Inga") }
            default: html.text(line.isOverdue ? "Över gränsen" : "Inom gränsen")
            }
        }
    }
}
