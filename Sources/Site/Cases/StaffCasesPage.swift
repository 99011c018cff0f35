import Accounts
import Events
import HTML
import Messaging
import Processes
import Projections
import SiteMap

/// `/admin/arenden`: cases that wait for an answer, other open cases, and closed ones.
struct StaffCasesPage: HTMLPage {
    struct Row: Sendable {
        let entry: CaseList.Entry
        let due: Instant?
        /// The number of the policy's waiting-time limits that the case has passed.
        let warnings: Int
        let opener: String
        let assignee: String?
    }

    let filter: CaseFilter
    let rows: [Row]
    let paging: Paging
    let figure: AnswerFigure?
    /// The number of mails that could not be turned into a case.
    let unreadable: Int
    let stranded: Stranded
    let now: Instant

    var title: String { "Ärenden" }

    var staffTab: SiteLink? { .staffCases() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title, lead: "Frågor, tvister, anmälningar och begäranden. Det som ska besvaras först står överst.")
        if let figure { html.p(figure.words, class: "muted") }
        if unreadable > 0 {
            html.notice(
                unreadable == 1
                    ? "Ett mejl har inte blivit något ärende. Det är skrivet av ett program, som ett frånvarobesked eller en studs, eller för stort. Det ligger i mappen ”aside” i den inkommande brevlådan."
                    : "\(SwedishNumber.inWords(unreadable).firstUpper) mejl har inte blivit ärenden. De är skrivna av program, som frånvarobesked och studsar, eller för stora. De ligger i mappen ”aside” i den inkommande brevlådan.",
                .warning)
        }
        html.notice(of: stranded)
        html.subnav(
            "Vilka ärenden", CaseFilter.allCases.map { Breadcrumb($0.swedish, .staffCases(show: $0)) },
            current: .staffCases(show: filter))
        guard !rows.isEmpty else {
            return html.emptyState(
                filter == .closed ? "Inget är avslutat" : "Inget att göra",
                filter == .due ? "Alla frågor är besvarade." : "Här visas ärendena när de kommer.")
        }
        let columns = [
            Column("Svar senast"), Column("Ärende"), Column("Från"), Column("Läge"), Column("Tas om hand av"),
            Column("Ändrat"),
        ]
        html.table("Ärenden", columns, rows: rows) { row, column, html in
            switch column {
            case 0: writeDue(row, into: &html)
            case 1: html.link(row.words, to: .staffCase(row.entry.id))
            case 2: html.text(row.opener)
            case 3: html.text(row.entry.phase.swedish)
            case 4: html.text(row.assignee ?? "Ingen")
            default: html.time(row.entry.changedAt)
            }
        }
        html.pager(paging) { .staffCases(show: filter, page: $0) }
    }

    private func writeDue(_ row: Row, into html: inout HTMLWriter) {
        guard let due = row.due else { return html.text("–") }
        html.exactTime(due)
        html.text(" ")
        if due <= now {
            html.span("Försenat", class: "tag danger")
        } else if row.warnings > 0 {
            html.span("Bråttom", class: "tag danger")
        }
    }
}

extension StaffCasesPage.Row {
    fileprivate var words: String {
        let detail = entry.right?.swedish ?? entry.reason?.swedish
        let kind = detail.map { "\(entry.matter.swedish): \($0.inSentence)" } ?? entry.matter.swedish
        return entry.mailsAside > 0 ? "\(kind) (mejl att titta på)" : kind
    }
}
