import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap

/// `/admin/lagring`: the location of every store, and the security events.
struct StoragePage: HTMLPage {
    let country: String
    let lines: [StoragePlaces.Line]
    let keys: KeyStatus
    let events: [SecurityRow]
    let names: MemberNames

    var title: String { "Lagring" }

    var staffTab: SiteLink? { .staffStorage }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Varje plats där webbplatsen sparar något, och varje väg ut.")
        html.notice(of: keys)
        let unknown = lines.filter { $0.place == nil && $0.kind != .anchor }
        if !unknown.isEmpty {
            html.notice(
                "Policyn lovar att uppgifterna finns i \(CountryWords.name(of: country)). För \(unknown.map { $0.kind.title.lowercased() }.joined(separator: ", ")) har den som sköter driften inte angett var de finns. Platserna anges i serverns inställningar, under places.",
                .warning)
        }
        let columns = [
            Column("Vad"), Column("Innehåll"), Column("Adress"), Column("Plats"), Column("Storlek", number: true),
        ]
        html.table("Lagringsplatser", columns, rows: lines) { line, column, html in
            switch column {
            case 0: html.text(line.kind.title)
            case 1:
                html.text(line.kind.content)
                guard let remark = line.remark else { return }
                html.lineBreak()
                html.span(remark, class: "meta")
            case 2:
                if let address = line.address { html.span(address, class: "hash") } else { html.text("–") }
            case 3: html.text(line.place ?? "Inte angiven")
            default: html.text(line.size.map(SwedishNumber.bytes) ?? "–")
            }
        }
        html.h2("Huvudnycklar")
        html.facts(of: keys)
        html.h2("Säkerhetshändelser")
        guard !events.isEmpty else {
            html.p("Inga har antecknats.")
            return
        }
        html.table("Säkerhetshändelser", [Column("Tid"), Column("Vad"), Column("Vem")], rows: events) {
            event, column, html in
            switch column {
            case 0: html.exactTime(event.time)
            case 1: html.link(event.words, to: .auditEvent(event.position))
            default: event.writeWho(names, into: &html)
            }
        }
    }

    /// The events about the site's security, apart from ordinary sign-ins.
    static let securityEvents = [
        "operation.backup-begun", "operation.keys-rotated", "operation.keys-backed-up", "operation.key-epoch-destroyed",
        "operation.log-continued",
        "accounts.role-granted", "accounts.role-revoked", "accounts.compromise-reported",
        "accounts.security-noticed", "accounts.email-change-undone", "accounts.sign-ins-held-back",
        "accounts.two-factor-disabled",
        "accounts.two-factor-reset-proposed",
        "accounts.two-factor-reset-declined", "accounts.two-factor-reset", "accounts.wrong-codes-noticed",
    ]
}

/// The labels of the countries in the policy's rules.
enum CountryWords {
    static func name(of code: String) -> String { code == "SE" ? "Sverige" : code }
}

extension ConformanceController {
    func showStorage(_ context: SiteContext) async throws -> Response {
        let policy = try application.accounts.policyInForce(at: context.now)
        let (events, names) = try await slowReads.read { snapshot in
            let filter = AuditTrail.Filter(types: StoragePage.securityEvents)
            let events = try snapshot.auditTrail.entries(filter, before: nil)
            let names = try MemberNames(of: events.map(\.actor), streams: events.map(\.stream), in: snapshot)
            return (events, names)
        }
        return context.page(
            StoragePage(
                country: policy.rules.storageCountry, lines: try storage.lines(at: context.now),
                keys: try KeyEpochs(application: application).status(at: context.now),
                events: try events.map { try SecurityRow($0, in: application.log) }, names: names))
    }
}
