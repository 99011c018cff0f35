import Accounts
import HTML
import Processes
import SiteMap

extension PageFrame {
    /// The menu behind the member's own name.
    func writeMenu(of member: SignedInMember, into html: inout HTMLWriter) {
        let news: Attribute? = hasNews(for: member) ? .live(from: .liveCounts) : nil
        html.element(.details, class: "menu", news) { html in
            html.element(.summary) { html in
                html.avatar(Avatar(of: member.id, named: member.username), size: .tiny)
                html.span(member.username, class: "name")
                if hasNews(for: member) { html.unread(member.unread.all, "all") }
            }
            html.element(.ul) { html in
                if member.isAtGate {
                    html.li { html in
                        if member.mustAcceptTexts {
                            html.link("Godkänn de nya texterna", to: .acceptTexts())
                        } else {
                            html.link("Slå på tvåstegsinloggning", to: .twoFactor)
                        }
                    }
                    html.li { $0.link("Registerutdrag", to: .accessReport) }
                    html.li { $0.link("Avsluta konto", to: .closeAccount) }
                } else if past == nil {
                    writePlaces(of: member, into: &html)
                }
                html.li(class: "apart") { html in
                    html.form(post: .signOut) { $0.submit("Logga ut", .link) }
                }
            }
        }
    }

    /// Whether the menu shows unread counts.
    private func hasNews(for member: SignedInMember) -> Bool { !member.isAtGate && past == nil }

    private func writePlaces(of member: SignedInMember, into html: inout HTMLWriter) {
        html.li { html in
            html.link(to: .conversations()) { html in
                html.text("Meddelanden ")
                html.unread(member.unread.messages, "messages")
            }
        }
        html.li { html in
            html.link(to: .notifications) { html in
                html.text("Aviseringar ")
                html.unread(member.unread.notifications, "notices")
            }
        }
        html.li { $0.link("Sparat", to: .bookmarks()) }
        html.li { $0.link("Utkast", to: .drafts) }
        html.li(class: "apart") { $0.link("Min profil", to: .member(member.id)) }
        html.li { $0.link("Inställningar", to: .settings) }
        html.li { $0.link("Sajtinställningar", to: .mailPreferences) }
        html.li { $0.link("Mina ärenden", to: .ownCases) }
        html.li { $0.link("Mina rättigheter", to: .rights) }
        if !member.roles.isDisjoint(with: [.moderator, .administrator]) {
            html.li(class: "apart") { html in
                html.link(to: .administration) { html in
                    html.text("Administration ")
                    html.unread(member.unread.reports, "reports")
                }
            }
        }
        if !member.roles.isDisjoint(with: [.auditor, .administrator]) {
            html.li(class: "apart") { $0.link("Revision", to: .audit) }
        }
    }
}

extension HTMLWriter {
    /// The unread count; hidden at zero, so that the script can show it later.
    ///
    /// - Parameter name: identifies the count to the script.
    fileprivate mutating func unread(_ count: Int, _ name: StaticString) {
        text(" ")
        element(.span, class: "count", count == 0 ? .notShown : nil, .count(name)) { html in
            html.span(count > 99 ? "99+" : "\(count)")
            html.visuallyHidden(" nya")
        }
    }
}
