import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/revision/policy`: the result of checking every clause of the policy in force against the whole log.
struct ConformancePage: HTMLPage {
    let state: ConformanceService.State
    let texts: ArticleValues
    let names: MemberNames
    /// The month that is asked for, as `2026-03`; nil for the whole time.
    let month: String?

    var title: String { "Policyns efterlevnad" }

    /// True while a check runs, so that the page is worth reloading.
    var isChanging: Bool { state.checking != nil }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .conformance)
        html.pageHead(
            title, lead: "Varje klausul i gällande policy, vad som görs för den och vad hela loggen säger om den.")
        checking(into: &html)
        guard let last = state.last else { return }
        summary(of: last, into: &html)
        html.h2("Översikt")
        overview(of: last, into: &html)
        MonthlyVerdicts(months: state.months, chosen: month).write(into: &html)
        html.h2("Klausul för klausul")
        for report in last.reports { write(report, into: &html) }
    }

    private func checking(into html: inout HTMLWriter) {
        if state.hasFailed {
            html.notice("Den senaste kontrollen gick inte att göra klart. Det står mer i webbplatsens logg.", .error)
        }
        if let checking = state.checking {
            let total = max(checking.total, 1)
            html.progress("Kontrollerar", id: "kontroll", percent: checking.done * 100 / total)
            html.p { html in
                html.link("Uppdatera nu", to: .conformance)
                html.text(" Sidan uppdateras av sig själv varannan sekund.")
            }
        } else {
            if state.last == nil { html.p("Loggen har inte kontrollerats sedan webbplatsen startade.") }
            html.form(post: .conformance) { html in html.actions { $0.submit("Kontrollera nu") } }
        }
    }

    private func summary(of last: Conformance, into html: inout HTMLWriter) {
        let broken = last.reports.count(of: .broken)
        if broken > 0 {
            html.notice(
                "\(SwedishNumber.counted(broken, "klausul", "klausuler")) följs inte. Se nedan vad som har hittats.",
                .error)
        } else {
            html.notice("Ingen kontroll har hittat något som talar emot policyn.", .success)
        }
        if !last.unreadable.isEmpty {
            let positions = last.unreadable.map(String.init).joined(separator: ", ")
            html.notice("Händelser som programmet inte kan läsa: \(positions).", .error)
        }
        html.facts { html in
            html.fact("Senast kontrollerad") { $0.exactTime(last.judgedAt) }
            html.fact("Händelser", SwedishNumber.grouped(last.head))
            if let policy = last.policy {
                html.fact("Policy") {
                    $0.link(policy.version.description, to: .privacyPolicy(version: policy.version.description))
                }
            }
            html.verdictCounts { last.reports.count(of: $0) }
        }
    }

    private func overview(of last: Conformance, into html: inout HTMLWriter) {
        let columns = [
            Column("Klausul"), Column("Utslag"), Column("Kontroller", number: true), Column("Händelser", number: true),
            Column("Senaste"),
        ]
        html.table("Klausuler", columns, rows: last.reports) { report, column, html in
            switch column {
            case 0:
                html.element(.a, .href(fragment: report.text.id), text: report.text.id)
                html.text(" \(report.text.title)")
            case 1: html.verdict(report.verdict.kind)
            case 2: html.grouped(report.checks.count)
            case 3: html.grouped(report.evidence.count)
            default:
                if let time = report.evidence.time { html.exactTime(time) } else { html.text("–") }
            }
        }
    }

    private func write(_ report: ClauseReport, into html: inout HTMLWriter) {
        html.article(Article("### \(report.text.id) \(report.text.title)\n\n\(report.text.body)", filling: texts))
        html.facts { html in
            html.fact("Utslag") { html in
                html.verdict(report.verdict.kind)
                for reason in report.verdict.reasons { html.text(" \(reason.swedish)") }
            }
            if report.verdict == .attested {
                html.fact("Tester", (report.clause?.attestedBy ?? []).joined(separator: "; "))
            }
            html.fact("Vad som görs", report.clause?.words ?? "Programmet känner inte till klausulen.")
            if !report.enforcedIn.isEmpty {
                html.fact("I programmet", report.enforcedIn.joined(separator: ", "))
            }
            html.fact("Händelser som visar det") { html in
                guard let clause = report.clause, let time = report.evidence.time else { return html.text("Inga") }
                html.link(
                    SwedishNumber.counted(report.evidence.count, "händelse", "händelser"),
                    to: AuditTrailChoice.page(of: clause))
                html.text(", den senaste ")
                html.exactTime(time)
            }
            for check in report.checks { html.fact(check.name.words, check.outcome.swedish) }
        }
        for check in report.checks {
            if let violations = check.outcome.violations { write(violations, of: check.name, into: &html) }
        }
    }

    private func write(_ violations: Violations, of name: InvariantName, into html: inout HTMLWriter) {
        html.table(
            "Det som inte stämmer: \(name.words)", [Column("Händelse", number: true), Column("Medlem"), Column("Vad")],
            rows: violations.first
        ) { violation, column, html in
            switch column {
            case 0: html.link(SwedishNumber.grouped(violation.position), to: .auditEvent(violation.position))
            case 1: if let member = violation.member { names.write(.member(member), into: &html) }
            default: html.element(.span, class: "hash", text: violation.what)
            }
        }
        let more = violations.count - violations.first.count
        if more > 0 { html.p("Och \(SwedishNumber.grouped(more)) till.", class: "muted") }
    }
}

extension Conformance.Outcome {
    fileprivate var swedish: String {
        switch self {
        case .holds: "Stämmer"
        case .broken(let violations): "Stämmer inte: \(SwedishNumber.counted(violations.count, "fall", "fall"))"
        case .notChecked(let reason): "Inte kontrollerat. \(reason.swedish)"
        }
    }
}

extension HTMLWriter {
    /// A verdict, as a tag.
    mutating func verdict(_ kind: ClauseVerdict.Kind) {
        switch kind {
        case .proved: span(kind.swedish, class: "tag strong")
        case .broken: span(kind.swedish, class: "tag danger")
        case .attested, .notChecked: span(kind.swedish, class: "tag")
        }
    }

    /// How many clauses have each verdict, and what it means.
    mutating func verdictCounts(_ count: (ClauseVerdict.Kind) -> Int) {
        for kind in ClauseVerdict.Kind.allCases {
            fact(kind.swedish, "\(SwedishNumber.counted(count(kind), "klausul", "klausuler")). \(kind.explained)")
        }
    }
}
