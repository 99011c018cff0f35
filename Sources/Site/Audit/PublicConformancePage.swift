import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/integritetspolicy/efterlevnad`: the public page of how each clause is implemented and when that was last checked. It contains no
/// personal data, and no figure about only a few members.
struct PublicConformancePage: HTMLPage {
    struct Line: Sendable {
        let id: String
        let title: String
        /// Nil when the clause has not been checked yet.
        let verdict: ClauseVerdict?
        let words: String
        let checks: [InvariantName]
    }

    let policy: CalendarDate
    /// Nil before the first check.
    let checkedAt: Instant?
    let lines: [Line]
    let figures: RetainedFigures?

    var title: String { "Så följs integritetspolicyn" }
    var summary: String? { "Vad vi gör för varje punkt i policyn, och när det senast kontrollerades." }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    /// - Parameter policy: the one in force; a check made under another version is not shown.
    init(policy: PolicyDocument, _ state: ConformanceService.State) {
        self.policy = policy.version
        let last = state.last.flatMap { $0.policy?.version == policy.version ? $0 : nil }
        checkedAt = last?.judgedAt
        figures = state.figures
        lines = policy.text.clauses.map { text in
            let clause = PolicyClause(rawValue: text.id)
            return Line(
                id: text.id, title: text.title,
                verdict: clause.map { last?.verdict(on: $0, by: InvariantName.published) } ?? .notChecked([.notBuilt]),
                words: clause?.words ?? "Det här stycket är nytt och är inte infört än.",
                checks: clause.map { clause in InvariantName.published.filter { $0.clause == clause } } ?? [])
        }
    }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Integritetspolicy", .privacyPolicy())])
        html.pageHead(
            title,
            lead:
                "Allt som händer här står i en logg som ingen kan ändra. Varje timme jämförs den med policyn, och en gång om dagen även det som sparas vid sidan av den."
        )
        html.facts { html in
            html.fact("Policy som gäller") { $0.link(SwedishDate.long(policy), to: .privacyPolicy()) }
            html.fact("Senast kontrollerad") { html in
                if let checkedAt { html.exactTime(checkedAt) } else { html.text("Inte än; kom tillbaka om en stund") }
            }
            if checkedAt != nil { html.verdictCounts { kind in lines.count { $0.verdict?.kind == kind } } }
        }
        if let figures { write(figures, into: &html) }
        html.h2("Punkt för punkt")
        for line in lines { write(line, into: &html) }
        html.h2("Kontrollera själv")
        html.p { html in
            html.text("Loggens kontrollpunkter är öppna för alla. Hur du kontrollerar dem står på sidan ")
            html.link("Om oss", to: .about)
            html.text(".")
        }
    }

    private func write(_ figures: RetainedFigures, into html: inout HTMLWriter) {
        html.h2("Det som sparas en viss tid")
        html.p(
            "Sådant vars tid inte är ute, räknat per person. Är de färre än \(SwedishNumber.grouped(figures.minimum)) visas varken antal eller ålder.",
            class: "muted")
        let columns = [Column("Vad"), Column("Antal", number: true), Column("Äldsta"), Column("Sparas högst")]
        html.table("Det som sparas en viss tid", columns, rows: figures.lines) { line, column, html in
            switch (column, line.retained) {
            case (0, _): html.text(line.kind.words)
            case (1, let retained?): html.grouped(retained.persons)
            case (1, nil): html.text("Färre än \(SwedishNumber.grouped(figures.minimum))")
            case (2, let retained?): html.date(retained.oldest)
            case (2, nil): html.text("–")
            default: html.text(line.limit.swedishInFigures)
            }
        }
    }

    private func write(_ line: Line, into html: inout HTMLWriter) {
        html.element(.h3, .id(line.id)) { html in
            html.element(.a, class: "clause", .href(fragment: line.id), text: line.id)
            html.text(line.title)
        }
        html.p { html in
            if let verdict = line.verdict {
                html.verdict(verdict.kind)
            } else {
                html.span("Inte kontrollerat än", class: "tag")
            }
            html.text(" \(line.words)")
        }
        for reason in line.verdict?.reasons ?? [] { html.p(reason.swedish, class: "muted") }
        if line.verdict == .broken {
            html.p("Kontrollen visar att något inte stämmer. Administrationen ser vad, och rättar det.")
        }
        if !line.checks.isEmpty {
            html.list(line.checks, class: "muted") { check, html in html.text(check.words) }
        }
    }
}

extension InvariantName {
    /// A check that is not published: its breach would reveal that data were held for an investigation (P-10.1).
    private static let unpublished: Set<InvariantName> = [.legalHoldPreventsErasure]

    static let published = allCases.filter { !unpublished.contains($0) }
}
