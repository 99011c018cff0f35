import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// The values of the consent buttons.
enum ConsentChoice: String { case yes = "ja", no = "nej" }

extension FieldName {
    static let consentPurpose: FieldName = "samtycke"
    static let consentAnswer: FieldName = "svar"
}

/// The member's consents with date, version and wording, and the controls to change each (P-01.1).
struct ConsentsSection: Sendable {
    let own: OwnData
    let rules: PolicyRules
    let wordings: WordingArchive
    let ledger: ConsentLedger

    func write(into html: inout HTMLWriter) {
        html.p("Det är lika lätt att ta tillbaka ett ja som att ge det. Det vi gjorde innan är fortfarande lagligt.")
        html.facts { html in
            // A consent that is no longer asked for stays listed so that it can be withdrawn.
            for purpose in ConsentPurpose.allCases where rules.asks(purpose) || own.account.consents.contains(purpose) {
                write(purpose, into: &html)
            }
            newsletter(into: &html)
            for text in own.record.acceptedTexts.reversed() { write(text, into: &html) }
        }
        html.element(.details) { html in
            html.element(.summary, text: "Varje svar du har gett, i ordning")
            ConsentHistory(ledger: ledger, wordings: wordings).write(into: &html)
        }
    }

    private func write(_ purpose: ConsentPurpose, into html: inout HTMLWriter) {
        let isYes = own.account.consents.contains(purpose)
        let answer = own.record.consents[purpose]
        html.fact(purpose.swedish) { html in
            html.text(isYes ? "Ja" : answer == nil ? "Nej, inget ja har getts" : "Nej, tillbakadraget")
            if let answer { html.span("Den \(RelativeTime(answer.at, now: answer.at).exact)", class: "meta") }
            if let form = answer?.form { details(wordings.text(of: form, for: purpose), form, into: &html) }
        } action: { html in
            guard !purpose.isVisibility || !rules.asks(purpose) else {
                html.element(.a, class: "link", .href(fragment: "synlighet")) { html in
                    html.text("Ändra")
                    html.visuallyHidden(": \(purpose.swedish.lowercased())")
                }
                return
            }
            guard isYes || !own.account.isProtected else { return }
            html.button(
                isYes ? "Ta tillbaka" : "Ge samtycke", post: .answerConsent,
                with: [
                    .consentPurpose: purpose.rawValue,
                    .consentAnswer: (isYes ? ConsentChoice.no : .yes).rawValue,
                ])
        }
        guard purpose == .registerLookup, !isYes else { return }
        html.fact("Frågan om folkbokföringen") { html in
            html.text(RegisterLookupWording.question)
            html.span(RegisterLookupWording.hint, class: "meta")
        }
    }

    private func newsletter(into html: inout HTMLWriter) {
        html.fact("Nyhetsbrev") { html in
            html.text(own.account.newsletter.map { $0.isYes ? "Ja" : "Nej" } ?? "Inget svar")
            if let at = own.record.newsletterAnsweredAt {
                html.span("Den \(RelativeTime(at, now: at).exact)", class: "meta")
            }
            if let form = own.account.newsletter?.form { details(wordings.newsletter(of: form), form, into: &html) }
        } action: { html in
            html.link(to: .mailPreferences, class: "link") { html in
                html.text("Ändra")
                html.visuallyHidden(": nyhetsbrev")
            }
        }
    }

    private func write(_ text: OwnRecord.AcceptedText, into html: inout HTMLWriter) {
        let version = text.acceptance.version
        let (label, page): (String, SiteLink) =
            switch text.kind {
            case .policy: ("Integritetspolicyn", .privacyPolicy(version: version.description))
            case .terms: ("Medlemsvillkoren", .memberTerms(version: version.description))
            }
        html.fact(label) { html in
            html.text("Godkänd: ")
            html.link("versionen av den \(SwedishDate.long(version))", to: page)
            html.span("Den \(RelativeTime(text.at, now: text.at).exact)", class: "meta")
            details(wordings.acceptance(text), text.acceptance.form, into: &html)
        }
    }

    private func details(_ wording: String?, _ form: TextHash, into html: inout HTMLWriter) {
        html.element(.details) { html in
            html.element(.summary, class: "small", text: "Så löd frågan")
            html.p(wording ?? "Formuleringen finns inte kvar här, bara dess kontrollsumma.", class: "small")
            html.p("Kontrollsumma: \(form)", class: "small hash")
        }
    }
}

extension ConsentPurpose {
    var swedish: String {
        switch self {
        case .registerLookup: "Hämta från folkbokföringen"
        case .visibleName: "Visa namn"
        case .visibleAgeAndSex: "Visa ålder och kön"
        }
    }
}

extension SettingsController {
    /// Gives or withdraws a consent: the same button and the same number of steps.
    func answerConsent(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try context.form()
        guard let purpose = form.choice(.consentPurpose, of: ConsentPurpose.self),
            let choice = form.choice(.consentAnswer, of: ConsentChoice.self)
        else { throw PageError.malformed(.encoding) }
        let wording = VisibilityWording(purpose)?.hash ?? RegisterLookupWording.hash
        do {
            try await application.accounts.answer(
                AnswerConsent(purpose, isYes: choice == .yes, wording: wording), of: context.requireMember().id,
                command: try context.command())
        } catch let refusal as AccountRefusal {
            return try refused(refusal, context)
        }
        return done(
            purpose.isVisibility
                ? choice == .yes ? .shown : .hidden : choice == .yes ? .consentGiven : .consentWithdrawn)
    }

    /// The answer to a request that the page does not offer, because the switch is locked.
    private func refused(_ refusal: AccountRefusal, _ context: SiteContext) throws -> Response {
        if case .tooYoung(let age) = refusal {
            return context.refused(LockedPage(reason: "Du kan välja det när du har fyllt \(age) år."))
        }
        guard refusal == .protectedIdentity else { throw refusal }
        return context.refused(
            LockedPage(reason: "Så länge din identitet är skyddad visas inget och slås inget upp."))
    }
}

/// Explains why a setting cannot be switched on.
struct LockedPage: HTMLPage {
    let reason: String

    var title: String { "Det går inte att slå på" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p(reason, class: "lead")
        html.actions { $0.buttonLink("Till inställningarna", to: .settings) }
    }
}
