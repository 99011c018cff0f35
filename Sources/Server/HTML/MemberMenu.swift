import Accounts

extension PageFrame {
    /// The menu behind the member's own name.
    func writeMenu(of member: SignedInMember, into html: inout HTMLWriter) {
        html.element(.details, class: "menu") { html in
            html.element(.summary) { html in
                html.avatar(Avatar(of: member.id, named: member.username), size: .tiny)
                html.text(member.username)
            }
            html.element(.ul) { html in
                if member.mustAcceptTexts {
                    html.li { $0.link("Godkänn de nya texterna", to: .acceptTexts()) }
                    html.li { $0.link("Registerutdrag", to: .accessReport) }
                    html.li { $0.link("Avsluta konto", to: .closeAccount) }
                } else {
                    writePlaces(of: member, into: &html)
                }
                html.li(class: "apart") { html in
                    html.form(post: .signOut) { $0.raw("<button class=\"link\">Logga ut</button>") }
                }
            }
        }
    }

    private func writePlaces(of member: SignedInMember, into html: inout HTMLWriter) {
        html.li { $0.link("Min profil", to: .member(member.id)) }
        html.li { $0.link("Inställningar", to: .settings) }
        html.li { $0.link("Sajtinställningar", to: .mailPreferences) }
        html.li { $0.link("Mina ärenden", to: .ownCases) }
        html.li { $0.link("Mina rättigheter", to: .rights) }
        if !member.roles.isDisjoint(with: [.moderator, .administrator]) {
            html.li(class: "apart") { $0.link("Administration", to: .administration) }
        }
        if !member.roles.isDisjoint(with: [.auditor, .administrator]) {
            html.li(class: "apart") { $0.link("Revision", to: .audit) }
        }
    }
}
