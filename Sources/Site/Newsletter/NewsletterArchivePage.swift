import Events
import HTML
import Processes
import SiteMap

/// `/nyhetsbrev`: the sent issues, open to everybody.
struct NewsletterArchivePage: HTMLPage {
    struct Entry: Sendable {
        let id: IssueID
        let subject: String
        let published: Instant
    }

    let issues: [Entry]
    let paging: Paging
    let isMember: Bool
    let siteName: String

    var title: String { "Nyhetsbrev" }
    var summary: String? { "Alla nyhetsbrev från \(siteName)." }
    var address: SiteLink? { .newsletterArchive(page: paging.page) }
    var menu: MainMenu? { .information }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Information", .information)])
        html.pageHead(title, lead: "Det vi har mejlat till dem som har tackat ja.")
        html.p { html in
            if isMember {
                html.link("Välj om du vill ha nyhetsbrevet", to: .mailPreferences)
            } else {
                html.text("Nyhetsbrevet går till medlemmar. ")
                html.link("Bli medlem", to: .register)
            }
        }
        guard !issues.isEmpty else {
            return html.emptyState("Inget nyhetsbrev än", "Här samlas de när vi har skickat det första.")
        }
        html.element(.ul, class: "news-list") { html in
            for issue in issues {
                html.li { html in
                    html.element(.h2, class: "title") { $0.link(issue.subject, to: .newsletterIssue(issue.id)) }
                    html.p(class: "meta") { $0.time(issue.published) }
                }
            }
        }
        html.pager(paging) { .newsletterArchive(page: $0) }
    }
}

/// `/nyhetsbrev/{id}`
struct PublishedIssuePage: HTMLPage {
    let id: IssueID
    let subject: String
    let published: Instant
    let body: IssueBody
    let label: String

    var title: String { subject }
    var summary: String? { subject }
    var address: SiteLink? { .newsletterIssue(id) }
    var menu: MainMenu? { .information }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Information", .information), Breadcrumb("Nyhetsbrev", .newsletterArchive())])
        html.h1(subject)
        html.p(class: "meta") { $0.exactTime(published) }
        html.issue(body, label: label)
    }
}
