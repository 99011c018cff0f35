import Accounts
import Events
import HTML
import SiteMap

/// `/installningar/inloggning`: how the member signs in: password, second factor, sessions.
struct SignInSettingsPage: HTMLPage {
    /// Nil while two-factor sign-in is off.
    let factor: TwoFactor?
    /// An administrator's proposal to reset the second factor, while it can still be stopped.
    let proposal: ResetProposal?
    /// The number of open sessions.
    let sessions: Int

    var title: String { "Inloggning" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.settingsBreadcrumb()
        html.h1(title)
        if let proposal { stop(proposal, into: &html) }
        html.h2("Tvåstegsinloggning", id: "tva-steg")
        if let factor { on(factor, into: &html) } else { off(into: &html) }
        html.h2("Lösenord")
        html.p("Ett långt lösenord som du inte har någon annanstans.")
        html.actions { $0.buttonLink("Byt lösenord", to: .changePassword, secondary: true) }
        html.h2("Enheter")
        html.p(
            sessions == 1
                ? "Du är inloggad bara här."
                : "Du är inloggad på \(SwedishNumber.spelled(sessions, "en enhet", "enheter")), den här medräknad.")
        html.actions { html in
            html.link("Se och logga ut enheter", to: .settings(showing: "inloggningar"), class: "link")
        }
    }

    private func off(into html: inout HTMLWriter) {
        html.p(
            "Med tvåstegsinloggning räcker det inte att kunna ditt lösenord: den som loggar in skriver också en kod ur en app i din telefon."
        )
        html.facts { $0.fact("Just nu", "Av") }
        html.actions { $0.buttonLink("Slå på tvåstegsinloggning", to: .twoFactor) }
    }

    private func on(_ factor: TwoFactor, into html: inout HTMLWriter) {
        html.p("När du loggar in frågar vi efter lösenordet och en kod ur din app.")
        html.facts { html in
            html.fact("Just nu") { html in
                html.text("På sedan ")
                html.exactTime(factor.since)
            }
            html.fact("Återställningskoder") { html in
                html.text("\(factor.codesLeft) av \(RecoveryCodes.count) kvar")
            } action: { html in
                html.link("Gör nya", to: .renewRecoveryCodes, class: "link")
            }
        }
        if factor.codesLeft <= TwoFactor.fewRecoveryCodes {
            html.notice(
                "Du har få återställningskoder kvar. Gör nya, så att du inte blir utelåst om du blir av med telefonen.",
                .warning)
        }
        html.p(
            "Ska du byta telefon? Stäng av tvåstegsinloggning och slå på den igen med den nya, medan du har den gamla kvar.",
            class: "muted")
        html.actions { html in
            html.buttonLink("Stäng av tvåstegsinloggning", to: .disableTwoFactor, secondary: true)
        }
    }

    private func stop(_ proposal: ResetProposal, into html: inout HTMLWriter) {
        html.notice(.warning) { html in
            html.p { html in
                html.text("En administratör föreslog ")
                html.exactTime(proposal.at)
                html.text(
                    " att din tvåstegsinloggning tas bort, för att du har blivit av med telefonen. Det sker om en annan administratör säger ja. Stämmer det inte, stoppa det."
                )
            }
            html.form(post: .signInSettings) { html in
                html.actions { $0.submit("Stoppa förslaget", .danger) }
            }
        }
    }
}
