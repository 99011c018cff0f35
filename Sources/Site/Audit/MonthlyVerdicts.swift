import Accounts
import Events
import HTML
import Projections
import SiteMap

/// Whether the policy was kept in a month: the answer for each clause, with the first and the last breach.
struct MonthlyVerdicts {
    /// The newest last.
    let months: [MonthlyConformance]
    /// As `2026-03`; nil when none is chosen.
    let chosen: String?

    static let field: FieldName = "manad"

    func write(into html: inout HTMLWriter) {
        guard !months.isEmpty else { return }
        html.h2("Månad för månad", id: "manader")
        html.p(
            "Vad som fanns vid sidan av loggen, som sidornas underlag och besöksloggen, kontrolleras en gång om dagen. En månad där någon dag saknas är därför inte kontrollerad i den delen.",
            class: "muted")
        if let chosen {
            if let month = months.first(where: { $0.name == chosen }) {
                write(month, into: &html)
            } else {
                html.notice("Den månaden finns inte bland dem som har kontrollerats. Välj en i tabellen.", .error)
            }
        }
        let columns =
            [Column("Månad")] + ClauseVerdict.Kind.allCases.map { Column($0.swedish, number: true) }
        html.table("Månader", columns, rows: Array(months.reversed())) { month, column, html in
            if column == 0 {
                html.link(SwedishDate.monthAndYear(month.month), to: .conformance(month: month.name))
            } else {
                html.grouped(month.conformance.reports.count(of: ClauseVerdict.Kind.allCases[column - 1]))
            }
        }
    }

    private func write(_ month: MonthlyConformance, into html: inout HTMLWriter) {
        html.h3("Följdes policyn i \(SwedishDate.monthAndYear(month.month))?")
        let columns = [Column("Klausul"), Column("Utslag"), Column("Första felet"), Column("Sista felet")]
        html.table("Klausuler i \(SwedishDate.monthAndYear(month.month))", columns, rows: month.conformance.reports) {
            report, column, html in
            switch column {
            case 0: html.text("\(report.text.id) \(report.text.title)")
            case 1:
                html.verdict(report.verdict.kind)
                for reason in report.verdict.reasons { html.text(" \(reason.swedish)") }
            case 2: html.position(report.span?.lowerBound)
            default: html.position(report.span?.upperBound)
            }
        }
    }
}

extension HTMLWriter {
    fileprivate mutating func position(_ position: Int?) {
        guard let position else { return text("–") }
        link(SwedishNumber.grouped(position), to: .auditEvent(position))
    }
}
