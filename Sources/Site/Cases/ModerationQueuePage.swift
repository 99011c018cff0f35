import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// `/admin/ko`: the reported texts, each listed once, the earliest deadline first.
struct ModerationQueuePage: HTMLPage {
    struct Row: Sendable {
        let entry: ReportQueue.Entry
        let text: ReportedExcerpt
        let due: Instant?
        let assignee: String?
    }

    let rows: [Row]
    let paging: Paging
    let stranded: Stranded
    let now: Instant
    var change: CaseChange?

    var title: String { "Anmälningar" }
    var staffTab: SiteLink? { .moderationQueue() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Det som är anmält och väntar på beslut. Det som ska besvaras först står överst.")
        if let change { html.notice(change.words, .success) }
        html.notice(of: stranded)
        guard !rows.isEmpty else {
            return html.emptyState("Inget väntar på beslut", "Det som någon anmäler kommer hit.")
        }
        html.element(.ol, class: "thread-list wide") { html in
            for row in rows { html.li { write(row, into: &$0) } }
        }
        html.pager(paging) { .moderationQueue(page: $0) }
    }

    private func write(_ row: Row, into html: inout HTMLWriter) {
        html.div { html in
            html.element(.h2, class: "title") { html in
                html.link(row.text.title, to: .staffCase(row.entry.first))
                if row.entry.isAppealed { html.tag("Omprövning", class: "tag strong") }
            }
            html.p(class: "meta") { html in
                html.text(row.text.place)
                let reasons = row.entry.reasons.map(\.swedish.inSentence).swedishList
                html.text(". Skäl: \(reasons). Anmält ")
                html.time(row.entry.firstReported)
                if row.entry.reports > 1 {
                    html.text(", senast ")
                    html.time(row.entry.lastReported)
                }
                if let assignee = row.assignee { html.text(". Tas om hand av \(assignee)") }
                html.text(".")
            }
        }
        html.p(class: "replies") { html in
            html.element(.b) { $0.grouped(row.entry.reports) }
            html.text(row.entry.reports == 1 ? " anmälan" : " anmälningar")
        }
        html.p(class: "latest") { html in
            guard let due = row.due else { return html.text("Väntar på svar") }
            html.text("Senast ")
            html.exactTime(due)
            if due <= now { html.tag("Försenat", class: "tag danger") }
        }
    }
}

extension StaffCaseController {
    func queue(_ request: Request, _ context: SiteContext) throws -> Response {
        let reader = try context.requireMember().id
        let number = try request.pageNumber()
        let (entries, count) = try application.views.read { snapshot in
            (
                try snapshot.reports.page(number, for: reader),
                try snapshot.reports.count(for: reader)
            )
        }
        let paging = Paging(page: number, count: count, size: ReportQueue.pageSize)
        guard paging.exists else { throw PageError.notFound }
        let policies = try application.accounts.policies()
        let names = try application.views.members.usernames(of: entries.compactMap(\.assignee))
        let rows = try entries.compactMap { entry -> ModerationQueuePage.Row? in
            guard let record = try application.messaging.record(entry.first) else { return nil }
            let rules = try policies.caseRules(from: entry.askedAt ?? entry.firstReported, judgedAt: context.now)
            return ModerationQueuePage.Row(
                entry: entry, text: try application.excerpt(of: record, at: context.now),
                due: entry.askedAt.map { $0.adding(rules.question) }, assignee: entry.assignee.flatMap { names[$0] })
        }
        var page = ModerationQueuePage(
            rows: rows, paging: paging, stranded: try application.stranded().reports, now: context.now)
        page.change = try request.query().choice(.done)
        return context.page(page).uncached
    }
}
