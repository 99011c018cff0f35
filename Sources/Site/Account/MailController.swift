import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// The administrators' pages about outgoing mail, and their actions on it.
struct MailController: Sendable {
    let application: Application
    private let outbox: Outbox
    private let quarantined: QuarantinedMail

    static let action: FieldName = "atgard"

    enum Action: String { case release = "slapp" }

    init(application: Application, site: WebEnvironment) throws {
        self.application = application
        outbox = try Outbox(store: site.runtime, head: application.log.head)
        quarantined = QuarantinedMail(in: application.files.data)
    }

    func add(to routes: inout Routes) {
        routes.get(.staffMail, about: .nobodys, show)
        routes.post(.staffMail, about: .nobodys, act)
    }

    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let since = context.now.subtracting(MailPage.period)
        let change: MailChange? = try request.query().choice(.done)
        return context.page(
            try application.views.read { snapshot in
                MailPage(
                    change: change, quarantined: quarantined.through, waiting: try outbox.waiting(limit: MailPage.rows),
                    counts: try snapshot.mailOutcomes.counts(since: since),
                    returned: try snapshot.mailOutcomes.returnedCounts(since: since),
                    givenUp: try snapshot.mailOutcomes.givenUp(limit: MailPage.rows))
            })
    }

    /// The decision is recorded first, so that mail sent because of it can be traced to a person.
    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard try context.form().choice(MailController.action, of: Action.self) == .release else {
            throw PageError.malformed(.encoding)
        }
        guard let through = quarantined.through else { return .redirect(to: .staffMail()) }
        try await application.messaging.release(
            through: through == .max ? application.log.head : through, by: .member(context.requireMember().id),
            command: try context.command())
        _ = try quarantined.release()
        return .redirect(to: .staffMail(after: .released))
    }
}

/// `/admin/mejl`: mail that waits, the outcome of the rest and the causes; no address and no content of any mail.
struct MailPage: HTMLPage {
    static let period = Period(days: 30)
    static let rows = 50

    let change: MailChange?
    let quarantined: Int?
    let waiting: [Outbox.Waiting]
    let counts: [MailOutcomes.State: Int]
    let returned: [Bounce.Severity: Int]
    let givenUp: [MailOutcomes.Outcome]

    var title: String { "Mejl" }

    var staffTab: SiteLink? { .staffMail() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Vad som är på väg ut, och hur det gick. Innehåll och adresser visas aldrig här.")
        if change == .released { html.notice("Mejlen från före återställningen skickas nu.", .success) }
        if let quarantined { release(quarantined, into: &html) }
        html.h2("De senaste \(MailPage.period.days) dagarna")
        html.facts { html in
            html.fact("Lämnade till mejlservern", SwedishNumber.grouped(counts[.handedOver] ?? 0))
            html.fact(
                "Skickades inte", SwedishNumber.grouped(counts[.suppressed] ?? 0), meta: "bortvalda eller inaktuella")
            html.fact("Uppgivna", SwedishNumber.grouped(counts[.givenUp] ?? 0))
            html.fact("Kom tillbaka för gott", SwedishNumber.grouped(returned[.hard] ?? 0))
            html.fact("Kom tillbaka tills vidare", SwedishNumber.grouped(returned[.soft] ?? 0))
        }
        writeWaiting(into: &html)
        writeGivenUp(into: &html)
    }

    private func release(_ quarantined: Int, into html: inout HTMLWriter) {
        html.notice(.warning) { html in
            html.p(
                "Webbplatsen har återställts från en säkerhetskopia. Mejl som hör till händelser före återställningen väntar, för en del av dem kan redan ha skickats."
            )
            html.form(post: .staffMail()) { html in
                html.actions {
                    $0.submit("Skicka dem", choice: (MailController.action, MailController.Action.release.rawValue))
                }
            }
        }
    }

    private func writeWaiting(into html: inout HTMLWriter) {
        html.h2("Väntar")
        guard !waiting.isEmpty else { return html.p("Inget mejl väntar.", class: "muted") }
        html.table(
            "Mejl som väntar",
            [
                Column("Sort"), Column("Antal", number: true), Column("Försök", number: true), Column("Nästa försök"),
                Column("Senaste felet"),
            ], rows: waiting
        ) { row, column, html in
            switch column {
            case 0: html.text(row.mail.swedish)
            case 1: html.grouped(row.count)
            case 2: html.grouped(row.attempts)
            case 3: html.exactTime(row.nextDue)
            default: html.text(row.failure.map { MailFailureWords.of(code: $0.code, reply: $0.reply) } ?? "Inget")
            }
        }
    }

    private func writeGivenUp(into html: inout HTMLWriter) {
        html.h2("Uppgivna")
        guard !givenUp.isEmpty else { return html.p("Inget mejl har getts upp.", class: "muted") }
        html.table(
            "Mejl som har getts upp", [Column("När"), Column("Sort"), Column("Varför"), Column("Senaste felet")],
            rows: givenUp
        ) { row, column, html in
            switch column {
            case 0: html.exactTime(row.time)
            case 1: html.text(SiteMail(rawValue: row.name)?.swedish ?? row.name)
            case 2: html.text(row.reason.flatMap(GivingUp.Reason.init)?.swedish ?? "")
            default: html.text(MailFailureWords.of(code: row.code ?? 0, reply: row.reply ?? 0))
            }
        }
    }
}

/// Explains the error numbers of libcurl and the reply codes of relays to administrators.
enum MailFailureWords {
    static func of(code: Int, reply: Int) -> String {
        let words: String? =
            switch code {
            case 5, 6: "mejlserverns namn hittas inte"
            case 7: "mejlservern svarar inte"
            case 28: "mejlservern svarade inte i tid"
            case 35, 64: "förbindelsen kunde inte krypteras"
            case 52, 55, 56: "förbindelsen bröts"
            case 60: "mejlserverns certifikat går inte att lita på"
            case 67: "mejlservern godtar inte användarnamn och lösenord"
            default: nil
            }
        let numbers = [code == 0 ? nil : "kod \(code)", reply == 0 ? nil : "svar \(reply)"].compactMap(\.self)
        return [words, numbers.isEmpty ? nil : numbers.joined(separator: ", ")].compactMap(\.self)
            .joined(separator: " – ").firstUpper
    }
}
