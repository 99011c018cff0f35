import Accounts
import Events
import Hummingbird
import Projections

/// `/admin/medlem/{id}`: a member's roles, and changing them.
struct StaffMemberPage: HTMLPage {
    static let role: FieldName = "roll"
    static let change: FieldName = "andring"
    static let confirmed: FieldName = "bekraftat"

    enum Change: String {
        case grant = "ge"
        case revoke = "ta"
    }

    let profile: MemberDirectory.Profile
    /// The last administrator stays one.
    var problem: String?

    var title: String { profile.entry.member.username ?? "Tidigare medlem" }

    func write(into html: inout HTMLWriter) {
        let member = profile.entry.member
        html.subnav("Administration", AdministrationPage.places, current: .staffMember(member.id))
        html.pageHead(title)
        if let problem { html.notice(problem, .error) }
        html.facts { html in
            html.fact("Medlem sedan") { $0.exactTime(profile.entry.joined) }
            html.fact("Inlägg", SwedishNumber.grouped(profile.posts))
            html.fact("Profil") { $0.link("Så ser andra medlemmar profilen", to: .member(member.id)) }
        }
        html.h2("Roller")
        html.facts { html in
            for role in Role.allCases where role != .member {
                let has = profile.roles.contains(role)
                html.fact(RoleWords.name(of: role).firstUpper) { html in
                    html.text(has ? "Ja" : "Nej")
                    html.raw(" ")
                    html.span(RoleWords.meaning(of: role), class: "meta")
                } action: { html in
                    html.button(
                        has ? "Ta ifrån rollen \(RoleWords.name(of: role))" : "Ge rollen \(RoleWords.name(of: role))",
                        post: .staffMember(member.id), has ? .dangerousLink : .link,
                        with: [
                            StaffMemberPage.role: role.rawValue,
                            StaffMemberPage.change: (has ? Change.revoke : .grant).rawValue,
                        ])
                }
            }
        }
    }
}

/// Asks once more before a role is given or taken away.
struct ConfirmRolePage: HTMLPage {
    let member: PublicMember
    let role: Role
    let change: StaffMemberPage.Change
    let isOneself: Bool

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
        html.form(post: .staffMember(member.id)) { html in
            html.hidden(StaffMemberPage.role, role.rawValue)
            html.hidden(StaffMemberPage.change, change.rawValue)
            html.hidden(StaffMemberPage.confirmed, "ja")
            html.actions { html in
                html.submit(change == .grant ? "Ge rollen" : "Ta ifrån rollen", change == .grant ? .primary : .danger)
                html.link("Avbryt", to: .staffMember(member.id), class: "link")
            }
        }
    }
}

extension AdministrationPages {
    func member(_ id: MemberID, _ context: SiteContext, problem: String? = nil) throws -> Response {
        let page = StaffMemberPage(profile: try profile(id), problem: problem)
        return problem == nil ? context.page(page) : context.refused(page)
    }

    func changeRole(of id: MemberID, _ context: SiteContext) async throws -> Response {
        let administrator = try context.requireMember()
        let form = try context.form()
        guard let role = form.choice(StaffMemberPage.role, of: Role.self), role != .member,
            let change = form.choice(StaffMemberPage.change, of: StaffMemberPage.Change.self)
        else { throw PageError.malformed(.encoding) }
        let member = try profile(id).entry.member
        guard form.isChecked(StaffMemberPage.confirmed) else {
            return context.page(
                ConfirmRolePage(member: member, role: role, change: change, isOneself: id == administrator.id))
        }
        do {
            let (actor, command) = (Actor.member(administrator.id), try context.command())
            switch change {
            case .grant: try await community.accounts.grantRole(role, to: id, by: actor, command: command)
            case .revoke: try await community.accounts.revokeRole(role, from: id, by: actor, command: command)
            }
        } catch AccountRefusal.lastAdministrator {
            return try self.member(
                id, context, problem: "Den sista administratören kan inte tas bort: utse en annan först.")
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember {
            throw PageError.notFound
        }
        _ = await community.views.reach(community.log.head)
        // Whoever gave up being an administrator has no business here any more.
        let stays = id != administrator.id || change != .revoke || role != .administrator
        return .redirect(to: stays ? .staffMember(id) : .start)
    }

    private func profile(_ id: MemberID) throws -> MemberDirectory.Profile {
        guard let profile = try community.views.read({ try MemberDirectory.profile(id, in: $0) }) else {
            throw PageError.notFound
        }
        return profile
    }
}

extension String {
    var firstUpper: String { prefix(1).uppercased() + dropFirst() }
}
