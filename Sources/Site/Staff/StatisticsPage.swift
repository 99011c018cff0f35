import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap

/// `/admin/statistik`: the growth of the community by month, in numbers only (P-08.3).
struct StatisticsPage: HTMLPage {
    static let months = 12

    let figures: MonthlyFigures
    let minimum: Int

    var title: String { "Statistik" }

    var staffTab: SiteLink? { .statistics }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "De senaste tolv hela månaderna. Månaden som pågår är inte med.")
        html.p(
            "Siffror som färre än \(SwedishNumber.inWords(minimum)) personer står bakom visas inte.", class: "muted")
        for kind in MonthlyFigures.Kind.allCases { write(kind, into: &html) }
    }

    private func write(_ kind: MonthlyFigures.Kind, into html: inout HTMLWriter) {
        let bars = figures.months.map { month in
            BarChart.Bar(label: SwedishDate.monthAndYear(month.start), value: month.counts[kind] ?? nil)
        }
        html.h2(kind.title)
        html.p(kind.meaning, class: "muted")
        html.chart(BarChart(title: kind.title, bars: bars))
        html.element(.details) { html in
            html.element(.summary, text: "\(kind.title) i siffror")
            html.table(kind.title, [Column("Månad"), Column("Antal", number: true)], rows: bars.reversed()) {
                bar, column, html in
                switch column {
                case 0: html.text(bar.label)
                default: if let value = bar.value { html.grouped(value) } else { html.text("Visas inte") }
                }
            }
        }
    }
}

extension MonthlyFigures.Kind {
    fileprivate var title: String {
        switch self {
        case .signUps: "Nya medlemmar"
        case .posts: "Inlägg"
        case .activeMembers: "Aktiva medlemmar"
        case .cases: "Ärenden"
        }
    }

    fileprivate var meaning: String {
        switch self {
        case .signUps: "De som har blivit medlemmar, även om de har slutat sedan dess."
        case .posts: "Inlägg som har skrivits i forumet, även de som har tagits bort."
        case .activeMembers: "Medlemmar som har loggat in eller skrivit i forumet."
        case .cases: "Frågor, anmälningar, tvister och begäranden som har kommit in."
        }
    }
}

/// The administrators' page of statistics about the community.
struct StatisticsController: Sendable {
    let accounts: Accounts
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.statistics, about: .nobodys) { _, context in try await show(context) }
    }

    private func show(_ context: SiteContext) async throws -> Response {
        let minimum = try accounts.policyInForce(at: context.now).rules.minimumCount
        let now = context.now
        let figures = try await slowReads.read {
            try $0.auditTrail.monthlyFigures(StatisticsPage.months, before: now, minimum: minimum)
        }
        return context.page(StatisticsPage(figures: figures, minimum: minimum))
    }
}
