import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// Asks for confirmation before a role is granted or revoked.
struct ConfirmRolePage: HTMLPage {
    let member: PublicMember
    let role: Role
    let change: StaffMemberPage.Change
    let isOneself: Bool
    let asksForCode: Bool
    /// Other members with similar-looking names, who could be mistaken for her once she has the role.
    var lookalikes: [String] = []
    var form = Form()

    private var name: String { member.username ?? "" }
    var width: PageWidth { .narrow }

    var title: String {
        switch change {
        case .grant: "Ge \(name) rollen \(RoleWords.name(of: role))?"
        case .revoke: "Ta ifrån \(name) rollen \(RoleWords.name(of: role))?"
        }
    }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p("En \(RoleWords.name(of: role)) \(RoleWords.meaning(of: role)).")
        if isOneself, change == .revoke {
            html.notice("Det är din egen roll: du kan inte ge dig den tillbaka.", .warning)
        }
        html.p("Ändringen gäller genast och står i granskningsloggen.", class: "muted")
        if change == .grant, !lookalikes.isEmpty {
            html.notice(
                "Det finns medlemmar vars namn liknar \(name): \(lookalikes.swedishList). De behåller sina namn men kan tas för personal. Be dem byta, eller välj ett annat namn innan rollen ges.",
                .warning)
        }
        html.form(post: .staffMember(member.id), form) { html in
            html.hidden(StaffMemberPage.role, role.rawValue)
            html.hidden(StaffMemberPage.change, change.rawValue)
            html.hidden(StaffMemberPage.confirmed, "ja")
            html.presentPassword(in: form)
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit(change == .grant ? "Ge rollen" : "Ta ifrån rollen", change == .grant ? .primary : .danger)
                html.link("Avbryt", to: .staffMember(member.id), class: "link")
            }
        }
    }
}
