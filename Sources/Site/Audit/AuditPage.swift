import Events
import Foundation
import HTML
import SiteMap

/// `/revision`: the state of the log, and links to everything that can be audited.
struct AuditPage: HTMLPage {
    let head: Int
    let position: Int
    let checkpoint: Checkpoint
    let key: VerifierKey

    var title: String { "Revision" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .audit)
        html.pageHead(
            title, lead: "Allt som händer på webbplatsen står i en logg som bara kan fyllas på. Här kan det granskas.")
        html.facts { html in
            html.fact("Händelser i loggen", SwedishNumber.grouped(head))
            html.fact("Visade på sidorna", SwedishNumber.grouped(position))
            html.fact("Senaste kontrollpunkt") { html in
                html.text("efter händelse \(SwedishNumber.grouped(checkpoint.size))")
                html.lineBreak()
                html.element(.span, class: "hash", text: Data(checkpoint.root).base64EncodedString())
            }
            html.fact("Verifieringsnyckel") { $0.element(.span, class: "hash", text: key.description) }
        }
        html.h2("Kontrollera en radering")
        html.p("En före detta medlem kan visa sitt kvitto. Här syns om raderingen är gjord, utan att någon nämns.")
        html.erasureSearch(Form())
        html.h2("Granska")
        html.list(AuditPage.descriptions, class: nil) { place, html in
            html.link(place.label, to: place.page)
            html.text(" – \(place.meaning)")
        }
    }

    private static let descriptions: [(label: String, page: SiteLink, meaning: String)] = [
        ("Granskningslogg", .auditTrail(), "vem som gjorde vad och när, och vilken integritetspolicy som gällde"),
        ("Efterlevnad", .conformance, "varje klausul i policyn, prövad mot hela loggen"),
        ("Behandlingar", .processing, "registret över vad uppgifter används till (artikel 30)"),
        ("Bevaranden", .holds, "uppgifter som inte får raderas för en utredning"),
        ("Kontrollpunkter", .checkpoints, "loggens signerade läge, och hur man själv kontrollerar det"),
        ("Integritetspolicy", .privacyPolicy(), "alla versioner och vad som skiljer dem"),
    ]
}
