import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/admin/medlem/{id}`: a member's status and roles, and the possible decisions; a former member's name is not shown.
struct StaffMemberPage: HTMLPage {
    static let role: FieldName = "roll"
    static let change: FieldName = "andring"
    static let confirmed: FieldName = "bekraftat"

    enum Change: String {
        case grant = "ge"
        case revoke = "ta"
    }

    let id: MemberID
    let status: MemberStatus
    /// Nil unless the member is active.
    let profile: MemberDirectory.Profile?
    let isOneself: Bool
    let isOnHold: Bool
    let hasTwoFactor: Bool
    /// Set when the account is without its number and the reader may know (P-16.6).
    let duplicate: DuplicateEntry?
    /// Why the last change was refused, such as removing the last administrator.
    var problem: String?

    var title: String { profile?.entry.member.username ?? status.title }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title)
        if let problem { html.notice(problem, .error) }
        html.facts { html in
            status.writeFacts(into: &html)
            if let duplicate {
                html.fact("Personnumret", duplicate.holder.words)
                html.fact("Avslutas av sig självt") { $0.exactTime(duplicate.end) }
            }
            guard let profile else { return }
            html.fact("Medlem sedan") { $0.exactTime(profile.entry.joined) }
            html.fact("Inlägg", SwedishNumber.grouped(profile.posts))
            html.fact("Profil") { $0.link("Så ser andra medlemmar profilen", to: .member(id)) }
        }
        if let profile { roles(of: profile, into: &html) }
        html.h2("Åtgärder")
        guard !isOneself else {
            html.p("Det är ditt eget konto. Beslut om det fattas av en annan administratör.", class: "muted")
            return
        }
        if status.isOver {
            html.p("Tiden har gått ut. Uppgifterna raderas och kan inte längre öppnas.", class: "muted")
        }
        html.list(actions) { action, html in
            html.link(action.label, to: action.page)
            html.text(" – \(action.meaning)")
        }
    }

    private var actions: [(label: String, page: SiteLink, meaning: String)] {
        var actions: [(String, SiteLink, String)] = []
        if !status.isOver {
            actions.append(("Öppna uppgifterna", .staffMemberData(id), "kräver ett skäl, som antecknas"))
        }
        switch status {
        case .awaitingReview: break
        case .active:
            actions.append(("Logga ut överallt", .staffEndSessions(id), "om någon annan kan vara inloggad på kontot"))
            actions.append(("Stäng av till ett datum", .staffDeactivate(id), "medlemmen kan logga in igen den dagen"))
            actions.append(("Stäng kontot", .staffClose(id), "om någon bryter mot policyn eller villkoren"))
        case .deactivated:
            actions.append(("Häv avstängningen", .staffRestore(id), "medlemmen kan logga in igen genast"))
            actions.append(("Stäng kontot", .staffClose(id), "om någon bryter mot policyn eller villkoren"))
        case .closed(.duplicate, _, _, _, _): break
        case .closed(_, _, _, let isDue, _):
            if !isDue { actions.append(("Återskapa kontot", .staffRestore(id), "för den som ber om hjälp med det")) }
        }
        if duplicate != nil {
            actions.append(("Granska registreringen", .staffReview(id), "personnumret hör till ett annat konto"))
        }
        if status.appeal == .made {
            actions.append(("Pröva beslutet igen", .staffAppeal(id), "medlemmen har begärt omprövning"))
        }
        if hasTwoFactor {
            actions.append(
                ("Återställ tvåstegsinloggning", .staffTwoFactor(id), "för den som har blivit av med telefonen"))
        }
        actions.append(
            ("Bevara uppgifterna", .staffHold(id), isOnHold ? "bevaras nu" : "skjuter upp radering för en utredning"))
        return actions
    }

    private func roles(of profile: MemberDirectory.Profile, into html: inout HTMLWriter) {
        html.h2("Roller")
        html.facts { html in
            for role in Role.allCases where role != .member {
                let has = profile.roles.contains(role)
                // The holder may give up her own role, but only others can grant her one (P-08.2).
                let mayChange = has || !isOneself
                html.fact(RoleWords.name(of: role).firstUpper) { html in
                    html.text(has ? "Ja" : "Nej")
                    html.text(" ")
                    html.span(RoleWords.meaning(of: role), class: "meta")
                } action: { html in
                    guard mayChange else { return }
                    html.button(
                        has ? "Ta ifrån rollen \(RoleWords.name(of: role))" : "Ge rollen \(RoleWords.name(of: role))",
                        post: .staffMember(id), has ? .dangerousLink : .link,
                        with: [
                            StaffMemberPage.role: role.rawValue,
                            StaffMemberPage.change: (has ? Change.revoke : .grant).rawValue,
                        ])
                }
            }
        }
    }
}

extension AdministrationController {
    func member(_ id: MemberID, _ context: SiteContext, problem: String? = nil) throws -> Response {
        let page = try StaffMemberPage(id, problem: problem, application, context)
        return problem == nil ? context.page(page) : context.refused(page)
    }

    func changeRole(of id: MemberID, _ context: SiteContext) async throws -> Response {
        let administrator = try context.requireMember()
        let form = try context.form()
        guard let role = form.choice(StaffMemberPage.role, of: Role.self), role != .member,
            let change = form.choice(StaffMemberPage.change, of: StaffMemberPage.Change.self)
        else { throw PageError.malformed(.encoding) }
        let member = try profile(id, context).entry.member
        var page = ConfirmRolePage(
            member: member, role: role, change: change, isOneself: id == administrator.id,
            asksForCode: try context.hasSecondFactor(application.accounts), form: form)
        if change == .grant { page.lookalikes = try await lookalikes(of: member) }
        guard form.isChecked(StaffMemberPage.confirmed) else { return context.page(page) }
        // Checked before the code, so that a wrong password does not use the code up.
        guard try await context.reauthenticate(&page.form, application.accounts) else { return context.refused(page) }
        guard try await context.requireFreshSecondFactor(&page.form, application.accounts) else {
            return context.refused(page)
        }
        do {
            let (actor, command) = (Actor.member(administrator.id), try context.command())
            switch change {
            case .grant: try await application.accounts.grantRole(role, to: id, by: actor, command: command)
            case .revoke: try await application.accounts.revokeRole(role, from: id, by: actor, command: command)
            }
        } catch AccountRefusal.lastAdministrator {
            return try self.member(
                id, context, problem: "Den sista administratören kan inte tas bort: utse en annan först.")
        } catch AccountRefusal.ownMatter {
            throw PageError.ownMatter(of: [.administrator])
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember {
            throw PageError.notFound
        }
        // A member who gave up being an administrator may no longer open this page.
        let stays = id != administrator.id || change != .revoke || role != .administrator
        return .redirect(to: stays ? .staffMember(id) : .start)
    }

    /// The usernames of the members with similar-looking names, at most ten.
    private func lookalikes(of member: PublicMember) async throws -> [String] {
        guard let username = member.username else { return [] }
        let lookalikes = Lookalikes(of: username)
        return try await slowReads.read { snapshot in
            try snapshot.members.usernames(excluding: member.id, where: lookalikes.contain, limit: 10)
        }
    }

    private func profile(_ id: MemberID, _ context: SiteContext) throws -> MemberDirectory.Profile {
        let viewpoint = Viewpoint(
            context.reader.viewer, in: .profile, showing: try application.accounts.shownFields(at: context.now))
        let profile = try application.views.members.profile(id, from: viewpoint)
        guard let profile else { throw PageError.notFound }
        return profile
    }
}

extension StaffMemberPage {
    /// - Throws: `PageError.notFound` when there is no such member, or the member is erased.
    init(_ id: MemberID, problem: String? = nil, _ application: Application, _ context: SiteContext) throws {
        let accounts = application.accounts
        guard let status = MemberStatus(try accounts.member(id), at: context.now, try accounts.policies()) else {
            throw PageError.notFound
        }
        let viewpoint = Viewpoint(
            context.reader.viewer, in: .profile, showing: try accounts.shownFields(at: context.now))
        self.init(
            id: id, status: status,
            profile: try application.views.members.profile(id, from: viewpoint),
            isOneself: context.member?.id == id, isOnHold: try accounts.hold(on: id) != .inactive,
            hasTwoFactor: try accounts.member(id).account?.twoFactor != nil,
            duplicate: try application.duplicate(id, for: context.member?.id), problem: problem)
    }
}
