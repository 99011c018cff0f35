import Accounts

extension PageFrame {
    /// The menu behind the member's own name.
    func writeMenu(of member: SignedInMember, into html: inout HTMLWriter) {
        let unread = member.unreadMessages + member.unreadNotifications
        html.element(.details, class: "menu") { html in
            html.element(.summary) { html in
                html.avatar(Avatar(of: member.id, named: member.username), size: .tiny)
                html.text(member.username)
                if unread > 0 {
                    html.raw(" <span class=\"count\">")
                    html.digits(unread)
                    html.raw("<span class=\"visually-hidden\"> nya</span></span>")
                }
            }
            html.element(.ul) { html in
                item("Aviseringar", .notifications, count: member.unreadNotifications, into: &html)
                item("Meddelanden", .conversations, count: member.unreadMessages, into: &html)
                item("Min profil", .member(member.id), into: &html)
                html.li(class: "apart") { $0.link("Inställningar", to: .settings) }
                item("Sajtinställningar", .mailPreferences, into: &html)
                item("Mina rättigheter", .rights, into: &html)
                if !member.roles.isDisjoint(with: [.moderator, .administrator]) {
                    html.li(class: "apart") { $0.link("Administration", to: .administration) }
                }
                if !member.roles.isDisjoint(with: [.auditor, .administrator]) {
                    html.li(class: "apart") { $0.link("Revision", to: .audit) }
                }
                html.li(class: "apart") { html in
                    html.form(post: .signOut) { $0.raw("<button class=\"link\">Logga ut</button>") }
                }
            }
        }
    }

    private func item(_ label: String, _ page: Page, count: Int = 0, into html: inout HTMLWriter) {
        html.li { html in
            html.link(to: page) { html in
                html.text(label)
                guard count > 0 else { return }
                html.raw(" <span class=\"count\">")
                html.digits(count)
                html.raw("</span>")
            }
        }
    }
}
