import Events
import Forum
import HTML
import Processes
import Projections
import SiteMap

/// `/admin/policy/granskning` while a draft is being tried, or when the trial failed.
struct DraftProgressPage: HTMLPage {
    enum Action: String { case cancel = "avbryt" }

    let typed: DraftPreviews.Typed
    let standing: DraftPreviews.Standing
    let refreshesItself: Bool

    var title: String {
        switch standing {
        case .underWay, .finished: "Granskar \(typed.kind.definite)"
        case .cancelled: "Granskningen avbröts"
        case .failed: "Granskningen misslyckades"
        }
    }

    var staffTab: SiteLink? { .staffPolicy }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Policy och villkor", .staffPolicy)])
        html.pageHead(title, lead: "Inget är publicerat.")
        switch standing {
        case .underWay(let progress, let elapsed): write(progress, elapsed, into: &html)
        case .finished: html.p { $0.link("Visa vad som skulle ändras", to: .staffPolicyPreview()) }
        case .cancelled: html.p("Inget finns kvar av det som byggdes. Texten och reglerna går att granska igen.")
        case .failed:
            html.notice("Något gick fel när vyerna byggdes på prov. Försök igen om en stund.", .error)
        }
        if case .underWay = standing { return }
        html.form(post: .staffPolicy) { html in
            html.draft(typed)
            html.actions { html in
                html.submit("Granska igen", choice: (DraftPage.action, DraftPage.Action.preview.rawValue))
                html.submit("Ändra", .secondary, choice: (DraftPage.action, DraftPage.Action.edit.rawValue))
            }
        }
    }

    private func write(_ progress: RebuildProgress, _ elapsed: Double, into html: inout HTMLWriter) {
        html.p(
            "Vyerna byggs på prov enligt utkastet, bredvid de som används, och jämförs med dem. Ingen märker något under tiden."
        )
        html.buildProgress("Granskar", id: "preview", progress, after: elapsed)
        html.p { html in
            html.link("Uppdatera nu", to: .staffPolicyPreview())
            guard refreshesItself else { return }
            html.text(" Sidan uppdateras av sig själv varannan sekund. ")
            html.link("Sluta uppdatera", to: .staffPolicyPreview(refreshing: false))
        }
        html.form(post: .staffPolicyPreview()) { html in
            html.actions { $0.submit("Avbryt", .secondary, choice: (DraftPage.action, Action.cancel.rawValue)) }
        }
    }
}

extension HTMLWriter {
    /// The typed draft as hidden fields, so that the buttons send it along.
    mutating func draft(_ typed: DraftPreviews.Typed) {
        hidden(DraftPage.kind, typed.kind.rawValue)
        hidden(DraftPage.text, typed.text)
        hidden(DraftPage.rules, typed.rules)
    }

    /// The progress of a build and, once it can be estimated, its speed.
    ///
    /// - Parameter elapsed: in seconds; nil when unknown.
    mutating func buildProgress(_ label: String, id: String, _ progress: RebuildProgress, after elapsed: Double?) {
        let (done, total) = (progress.done, max(progress.total, 1))
        self.progress(label, id: id, percent: done * 100 / total)
        var words = "\(SwedishNumber.grouped(done)) av \(SwedishNumber.grouped(total)) händelser"
        if let elapsed, elapsed >= 1, done > 0 {
            let rate = Double(done) / elapsed
            let left = Int((Double(total - done) / rate).rounded(.up))
            words +=
                ", \(SwedishNumber.grouped(Int(rate))) i sekunden, \(SwedishNumber.counted(left, "sekund", "sekunder")) kvar"
        }
        p(words + ".")
    }
}
