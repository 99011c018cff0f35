import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension FieldName {
    static let correctedName: FieldName = "nytt-namn"
    static let correctedNumber: FieldName = "nytt-personnummer"
    static let correctedSex: FieldName = "nytt-kon"
    static let grounds: FieldName = "skal"
}

extension SettingsController {
    func showRequestCorrection(_ request: Request, _ context: SiteContext) throws -> Response {
        let form = try request.query()
        guard let field = form.choice(.correctedField, of: CorrectedField.self) else {
            return context.page(ChooseCorrectionPage())
        }
        return context.page(try correctionPage(Form(), field, context))
    }

    func requestCorrection(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let field = form.choice(.correctedField, of: CorrectedField.self) else {
            throw PageError.malformed(.encoding)
        }
        var page = try correctionPage(form, field, context)
        guard !page.isWaiting else { return context.refused(page) }
        let value = try correctedValue(field, &form, context)
        let grounds = form.text(.grounds)
        let wish = value.flatMap { CorrectionWish($0, grounds: grounds) }
        if value != nil, wish == nil { form.note("Korta ned texten till högst 2 000 tecken.", at: .grounds) }
        // The digits typed for a number are never sent back to the page.
        form.forget(.correctedNumber)
        page.form = form
        guard form.isAccepted, let wish else { return context.refused(page) }
        _ = try await application.accounts.requestCorrection(
            of: context.requireMember().id, to: wish, command: try context.command())
        return done(.correctionRequested)
    }

    /// Validated as at registration.
    private func correctedValue(
        _ field: CorrectedField, _ form: inout Form, _ context: SiteContext
    ) throws -> CorrectedValue? {
        let identity = try account(context).identity.value.value
        switch field {
        case .name:
            guard let name = form.require(.correctedName, as: PersonName.init, else: RegistrationText.message) else {
                return nil
            }
            guard name != identity?.name else {
                form.note("Så heter du redan hos oss.", at: .correctedName)
                return nil
            }
            return .name(name)
        case .sex:
            guard let sex = form.require(.correctedSex, "Välj kvinna eller man.", of: Sex.self) else { return nil }
            guard sex != identity?.sex else {
                form.note("Det är vad som står redan.", at: .correctedSex)
                return nil
            }
            return .sex(sex)
        case .personalIdentityNumber:
            return try correctedNumber(&form, identity, context)
        }
    }

    private func correctedNumber(
        _ form: inout Form, _ identity: Identity?, _ context: SiteContext
    ) throws -> CorrectedValue? {
        let today = context.now.stockholmDate
        let parse = { (text: String) throws(PersonalIdentityNumber.Problem) in
            try PersonalIdentityNumber(text, today: today)
        }
        guard let number = form.require(.correctedNumber, as: parse, else: RegistrationText.message) else { return nil }
        let minimumAge = try application.accounts.policyInForce(at: context.now).rules.registration.joiningAge
        guard number.birthDate.wholeYears(until: today) >= minimumAge else {
            form.note(RegistrationText.tooYoung(minimumAge), at: .correctedNumber)
            return nil
        }
        guard number != identity?.number else {
            form.note("Det numret har vi redan.", at: .correctedNumber)
            return nil
        }
        return .personalIdentityNumber(number)
    }

    /// The form for a field, or the open request: each field has at most one at a time.
    private func correctionPage(
        _ form: Form, _ field: CorrectedField, _ context: SiteContext
    ) throws -> RequestCorrectionPage {
        let member = try context.requireMember().id
        let waiting = try application.views.corrections.of(member).contains {
            $0.field == field && $0.isOpen
        }
        return RequestCorrectionPage(form: form, field: field, isWaiting: waiting)
    }
}

/// `/installningar/rattelse`: the choice among the three fields.
private struct ChooseCorrectionPage: HTMLPage {
    var title: String { "Begär rättelse" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        html.p("Vad stämmer inte?", class: "lead")
        html.list(CorrectedField.allCases) { field, html in
            html.link(field.swedish.firstUpper, to: .requestCorrection(field))
        }
        html.p { html in
            html.text("Resten ändrar du själv under ")
            html.link("Inställningar", to: .settings)
            html.text(".")
        }
    }
}

/// The request for one field.
struct RequestCorrectionPage: HTMLPage {
    var form: Form
    let field: CorrectedField
    let isWaiting: Bool

    var title: String { "Begär rättelse av \(field.swedish)" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        guard !isWaiting else {
            html.notice("Du har redan en begäran om detta som väntar. Du får ett mejl när den är avgjord.")
            return html.actions { $0.buttonLink("Till inställningarna", to: .settings) }
        }
        html.p(
            "Vi jämför med en handling som du visar oss. Sedan får du ett mejl om beslutet."
        )
        html.form(post: .requestCorrection(), form) { html in
            html.hidden(.correctedField, field.rawValue)
            switch field {
            case .name:
                html.field(
                    .correctedName, "För- och efternamn som det ska vara", in: form, autocomplete: "name",
                    maxLength: 100)
            case .personalIdentityNumber:
                html.field(
                    .correctedNumber, "Personnummer som det ska vara", in: form, .digits,
                    hint:
                        "Eller samordningsnummer. Till exempel ÅÅÅÅMMDD-NNNN. Det krypteras, och vi visar det inte igen.",
                    maxLength: 20, isShort: true)
            case .sex:
                html.radios(
                    .correctedSex, "Kön som det ska vara", in: form,
                    options: Sex.allCases.map { ($0.rawValue, $0.words, nil) })
            }
            html.textarea(
                .grounds, "Varför?", in: form, hint: "Skriv inget personnummer här.", optional: true, maxLength: 2000,
                rows: 4)
            html.actions { html in
                html.submit("Skicka begäran")
                html.link("Avbryt", to: .settings, class: "link")
            }
        }
    }
}

extension CorrectionList.Entry {
    var isOpen: Bool {
        switch state {
        case .requested, .compared: true
        case .decided: false
        }
    }
}

extension SiteLink {
    static func requestCorrection(_ field: CorrectedField) -> SiteLink { .requestCorrection(field: field.rawValue) }

    static var requestCorrection: SiteLink { .requestCorrection() }
}
