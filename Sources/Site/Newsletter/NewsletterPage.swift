import Events
import Forum
import HTML
import Projections
import SiteMap

/// `/admin/nyhetsbrev`: every issue, the newest first.
struct NewsletterPage: HTMLPage {
    let issues: [(entry: NewsletterIssues.Entry, subject: String)]
    let paging: Paging
    let readers: Figure

    var title: String { "Nyhetsbrev" }

    var staffTab: SiteLink? { .newsletter() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Går bara till dem som har tackat ja. Just nu: \(readers.words).") {
            $0.buttonLink("Skriv ett nytt", to: .newIssue)
        }
        guard !issues.isEmpty else {
            return html.emptyState("Inget nyhetsbrev än", "Skriv det första och prova det på dig själv.") {
                $0.link("Så ser arkivet ut för läsarna", to: .newsletterArchive())
            }
        }
        html.table("Nyhetsbrev", [Column("Ämne"), Column("Läge"), Column("När")], rows: issues) { row, column, html in
            switch column {
            case 0: html.link(row.subject, to: .staffIssue(row.entry.id))
            case 1: html.text(row.entry.state.swedish)
            default: html.exactTime(row.entry.published ?? row.entry.due ?? row.entry.drafted)
            }
        }
        html.pager(paging) { .newsletter(page: $0) }
    }
}

extension NewsletterIssues.State {
    var swedish: String {
        switch self {
        case .draft: "Utkast"
        case .scheduled: "Planerat"
        case .sending: "På väg ut"
        case .sent: "Skickat"
        case .stopped: "Stoppat"
        }
    }
}

/// `/admin/nyhetsbrev/nytt`
struct NewIssuePage: HTMLPage {
    let form: Form

    var title: String { "Nytt nyhetsbrev" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Administration", .administration), Breadcrumb("Nyhetsbrev", .newsletter())])
        html.h1(title)
        html.form(post: .newIssue, form) { html in
            html.issueFields(form)
            html.actions { $0.submit("Spara utkastet") }
        }
    }
}

extension HTMLWriter {
    mutating func issueFields(_ form: Form) {
        field(IssuePage.subject, "Ämne", in: form, maxLength: 120)
        textarea(
            IssuePage.text, "Text", in: form,
            hint:
                "Skriv i Markdown. En annons står mellan en rad med :::annons och en rad med :::, och får rubriken Annons.",
            rows: 16)
    }
}
