import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// Reported messages, for the administration: the reports and their reasons, and the text itself once the reading is recorded (P-06.2).
struct ReportedMessageController: Sendable {
    let application: Application
    static let reason: FieldName = "skal"
    static let action: FieldName = "atgard"

    func add(to routes: inout Routes) {
        routes.get(.staffReportedMessages, about: .nobodys) { try showList($0, $1) }
        routes.get(.staffReportedMessage, about: application.messageInAddress) { request, context in
            context.page(try page(context, Form()))
        }
        routes.post(.staffReportedMessage, about: application.messageInAddress) { try await act($1) }
        routes.get(.staffMessageNumbers, about: application.messageInAddress) { try askToShowNumbers($1) }
        routes.post(.staffMessageNumbers, about: application.messageInAddress) { try await showNumbers($1) }
    }

    private func showList(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        let reader = try context.requireMember().id
        let page = try application.views.read { snapshot in
            ReportedMessagesPage(
                entries: try snapshot.reportedMessages.page(number, for: reader),
                paging: Paging(
                    page: number, count: try snapshot.reportedMessages.count(for: reader),
                    size: ReportedMessages.pageSize))
        }
        guard page.paging.exists else { throw PageError.notFound }
        return context.page(page)
    }

    func page(_ context: SiteContext, _ form: Form) throws -> ReportedMessagePage {
        let id: MessageID = try context.id()
        let reader = try context.requireMember()
        let found = try application.views.read { snapshot in
            try snapshot.reportedMessages.find(id).map { entry in
                (
                    entry,
                    try snapshot.reportedMessages.openings(in: entry.conversation).filter { $0.message == id },
                    try snapshot.conversations.participants(in: entry.conversation, excluding: nil)
                )
            }
        }
        guard let (entry, openings, participants) = found else { throw PageError.notFound }
        let reports = try application.messaging.reports(in: entry.conversation).filter { $0.report.message == id }
        return ReportedMessagePage(
            entry: entry, reports: reports, openings: openings,
            names: Dictionary(participants.map { ($0.member.id, shownName($0.member)) }) { first, _ in first },
            mayOpen: reader.roles.contains(.administrator),
            isErased: try application.messaging.isErased(id, in: entry.conversation), today: context.now.stockholmDate,
            form: form)
    }

    private func act(_ context: SiteContext) async throws -> Response {
        let page = try page(context, try context.form())
        switch page.form.choice(ReportedMessageController.action, of: ReportedMessagePage.Action.self) {
        case .erase: return try await erase(page, context)
        case .open, nil: return try await open(page, context)
        }
    }

    /// Erases the message for good, whether or not it has been read.
    private func erase(_ page: ReportedMessagePage, _ context: SiteContext) async throws -> Response {
        var page = page
        let reason = page.form.requireErasureReason("Välj varför meddelandet raderas.")
        guard let reason else { return context.refused(page) }
        _ = try await application.messaging.erase(
            page.entry.message, in: page.entry.conversation, because: reason, by: context.requireMember().id,
            command: try context.command())
        return .redirect(to: .staffReportedMessage(page.entry.message))
    }

    /// Records the reading before it shows the message, in this one answer only.
    private func open(_ page: ReportedMessagePage, _ context: SiteContext) async throws -> Response {
        var page = page
        guard page.mayOpen else { throw PageError.forbidden }
        let reason = page.form.require(
            ReportedMessageController.reason, "Välj varför du behöver läsa meddelandet.", of: OpeningReason.self)
        guard let reason else { return context.refused(page) }
        let opened = try await application.messaging.open(
            page.entry.message, in: page.entry.conversation, because: reason, by: context.requireMember().id,
            command: try context.showing(of: "\(page.entry.message) read"))
        page.opened = opened.message
        page.form = Form()
        var response = context.page(page)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// `/admin/anmalda-meddelanden`
struct ReportedMessagesPage: HTMLPage {
    let entries: [ReportedMessages.Entry]
    let paging: Paging

    var title: String { "Anmälda meddelanden" }

    var staffTab: SiteLink? { .staffReportedMessages() }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        guard !entries.isEmpty else {
            return html.emptyState("Inget är anmält", "När en medlem anmäler ett privat meddelande står det här.")
        }
        html.element(.ol, class: "thread-list wide") { html in
            for entry in entries { html.li { item(entry, into: &$0) } }
        }
        html.pager(paging) { .staffReportedMessages(page: $0) }
    }

    private func item(_ entry: ReportedMessages.Entry, into html: inout HTMLWriter) {
        html.div { html in
            html.element(.h2, class: "title") { html in
                html.link(
                    "Meddelande från \(shownName(entry.author))", to: .staffReportedMessage(entry.message))
                if entry.openings == 0 { html.tag("Oläst", class: "tag strong") }
            }
            html.p(entry.reason.words, class: "meta")
        }
        html.p(class: "replies") { html in
            html.element(.b) { $0.grouped(entry.reports) }
            html.text(entry.reports == 1 ? " anmälan" : " anmälningar")
        }
        html.p(class: "latest") { $0.time(entry.reported) }
    }
}
