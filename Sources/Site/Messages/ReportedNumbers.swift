import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ReportedMessageController {
    func askToShowNumbers(_ context: SiteContext) throws -> Response {
        let page = try page(context, Form())
        return context.page(numbersPage(page)).uncached
    }

    /// Shows a reported message and what was said about it in full. The message is read again, which its participants can see, and the
    /// showing is recorded for those who wrote the texts.
    func showNumbers(_ context: SiteContext) async throws -> Response {
        let page = try page(context, try context.form())
        var asking = numbersPage(page)
        let opening = asking.form.require(
            ShowNumbersPage.opening, "Välj varför du läser meddelandet.", of: OpeningReason.self)
        guard let reason = asking.chosenReason(), let opening else { return context.refused(asking).uncached }
        let (message, conversation) = (page.entry.message, page.entry.conversation)
        let reader = try context.requireMember().id
        let author = try application.messaging.conversation(conversation).facts?.author(of: message)
        let reporters = page.reports.filter { report, _ in
            MaskedText(report.note?.text.value ?? "", today: page.today).holdsNumber
        }.map(\.report.reporter)
        do {
            try await application.accounts.showNumbers(
                in: .message(message), by: Set([author].compactMap(\.self) + reporters), to: reader,
                as: [.administrator], for: reason, command: try context.showing(of: message.description))
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        }
        let opened = try await application.messaging.open(
            message, in: conversation, because: opening, by: reader, command: try context.showing(of: "\(message) read")
        )
        let texts =
            [HiddenText(heading: "Meddelandet", words: opened.message?.text.value?.text ?? "Meddelandet är raderat")]
            + page.reports.compactMap { report, _ in
                report.note?.text.value.map { HiddenText(heading: "Anmälan", words: $0) }
            }
        return context.page(ShownNumbersPage(back: asking.back, staffTab: page.staffTab, texts: texts)).uncached
    }

    private func numbersPage(_ page: ReportedMessagePage) -> ShowNumbersPage {
        ShowNumbersPage(
            address: .staffMessageNumbers(page.entry.message),
            back: Breadcrumb(page.title, .staffReportedMessage(page.entry.message)), staffTab: page.staffTab,
            proof: .reason, opening: OpeningReason.allCases.map { ($0.rawValue, $0.label) }, form: page.form)
    }
}
