import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import SiteMap
import Web

/// Whether mail reaches the member, and what can be done when it does not (P-15.2).
enum AddressSection {
    static func provider(_ application: Application) -> SettingsController.SectionProvider {
        { member, _ in
            let state = try AddressState(of: member, application)
            return SettingsSection(id: "mejl", heading: "Mejl till dig") { state.write(into: &$0) }
        }
    }
}

/// The delivery state of mail to a member's present address.
struct AddressState: Sendable {
    let refusal: Mailbox.Refusal?
    let softBounces: Int

    init(of member: MemberID, _ application: Application) throws {
        let address = try application.accounts.member(member).account?.email?.subject
        let mailbox = try application.messaging.mailbox(of: member)
        refusal = address.flatMap { mailbox.refusal(at: $0) }
        let now = application.clock.now()
        softBounces = address.map { mailbox.softBounces(at: $0, asOf: now) } ?? 0
    }

    func write(into html: inout HTMLWriter) {
        guard let refusal else {
            html.p("Så vitt vi vet kommer mejlen fram till din adress.")
            guard softBounces > 0 else { return }
            html.p(
                "\(SwedishNumber.spelled(softBounces, "ett mejl", "mejl").firstUpper) har kommit tillbaka, till exempel för att brevlådan var full. Vi fortsätter att försöka.",
                class: "muted")
            return html.button("Nollställ", post: .retryAddress)
        }
        warn(refusal, into: &html)
    }

    /// Writes the warning that mail to the address is stopped, and the button that resumes it.
    func warn(_ refusal: Mailbox.Refusal, into html: inout HTMLWriter) {
        html.notice(.warning) { html in
            html.p(
                "\(cause(of: refusal)) Därför skickar vi inget dit längre, förutom länkar som du själv ber om, svar i dina ärenden och varningar om kontots säkerhet."
            )
            html.form(post: .retryAddress) { html in
                html.actions { html in
                    html.submit("Försök igen")
                    html.buttonLink("Byt adress", to: .changeEmail, secondary: true)
                }
            }
        }
    }
}

extension AddressState {
    private func cause(of refusal: Mailbox.Refusal) -> String {
        let time = RelativeTime(refusal.since, now: refusal.since).exact
        return refusal.mails == 1
            ? "Den \(time) fick vi tillbaka ett mejl till din adress: adressen tar inte emot mejl (\(refusal.status))."
            : "Inom \(Mailbox.softBouncesCountFor.swedish) fick vi tillbaka \(SwedishNumber.inWords(refusal.mails)) mejl till din adress, det senaste den \(time) (\(refusal.status)). Brevlådan kan vara full."
    }
}

extension MailPreferencesController {
    /// Resumes mail to the present address.
    func retryAddress(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        if let address = try application.accounts.member(member).account?.email?.subject {
            try await application.messaging.retry(address, of: member, command: try context.command())
        }
        return .redirect(to: .settingsAfter(.addressRetried))
    }
}
