import Accounts
import Events
import HTML
import Processes

/// The member's own rows of the visit log (P-05.1, P-12.3).
enum VisitsSection {
    static let shown = 30

    static let provider: SettingsController.SectionProvider = { member, context in
        guard let log = context.visit.site.visits else { return nil }
        let visits = try log.visits(of: member)
        return SettingsSection(id: "besok", heading: "Besök") { write(visits, into: &$0) }
    }

    private static func write(_ visits: [Visit], into html: inout HTMLWriter) {
        html.p(
            "Medan du är inloggad antecknar besöksloggen vilka sidor du öppnar. Raderna försvinner av sig själva efter en tid, som står i integritetspolicyn."
        )
        guard !visits.isEmpty else { return html.p("Inga rader.", class: "muted") }
        if visits.count > shown {
            html.p(
                "De senaste \(shown) av \(SwedishNumber.grouped(visits.count)). Alla finns i registerutdraget.",
                class: "muted")
        }
        html.table(
            "Besök", [Column("När"), Column("Sida"), Column("Enhet"), Column("Adress")], rows: visits.prefix(shown)
        ) { visit, column, html in
            switch column {
            case 0: html.exactTime(visit.time)
            case 1: html.text(visit.page ?? "")
            case 2: html.text(visit.device.map { "\($0.kind.swedish), \($0.browser.name)" } ?? "")
            default: html.text(visit.address ?? "")
            }
        }
    }
}
