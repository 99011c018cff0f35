import Accounts
import Events
import HTML
import Processes
import SiteMap

/// A news item from the administration: so far only a new version of the policy or the terms (P-01.2).
struct NewsItem: Sendable {
    let day: CalendarDate
    let title: String
    let text: String
    let page: SiteLink

    /// All news, the newest first; the first version of a text is not news.
    static func all(in accounts: Accounts, at now: Instant) throws -> [NewsItem] {
        try TextKind.allCases.flatMap { kind in
            let archive = try TextArchive(kind, in: accounts, at: now)
            return archive.versions.map { NewsItem($0, in: archive) }
        }
        .sorted { ($0.day, $0.title) > ($1.day, $1.title) }
    }

    private init(_ version: TextVersion, in archive: TextArchive) {
        day = version.version
        let previous = archive.previous(of: version)
        page =
            previous.map { archive.kind.changes(from: $0.version, to: version.version) }
            ?? archive.kind.page(version.version)
        title = previous == nil ? archive.kind.title : "Ny version av \(archive.kind.definite)"
        let date = SwedishDate.long(version.version)
        switch archive.standing(of: version) {
        case .upcoming: text = "Börjar gälla den \(date)."
        case .inForce: text = "Gäller sedan den \(date)."
        case .replaced(let end): text = "Gällde från den \(date) till den \(SwedishDate.long(end))."
        }
    }
}

/// `/information`
struct NewsPage: HTMLPage {
    let news: [NewsItem]

    var title: String { "Information" }
    var summary: String? { "Nyheter från oss som driver webbplatsen." }
    var address: SiteLink? { .information }
    var menu: MainMenu? { .information }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Nyheter från oss som driver webbplatsen.")
        guard !news.isEmpty else {
            return html.emptyState("Inget nytt än", "När vi har något att berätta står det här.") { html in
                html.buttonLink("Till forumet", to: .forum)
            }
        }
        html.element(.ul, class: "news-list") { html in
            for item in news {
                html.li { html in
                    html.element(.h2, class: "title") { $0.link(item.title, to: item.page) }
                    html.p(item.text, class: "meta")
                }
            }
        }
    }
}
