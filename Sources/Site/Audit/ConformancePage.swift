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
        if last.isSound {
            html.notice("Inget i loggen talar emot policyn.", .success)
        } else {
            html.notice(.error) { html in
                let broken = SwedishNumber.counted(last.brokenCount, "kontroll", "kontroller")
                html.p("\(broken) visar att något inte följs. Se nedan vilka.")
                if !last.unreadable.isEmpty {
                    html.p(
                        "Händelser som programmet inte kan läsa: \(last.unreadable.map(String.init).joined(separator: ", "))."
                    )
                }
            }
        }
        html.facts { html in
            html.fact("Senast kontrollerad") { $0.exactTime(last.judgedAt) }
            html.fact("Händelser", SwedishNumber.grouped(last.head))
            if let policy = last.policy {
                html.fact("Policy") {
                    $0.link(policy.version.description, to: .privacyPolicy(version: policy.version.description))
                }
            }
            for state in [ClauseState.kept, .broken, .notYet] {
                html.fact(state.swedish, SwedishNumber.grouped(last.reports.count { $0.state == state }))
            }
        }
    }

    private func overview(of last: Conformance, into html: inout HTMLWriter) {
        let columns = [
            Column("Klausul"), Column("Läge"), Column("Kontroller"), Column("Händelser", number: true),
            Column("Senaste"),
        ]
        html.table("Klausuler", columns, rows: last.reports) { report, column, html in
            switch column {
            case 0:
                html.element(.a, .href(fragment: report.text.id), text: report.text.id)
                html.text(" \(report.text.title)")
            case 1: html.state(report.state)
            case 2:
                let isByTests = report.checks.isEmpty && report.state == .kept
                html.text(isByTests ? "Med tester" : SwedishNumber.grouped(report.checks.count))
            case 3: html.grouped(report.evidence.count)
            default:
                if let time = report.evidence.time { html.exactTime(time) } else { html.text("–") }
            }
        }
    }

    private func write(_ report: ClauseReport, into html: inout HTMLWriter) {
        html.article(Article("### \(report.text.id) \(report.text.title)\n\n\(report.text.body)", filling: texts))
        html.facts { html in
            html.fact("Läge") { $0.state(report.state) }
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
    var swedish: String {
        switch self {
        case .holds: "Stämmer"
        case .broken(let violations): "Stämmer inte: \(SwedishNumber.counted(violations.count, "fall", "fall"))"
        case .notChecked: "Inte kontrollerat"
        }
    }
}

extension HTMLWriter {
    /// The state of a clause, as a tag.
    fileprivate mutating func state(_ state: ClauseState) {
        switch state {
        case .kept: span(state.swedish, class: "tag strong")
        case .broken: span(state.swedish, class: "tag danger")
        case .notYet: span(state.swedish, class: "tag")
        }
    }
}
