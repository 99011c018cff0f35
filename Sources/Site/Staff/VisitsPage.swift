import Accounts
import Dispatch
import Events
import HTML
import Hummingbird
package import Processes
import SiteMap
import Web

/// `/admin/besok`: usage of the site, in numbers only.
struct VisitsPage: HTMLPage {
    let figures: VisitFigures
    let minimum: Int
    let period: Period

    var title: String { "Besök" }

    var staffTab: SiteLink? { .staffVisits }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Visade sidor enligt besöksloggen, som raderas efter \(period.swedish).")
        html.p(
            "Här finns bara summor. Det som färre än \(SwedishNumber.inWords(minimum)) personer stod för visas inte för sig. "
                + "Dagens besök och sökmotorernas är inte med.", class: "muted")
        guard !figures.days.shown.isEmpty || figures.days.others != nil else {
            html.emptyState("Inga siffror än", "De kommer när tillräckligt många har besökt webbplatsen.") { html in
                html.link("Till översikten", to: .administration)
            }
            return
        }
        let days = figures.days.shown.sorted { $0.key > $1.key }.map { ($0.key, $0.views) }
        table("Sidor per dag", "Dag", days, figures.days.others, into: &html) { day, html in
            let date = StockholmClock(Instant(milliseconds: Int64(day) * 86_400_000 + 43_200_000)).date
            if let date { html.date(date) }
        }
        words("Sidor per slag", "Slag av sida", figures.pages, into: &html) { $0.isEmpty ? "Okänd" : $0 }
        words("Enheter", "Enhet", figures.devices, into: &html) { kind in
            VisitDevice.Kind(rawValue: kind)?.swedish ?? "Okänd"
        }
        words("Webbläsare", "Webbläsare", figures.browsers, into: &html) { browser in
            VisitDevice.Browser(rawValue: browser)?.name ?? "Okänd"
        }
    }

    private func words(
        _ caption: String, _ heading: String, _ counts: VisitFigures.Counts<String>, into html: inout HTMLWriter,
        word: (String) -> String
    ) {
        table(caption, heading, counts.shown.map { ($0.key, $0.views) }, counts.others, into: &html) {
            $1.text(word($0))
        }
    }

    private func table<Key>(
        _ caption: String, _ heading: String, _ shown: [(Key, Int)], _ others: Int?, into html: inout HTMLWriter,
        name: (Key, inout HTMLWriter) -> Void
    ) {
        let rows = shown.map { (key: Key?.some($0.0), views: $0.1) } + (others.map { [(key: nil, views: $0)] } ?? [])
        html.h2(caption)
        html.table(caption, [Column(heading), Column("Visade sidor", number: true)], rows: rows) { row, column, html in
            switch (column, row.key) {
            case (0, let key?): name(key, &html)
            case (0, nil): html.text("Övrigt")
            default: html.grouped(row.views)
            }
        }
    }
}

extension VisitDevice.Kind {
    var swedish: String {
        switch self {
        case .computer: "Dator"
        case .phone: "Mobil"
        case .tablet: "Surfplatta"
        case .robot: "Robot"
        case .unknown: "Okänd"
        }
    }
}

extension VisitDevice.Browser {
    package var name: String {
        switch self {
        case .firefox: "Firefox"
        case .chrome: "Chrome"
        case .safari: "Safari"
        case .edge: "Edge"
        case .opera: "Opera"
        case .samsungInternet: "Samsung Internet"
        case .other: "Annan"
        }
    }
}

/// The administrators' page about the visit log.
struct VisitController: Sendable {
    let accounts: Accounts
    /// Counting scans every row, so counts run one at a time on this serial queue.
    private let queue = DispatchQueue(label: "visit figures")

    init(accounts: Accounts) { self.accounts = accounts }

    func add(to routes: inout Routes) {
        routes.get(.staffVisits, about: .nobodys) { _, context in try await show(context) }
    }

    func show(_ context: SiteContext) async throws -> Response {
        guard let visits = context.visit.site.visits else { throw PageError.notFound }
        let rules = try accounts.policyInForce(at: context.now).rules
        let (minimum, now) = (rules.minimumCount, context.now)
        let figures = try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { try VisitFigures(of: visits.path, minimum: minimum, at: now) })
            }
        }
        return context.page(VisitsPage(figures: figures, minimum: minimum, period: rules.retention.visitLog))
    }
}
