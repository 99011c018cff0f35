import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import SiteMap

extension SettingsController {
    /// Opening the link confirms nothing: mail scanners open links too.
    func showConfirmNewEmail(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let (token, _) = try valid(.changeEmail, context) else { return try broken(.changeEmail, context) }
        return context.page(EmailLinkPage(purpose: .confirm, token: token))
    }

    func confirmNewEmail(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let (token, member) = try valid(.changeEmail, context), let asked = try tokens.asked(of: token) else {
            return try broken(.changeEmail, context)
        }
        do {
            try await application.accounts.confirmEmailChange(
                of: member, linkMadeAt: asked, command: try context.command())
        } catch AccountRefusal.emailTaken {
            return context.page(EmailTakenPage(), status: .conflict)
        } catch AccountRefusal.linkExpired {
            return context.broken(.expired, .newEmail)
        }
        _ = try tokens.redeem(token, for: .changeEmail, at: context.now)
        return context.page(EmailLinkDonePage(result: .confirmed))
    }

    func showUndoEmailChange(_ request: Request, _ context: SiteContext) throws -> Response {
        guard let (token, _) = try valid(.undoEmailChange, context) else {
            return try broken(.undoEmailChange, context)
        }
        return context.page(EmailLinkPage(purpose: .undo, token: token))
    }

    /// Restores the old address and ends every session; only a link to that address sets a new password (P-12.2).
    func undoEmailChange(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let (token, member) = try valid(.undoEmailChange, context) else {
            return try broken(.undoEmailChange, context)
        }
        do {
            try await application.accounts.undoEmailChange(of: member, command: try context.command())
        } catch AccountRefusal.linkExpired {
            return context.broken(.expired, .undoneEmail)
        }
        _ = try tokens.redeem(token, for: .undoEmailChange, at: context.now)
        try await ending.endAll(of: member, at: context.now)
        try context.visit.site.devices.forgetAll(of: member)
        let wasSignedInHere = context.member?.id == member
        let isClosed = try application.accounts.member(member).closing != nil
        let response = context.signedOutPage(EmailLinkDonePage(result: isClosed ? .undoneOnClosed : .undone))
        return wasSignedInHere ? try context.signOut(then: response) : response
    }

    private func valid(
        _ purpose: OneTimeTokens.Purpose, _ context: SiteContext
    ) throws -> (SecretToken, MemberID)? {
        guard let token = SecretToken(try context.place("token")),
            case .valid(let member) = try tokens.state(of: token, for: purpose, at: context.now)
        else { return nil }
        return (token, member)
    }

    private func broken(_ purpose: OneTimeTokens.Purpose, _ context: SiteContext) throws -> Response {
        let state = try SecretToken(try context.place("token")).map {
            try tokens.state(of: $0, for: purpose, at: context.now)
        }
        let page: BrokenLinkPage.Purpose = purpose == .undoEmailChange ? .undoneEmail : .newEmail
        switch state {
        case .used?: return context.broken(.used, page)
        case .expired?: return context.broken(.expired, page)
        case .unknown?, .valid?, nil: return context.broken(.unknown, page)
        }
    }
}

extension SiteContext {
    /// The page rendered for a visitor, as this browser will see it once signed out.
    func signedOutPage(_ page: some HTMLPage, status: HTTPResponse.Status = .ok) -> Response {
        var visit = visit
        visit.reader = .visitor
        visit.session = nil
        return SiteContext(source: visit).page(page, status: status)
    }
}

/// The page behind a mailed link about an address, with the button that confirms or undoes.
private struct EmailLinkPage: HTMLPage {
    enum Purpose: Sendable { case confirm, undo }

    let purpose: Purpose
    let token: SecretToken

    var title: String {
        switch purpose {
        case .confirm: "Bekräfta din nya e-postadress"
        case .undo: "Ångra bytet av e-postadress"
        }
    }

    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        switch purpose {
        case .confirm:
            html.p(
                "Tryck på knappen så byter vi till den här adressen. Vi berättar om bytet för den gamla.", class: "lead"
            )
            html.form(post: .confirmNewEmail(token: token.description)) { html in
                html.actions { $0.submit("Byt till den här adressen") }
            }
        case .undo:
            html.p("Var det inte du som bytte adress? Ångra bytet, så får du tillbaka ditt konto.", class: "lead")
            html.div(class: "prose") { html in
                html.list([
                    "Den här adressen hör till kontot igen, och den nya tas bort.",
                    "Alla som är inloggade loggas ut.",
                    "Lösenordet slutar gälla, och du väljer ett nytt.",
                ]) { $1.text($0) }
            }
            html.form(post: .undoEmailChange(token: token.description)) { html in
                html.actions { $0.submit("Ångra bytet", .danger) }
            }
        }
    }
}

private struct EmailLinkDonePage: HTMLPage {
    enum Result: Sendable { case confirmed, undone, undoneOnClosed }

    let result: Result

    var title: String {
        switch result {
        case .confirmed: "Adressen är bytt"
        case .undone, .undoneOnClosed: "Bytet är ångrat"
        }
    }

    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        switch result {
        case .confirmed:
            html.p("Från och med nu loggar du in och får mejl på den nya adressen.", class: "lead")
            html.actions { $0.buttonLink("Till inställningarna", to: .settings) }
        case .undone:
            html.p("Kontot hör till den här adressen igen, och alla är utloggade.", class: "lead")
            html.p("Vi har mejlat dig en länk där du väljer ett nytt lösenord.")
            html.actions { $0.link("Skicka en ny länk", to: .forgottenPassword, class: "link") }
        case .undoneOnClosed:
            html.p("Kontot hör till den här adressen igen, men det är avslutat.", class: "lead")
            html.p(
                "Be om en länk som återskapar det. Sedan väljer du ett nytt lösenord, för det gamla gäller inte längre."
            )
            html.actions { $0.buttonLink("Be om en länk", to: .restoreLink) }
        }
    }
}

/// Shown only behind the link in the mail, so only the owner of the mailbox learns that the address is taken (P-16.6).
private struct EmailTakenPage: HTMLPage {
    var title: String { "Adressen hör redan till ett konto" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Ett annat konto har den här adressen. Inget har bytts.", class: "lead")
        html.waysIn()
    }
}
