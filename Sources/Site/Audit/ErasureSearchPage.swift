import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/revision/radering`: an erasure, found by what a former member still has of it. Shows no name.
struct ErasureSearchPage: HTMLPage {
    static let query: FieldName = "kvitto"

    enum Outcome: Sendable {
        case found(ErasureReceipt)
        case underWay(since: Instant)
        /// The same whether there is no such erasure, it is not due, or a legal hold defers it (P-10.1).
        case notReady
    }

    var form = Form()
    var outcome: Outcome?

    var title: String { "Kontrollera en radering" }

    func write(into html: inout HTMLWriter) {
        html.subnav("Revision", AuditTab.all, current: .audit)
        html.breadcrumbs([Breadcrumb("Revision", .audit)])
        html.pageHead(
            title, lead: "Visar om en radering är gjord och vad som är borta, utan att tala om vem den gällde.")
        html.erasureSearch(form)
        switch outcome {
        case nil: break
        case .found(let receipt): write(receipt, into: &html)
        case .underWay(since: let time):
            html.notice(.warning) { html in
                html.p { html in
                    html.element(.strong, text: "Raderingen pågår. ")
                    html.text("Den började ")
                    html.exactTime(time)
                    html.text(", och uppgifterna går inte att läsa längre. De sista filerna görs rena.")
                }
            }
        case .notReady:
            html.notice(
                "Det finns ingen färdig radering för det du skrev. Antingen är den inte klar än, eller så stämmer inte texten. Kontrollera att hela länken, hela beviset eller hela id:t är med.",
                .warning)
        }
    }

    private func write(_ receipt: ErasureReceipt, into html: inout HTMLWriter) {
        html.h2("Raderingen är klar")
        html.p("Nycklarna till uppgifterna är förstörda, så ingen kan läsa dem igen.")
        html.facts { html in
            html.fact("Spärren") { html in
                html.link("händelse \(SwedishNumber.grouped(receipt.position))", to: .auditEvent(receipt.position))
            }
            html.facts(of: receipt)
            html.fact("Slutfördes i") { html in
                let position = receipt.completion.position
                html.link("händelse \(SwedishNumber.grouped(position))", to: .auditEvent(position))
            }
        }
        html.erased(receipt)
        html.h2("Bevis")
        html.p { html in
            html.text("Beviset visar att spärren står i loggen, under en signerad kontrollpunkt. ")
            html.link("Hämta beviset", to: .eventProof(receipt.position))
            html.text(" (C2SP tlog-proof).")
        }
        html.p("Beviset gäller händelsen med den här hashen:")
        html.scrolling("Händelsens hash", Hex.encode(receipt.leafHash))
        html.p("Kontrollpunktens signatur kontrolleras med webbplatsens nyckel:")
        html.scrolling("Verifieringsnyckeln", receipt.key.description)
    }
}

extension HTMLWriter {
    mutating func erasureSearch(_ form: Form) {
        self.form(post: .erasureSearch, form) { html in
            html.textarea(
                ErasureSearchPage.query, "Kvitto eller id", in: form,
                hint:
                    "Länken till kvittot, beviset som sparades därifrån, eller det id som en före detta medlem har kvar.",
                maxLength: ErasureQuery.longest, rows: 3)
            html.actions { $0.submit("Kontrollera") }
        }
    }
}

/// What a former member may have of the erasure.
enum ErasureQuery: Hashable {
    static let longest = 10_000

    case receipt(TextHash)
    case member(MemberID)
    /// The position of the fence, from the saved proof.
    case fence(Int)

    /// Nil when the text is none of them.
    init?(_ text: String) {
        if text.hasPrefix(EventProof.title) {
            let proof = text.replacing("\r\n", with: "\n") + "\n"
            guard let position = try? EventProof(text: proof).position else { return nil }
            self = .fence(position)
        } else if let token = SecretToken(ErasureQuery.token(in: text)) {
            self = .receipt(token.receipt)
        } else if let member = MemberID(text.hasPrefix("member:") ? String(text.dropFirst(7)) : text) {
            self = .member(member)
        } else {
            return nil
        }
    }

    /// The end of a link, with what a sentence or a mail program may have put around it.
    private static func token(in text: String) -> String {
        guard let link = text.firstRange(of: "/kvitto/") else { return text }
        return String(
            text[link.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    }
}

extension AuditController {
    func search(_ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let query = form.require(
            ErasureSearchPage.query,
            "Det här är varken en länk till ett kvitto, ett bevis därifrån eller ett id. Klistra in hela texten."
        ) { text in text.count > ErasureQuery.longest ? nil : ErasureQuery(text) }
        guard let query else { return context.refused(ErasureSearchPage(form: form)).uncached }
        return context.page(ErasureSearchPage(form: form, outcome: try await outcome(of: query, context))).uncached
    }

    private func outcome(of query: ErasureQuery, _ context: SiteContext) async throws -> ErasureSearchPage.Outcome {
        let reader = try context.requireMember().id
        let log = application.log
        let fenced = try await slowReads.read { snapshot -> FencedErasure? in
            let fenced =
                switch query {
                case .receipt(let receipt): try log.erasure(withReceipt: receipt)
                case .member(let member): try log.erasure(of: member)
                case .fence(let position): try log.erasure(fencedAt: position)
                }
            guard let fenced, try snapshot.auditTrail.shows(fenced.position, to: reader) else { return nil }
            return fenced
        }
        guard let fenced else { return .notReady }
        guard let receipt = try await application.receipt(of: fenced, at: context.now) else {
            return .underWay(since: fenced.time)
        }
        return .found(receipt)
    }
}
