import Accounts
import Events
import Forum
import HTML
import Processes
import SiteMap

/// `/admin/policy`: every version of the two texts, and the link to write a new one (P-01.2).
struct PolicyPage: HTMLPage {
    let archives: [TextArchive]
    /// The version that was just published.
    let published: (kind: TextKind, version: CalendarDate)?

    var title: String { "Policy och villkor" }

    var staffTab: SiteLink? { .staffPolicy }

    func write(into html: inout HTMLWriter) {
        html.pageHead(
            title,
            lead:
                "En ny version visas för alla så snart den är publicerad och börjar gälla på sin dag. Publicerade versioner går inte att ändra."
        )
        if let published { announce(published, into: &html) }
        for archive in archives { write(archive, into: &html) }
    }

    private func announce(_ published: (kind: TextKind, version: CalendarDate), into html: inout HTMLWriter) {
        html.notice(.success) { html in
            html.p { html in
                html.text("En ny version av \(published.kind.definite) är publicerad. ")
                html.link(
                    "Läs versionen av den \(SwedishDate.long(published.version))",
                    to: published.kind.page(published.version))
                html.text(".")
            }
        }
    }

    private func write(_ archive: TextArchive, into html: inout HTMLWriter) {
        html.h2(archive.kind.title)
        let columns = [Column("Version"), Column("Läge"), Column("Ändring"), Column("Kontrollsumma")]
        html.table(archive.kind.title, columns, rows: archive.versions.reversed()) { version, column, html in
            switch column {
            case 0: html.link(SwedishDate.long(version.version), to: archive.kind.page(version.version))
            case 1: html.text(standing(of: version, in: archive))
            case 2: html.text(version.isMajor ? "Större" : "Mindre")
            default: html.span(version.hash.description, class: "hash")
            }
        }
        html.actions { html in
            html.buttonLink("Skriv en ny version", to: .writeVersion(archive.kind))
            if archive.versions.count > 1 {
                html.link("Jämför versioner", to: archive.kind.changes(), class: "link")
            }
        }
    }

    private func standing(of version: TextVersion, in archive: TextArchive) -> String {
        switch archive.standing(of: version) {
        case .inForce: "Gäller nu"
        case .upcoming: "Börjar gälla den \(SwedishDate.long(version.version))"
        case .replaced(let day): "Ersatt den \(SwedishDate.long(day))"
        }
    }
}

/// The form for writing a version: text and rules, in the format of a version's folder.
struct DraftPage: HTMLPage {
    enum Action: String {
        case preview = "granska"
        case edit = "andra"
        case publish = "publicera"
    }

    static let kind: FieldName = "slag"
    static let text: FieldName = "text"
    static let rules: FieldName = "regler"
    static let action: FieldName = "atgard"

    let kind: TextKind
    var form: Form

    var title: String {
        switch kind {
        case .policy: "Ny version av integritetspolicyn"
        case .terms: "Ny version av medlemsvillkoren"
        }
    }

    var staffTab: SiteLink? { .staffPolicy }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Policy och villkor", .staffPolicy)])
        html.pageHead(
            title,
            lead:
                "Fälten börjar med den senaste versionen. Granska först: då ser du vad som skulle ändras, och för hur många."
        )
        html.form(post: .staffPolicy, form) { html in
            html.hidden(DraftPage.kind, kind.rawValue)
            html.textarea(
                DraftPage.text, "Texten", in: form,
                hint:
                    "Markdown. Varje punkt börjar med en rubrik som ### \(kind.series)-01.1 Rubrik, och punkternas nummer ändras inte.",
                rows: 24)
            html.textarea(
                DraftPage.rules, "Reglerna", in: form,
                hint:
                    "YAML. version är dagen då den börjar gälla. change: minor är en mindre ändring, major en större, som alla medlemmar får ett mejl om och får godkänna.",
                rows: 24)
            html.actions { html in
                html.submit("Granska", choice: (DraftPage.action, Action.preview.rawValue))
                html.link("Avbryt", to: .staffPolicy, class: "link")
            }
        }
    }
}

extension TextKind {
    /// The letter that starts the ids of its clauses.
    fileprivate var series: String {
        switch self {
        case .policy: "P"
        case .terms: "T"
        }
    }
}
