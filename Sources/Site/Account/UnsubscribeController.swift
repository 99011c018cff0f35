import Accounts
import Events
import HTML
import Hummingbird
import Processes
import SiteMap

/// `/avregistrera/{token}`: ends one kind of mail with one click, for anybody who has the mail, without signing in (RFC 8058).
struct UnsubscribeController: Sendable {
    let application: Application
    private let tokens: UnsubscribeTokens

    init(application: Application) {
        self.application = application
        tokens = UnsubscribeTokens(log: application.log)
    }

    func add(to routes: inout Routes) {
        routes.get(.unsubscribe, show)
        // After a newsletter many readers' mail programs call from the same few addresses, so the limit is the generous one for reading.
        routes.post(.unsubscribe, limit: .read, proof: .address, unsubscribe)
    }

    /// Opening the link changes nothing: mail scanners open links too.
    private func show(_ request: Request, _ context: SiteContext) throws -> Response {
        let token = try context.place("token")
        guard let link = tokens.opened(token) else { return unknown(context) }
        return context.page(UnsubscribePage(token: token, mails: link.mails))
    }

    /// Gives the same answer whether or not the member still exists.
    private func unsubscribe(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let link = tokens.opened(try context.place("token")) else { return unknown(context) }
        let command = CommandID(at: context.now)
        switch link.mails {
        case .kind(let kind):
            try await application.accounts.unsubscribe(link.member, from: kind, command: command)
        case .daily: try await application.accounts.unsubscribeFromDaily(link.member, command: command)
        case .newsletter:
            try await application.accounts.unsubscribeFromNewsletter(
                link.member, wording: UnsubscribeWording.hash, command: command)
        }
        return context.page(UnsubscribedPage(mails: link.mails))
    }

    private func unknown(_ context: SiteContext) -> Response { context.page(UnknownLinkPage(), status: .notFound) }
}

/// `/avregistrera/{token}`
struct UnsubscribePage: HTMLPage {
    let token: String
    let mails: MailSwitch

    var title: String { "Sluta få \(mails.swedish)?" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Tryck på knappen, så får du inte längre \(mails.swedish).", class: "lead")
        if mails == .daily { html.p(MailSwitch.whatDailyIs) }
        html.p("Du behöver inte logga in. Ångrar du dig slår du på mejlen igen under Sajtinställningar.")
        html.form(post: .unsubscribe(token: token)) { html in html.actions { $0.submit("Sluta skicka") } }
    }
}

/// Confirms that the mails are stopped.
struct UnsubscribedPage: HTMLPage {
    let mails: MailSwitch

    var title: String { "Klart" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("Du får inte längre \(mails.swedish).", class: "lead")
        if mails == .daily { html.p(MailSwitch.whatDailyIs) }
        html.p { html in
            html.text("Ångrar du dig, eller vill du välja bort mer, gör du det under ")
            html.link("Sajtinställningar", to: .mailPreferences)
            html.text(".")
        }
    }
}

extension MailSwitch {
    fileprivate static let whatDailyIs =
        "Det gäller allt som du har valt att få mejl om en gång om dagen. Det du får mejl om genast ändras inte."
}

/// Shown for a link that is in no mail the site sent.
struct UnknownLinkPage: HTMLPage {
    var title: String { "Länken fungerar inte" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Den kan ha blivit avkortad på vägen. Öppna den direkt i mejlet, eller kopiera hela länken.", class: "lead")
        html.p { html in
            html.text("Du kan också logga in och välja bort mejl under ")
            html.link("Sajtinställningar", to: .mailPreferences)
            html.text(".")
        }
    }
}
