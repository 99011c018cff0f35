import Accounts
import Events
import HTML
import HTTPTypes
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The administrators' pages about one member: open the data, close, deactivate, restore, decide an appeal, place a hold.
struct MemberAdministrationController: Sendable {
    let application: Application
    let slowReads: SlowReads
    let ending: SessionEnding

    init(application: Application, site: WebEnvironment, slowReads: SlowReads) throws {
        self.application = application
        self.slowReads = slowReads
        ending = try SessionEnding(application, site.stores)
    }

    func add(to routes: inout Routes) {
        let aboutMember = application.memberInAddress
        let decision = application.decisionInAddress
        let found = application.memberSearchedFor
        routes.get(.staffSearch, about: .nobodys) { $1.page(StaffSearchPage()) }
        routes.post(.staffSearch, about: found) { try await search($1) }
        routes.get(.staffFormerMembers, about: .nobodys) { try formerMembers($1) }
        routes.get(.staffMemberData, about: aboutMember) { try askForReason(try $1.id(), $1) }
        routes.post(.staffMemberData, about: aboutMember) { try await open(try $1.id(), $1) }
        routes.get(.staffClose, about: aboutMember) { try showDecision(.close, about: try $1.id(), $1) }
        routes.post(.staffClose, about: aboutMember) { try await decide(.close, about: try $1.id(), $1) }
        routes.get(.staffDeactivate, about: aboutMember) { try showDecision(.deactivate, about: try $1.id(), $1) }
        routes.post(.staffDeactivate, about: aboutMember) { try await decide(.deactivate, about: try $1.id(), $1) }
        routes.get(.staffEndSessions, about: aboutMember) { try askToEndSessions(of: try $1.id(), $1) }
        routes.post(.staffEndSessions, about: aboutMember, limit: .signIn) {
            try await endSessions(of: try $1.id(), $1)
        }
        routes.get(.staffRestore, about: decision) { try showRestoring(try $1.id(), $1) }
        routes.post(.staffRestore, about: decision) { try await restore(try $1.id(), $1) }
        routes.get(.staffAppeals, about: .nobodys) { try appeals($1) }
        routes.get(.staffAppeal, about: decision) { try showAppeal(of: try $1.id(), $1) }
        routes.post(.staffAppeal, about: decision) { try await judgeAppeal(of: try $1.id(), $1) }
        routes.get(.staffHold, about: aboutMember) { try showHold(on: try $1.id(), $1) }
        routes.post(.staffHold, about: aboutMember) { try await changeHold(on: try $1.id(), $1) }
        routes.get(.staffTwoFactorResets, about: .nobodys) { try waitingResets($1) }
        routes.get(.staffTwoFactor, about: aboutMember) { try showResetting(of: try $1.id(), $1) }
        routes.post(.staffTwoFactor, about: aboutMember) { try await changeResetting(of: try $1.id(), $1) }
        routes.get(.holds, about: .nobodys) { try await holds($1) }
    }
}

extension MemberAdministrationController {
    func statusIfAny(of member: Member, _ context: SiteContext) throws -> MemberStatus? {
        MemberStatus(member, at: context.now, try application.accounts.policies())
    }

    /// - Throws: `PageError.notFound` when there never was such a member, or the member is erased.
    func status(of id: MemberID, _ context: SiteContext) throws -> MemberStatus {
        guard let status = try statusIfAny(of: application.accounts.member(id), context) else {
            throw PageError.notFound
        }
        return status
    }

    /// Carries out an administrator's decision; a refusal becomes a page that explains it.
    /// - Returns: nil on success.
    func attempt(
        _ id: MemberID, _ context: SiteContext, _ body: (Actor, CommandID) async throws -> Void
    ) async throws -> Response? {
        do {
            try await body(.member(try context.requireMember().id), try context.command())
        } catch AccountRefusal.ownMatter {
            throw PageError.ownMatter(of: [.administrator])
        } catch AccountRefusal.lastAdministrator {
            return try refusal(
                "Det är den sista administratören. Ge rollen till någon annan först.", about: id, context)
        } catch AccountRefusal.sameAdministrator {
            return try refusal("En annan administratör behöver godkänna det du har föreslagit.", about: id, context)
        } catch AccountRefusal.datedInThePast(_), AccountRefusal.holdTooLong(until: _) {
            return try refusal("Välj en dag från i dag och högst ett år framåt.", about: id, context)
        } catch AccountRefusal.noSuchMember, AccountRefusal.nothingToRestore, AccountRefusal.alreadyDecided,
            AccountRefusal.twoFactorOff
        {
            return try refusal("Det är redan ändrat. Så här ser det ut nu.", about: id, context)
        } catch AccountRefusal.tooLateToRestore {
            return try over(id, context)
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        }
        return nil
    }

    func over(_ id: MemberID, _ context: SiteContext) throws -> Response {
        try refusal(
            "Tiden har gått ut. Uppgifterna kan inte öppnas, och kontot kan inte återskapas.", about: id, context)
    }

    /// Shown on the member's page, or for a reader who may not open it, on a page of the refusal.
    private func refusal(_ problem: String, about id: MemberID, _ context: SiteContext) throws -> Response {
        guard try context.requireMember().roles.contains(.administrator) else {
            return context.page(RefusedDecisionPage(problem: problem), status: .conflict)
        }
        return context.page(try StaffMemberPage(id, problem: problem, application, context), status: .conflict)
    }

    /// Lists the closed and deactivated accounts without names, which are opened one by one with a reason.
    func formerMembers(_ context: SiteContext) throws -> Response {
        let policies = try application.accounts.policies()
        let rows = try application.views.read { snapshot in
            try [RetentionSchedule.Kind.closedAccount, .deactivatedAccount].flatMap {
                try snapshot.retention.entries($0, after: nil, limit: FormerMembersPage.most)
            }
        }.compactMap { entry -> FormerMembersPage.Row? in
            guard let id = MemberID(entry.id) else { return nil }
            return MemberStatus(try application.accounts.member(id), at: context.now, policies).map { (id, $0) }
        }
        return context.page(FormerMembersPage(rows: rows))
    }
}

/// `/admin/medlemmar/avslutade`: the closed and deactivated accounts, oldest first.
struct FormerMembersPage: HTMLPage {
    typealias Row = (id: MemberID, status: MemberStatus)
    static let most = 200

    let rows: [Row]

    var title: String { "Avslutade och avstängda" }

    var staffTab: SiteLink? { .staffFormerMembers }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Uppgifterna är dolda. Den som öppnar dem anger varför, och det antecknas.")
        guard !rows.isEmpty else {
            html.emptyState(
                "Inga konton är avslutade eller avstängda", "Här visas de tills de raderas eller återskapas.")
            return
        }
        html.table("Konton", [Column("Konto"), Column("Sedan"), Column("Till"), Column("Omprövning")], rows: rows) {
            row, column, html in
            switch (column, row.status) {
            case (0, let status): html.link(status.words, to: .staffMember(row.id))
            case (1, .closed(_, let time, _, _, _)), (1, .deactivated(let time, _, _)): html.exactTime(time)
            case (2, .closed(_, _, let purge, let isDue, _)):
                html.text(isDue ? "raderat " : "raderas ")
                html.date(purge.stockholmDate)
            case (2, .deactivated(_, let end, _)): html.date(end.stockholmDate)
            case (3, let status):
                switch status.appeal {
                case .made: html.text("Begärd")
                case .rejected: html.text("Avslagen")
                case nil: html.text("–")
                }
            case (_, _): break
            }
        }
        if rows.count >= FormerMembersPage.most {
            html.p("Bara de äldsta visas. Sök med uppgifter för att hitta andra.", class: "muted")
        }
    }
}

/// Tells a moderator why a decision was refused.
struct RefusedDecisionPage: HTMLPage {
    let problem: String

    var title: String { "Det gick inte" }
    var width: PageWidth { .narrow }
    var staffTab: SiteLink? { .moderationQueue() }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.notice(problem, .error)
        html.actions { $0.buttonLink("Till anmälningarna", to: .moderationQueue()) }
    }
}
