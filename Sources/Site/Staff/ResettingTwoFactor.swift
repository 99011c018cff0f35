import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// `/admin/medlem/{id}/tva-steg`: one administrator proposes to remove a member's second factor, and another approves.
struct ResetTwoFactorPage: HTMLPage {
    static let reason: FieldName = "skal"
    static let action: FieldName = "gor"

    enum Action: String {
        case propose = "foresla"
        case approve = "godkann"
        case decline = "avsla"
    }

    let id: MemberID
    let name: String
    let isOn: Bool
    let proposal: ResetProposal?
    /// The proposer's name; nil without a proposal.
    let proposer: String?
    let isOwnProposal: Bool
    /// True when there is no other administrator who could approve.
    let isOnlyAdministrator: Bool
    let asksForCode: Bool
    let today: CalendarDate
    var form = Form()

    var title: String { "Återställ tvåstegsinloggning" }

    var staffTab: SiteLink? { .staffMembers() }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(name, .staffMember(id))])
        html.pageHead(title)
        guard isOn else { return html.p("Tvåstegsinloggning är inte påslagen för kontot.", class: "muted") }
        html.p(
            "För den som har blivit av med både telefonen och återställningskoderna. Två administratörer behövs: en föreslår, en annan godkänner. Medlemmen får mejl direkt och kan stoppa det. När det är godkänt loggas medlemmen ut överallt och loggar in med bara lösenordet."
        )
        if let proposal { decide(proposal, into: &html) } else { propose(into: &html) }
    }

    private func propose(into html: inout HTMLWriter) {
        if isOnlyAdministrator {
            html.notice(
                "Det finns ingen annan administratör som kan godkänna. Den som driver webbplatsen kan göra det med kommandot ”mikroforetag members reset-two-factor \(name)”.",
                .warning)
        }
        html.form(post: .staffTwoFactor(id), form) { html in
            html.hidden(ResetTwoFactorPage.action, Action.propose.rawValue)
            html.textarea(
                ResetTwoFactorPage.reason, "Hur vet du att det är rätt person?", in: form,
                hint: "Till exempel: visade legitimation i ett videosamtal. Medlemmen kan läsa det.", maxLength: 500,
                rows: 4)
            html.secondFactor(in: form, isAsked: asksForCode)
            html.actions { html in
                html.submit("Föreslå")
                html.link("Avbryt", to: .staffMember(id), class: "link")
            }
        }
    }

    private func decide(_ proposal: ResetProposal, into html: inout HTMLWriter) {
        html.facts { html in
            html.fact("Föreslaget") { $0.exactTime(proposal.at) }
            html.fact("Av", isOwnProposal ? "dig" : proposer ?? "en administratör")
            html.fact(
                "Skäl", MaskedText(proposal.reason.value.value?.text ?? "Raderat", today: today),
                shownAt: .staffNumber(id))
            html.fact("Gäller till") { $0.exactTime(proposal.end) }
        }
        if isOwnProposal {
            html.p("En annan administratör behöver godkänna förslaget.", class: "muted")
        } else {
            html.form(post: .staffTwoFactor(id), form) { html in
                html.hidden(ResetTwoFactorPage.action, Action.approve.rawValue)
                html.secondFactor(in: form, isAsked: asksForCode)
                html.actions { $0.submit("Godkänn och återställ", .danger) }
            }
        }
        html.form(post: .staffTwoFactor(id)) { html in
            html.hidden(ResetTwoFactorPage.action, Action.decline.rawValue)
            html.actions { html in
                html.submit(isOwnProposal ? "Dra tillbaka förslaget" : "Avslå förslaget", .secondary)
            }
        }
    }
}

/// `/admin/tva-steg`: the proposals that wait for a second administrator.
struct TwoFactorResetsPage: HTMLPage {
    let rows: [(id: MemberID, name: String, since: Instant)]

    var title: String { "Återställningar av tvåstegsinloggning" }

    var staffTab: SiteLink? { .staffTwoFactorResets }

    func write(into html: inout HTMLWriter) {
        html.pageHead(title, lead: "Förslag som väntar på att en annan administratör godkänner.")
        guard !rows.isEmpty else {
            html.emptyState("Inget väntar", "Förslag görs på medlemmens sida under Medlemmar.")
            return
        }
        html.table("Förslag", [Column("Medlem"), Column("Föreslaget")], rows: rows) { row, column, html in
            if column == 0 { html.link(row.name, to: .staffTwoFactor(row.id)) } else { html.exactTime(row.since) }
        }
    }
}

extension MemberAdministrationController {
    func showResetting(of id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try resettingPage(of: id, Form(), context))
    }

    private func resettingPage(of id: MemberID, _ form: Form, _ context: SiteContext) throws -> ResetTwoFactorPage {
        let (accounts, reader) = (application.accounts, try context.requireMember().id)
        let status = try status(of: id, context)
        let account = try accounts.member(id).account
        let proposal = account?.openProposal(at: context.now)
        let proposer = try proposal == nil ? nil : accounts.proposer(ofReset: id)
        var name: String?
        if case .member(let administrator)? = proposer { name = try application.staffName(of: administrator) }
        return ResetTwoFactorPage(
            id: id, name: try application.staffName(of: id) ?? status.title, isOn: account?.twoFactor != nil,
            proposal: proposal, proposer: name, isOwnProposal: proposer == .member(reader),
            isOnlyAdministrator: try accounts.staff().members(with: .administrator).subtracting([reader, id]).isEmpty,
            asksForCode: try context.hasSecondFactor(accounts), today: context.now.stockholmDate, form: form)
    }

    func changeResetting(of id: MemberID, _ context: SiteContext) async throws -> Response {
        let accounts = application.accounts
        var page = try resettingPage(of: id, try context.form(), context)
        switch page.form.choice(ResetTwoFactorPage.action, of: ResetTwoFactorPage.Action.self) {
        case .propose:
            let message = "Skriv hur du vet att det är rätt person, med högst 500 tecken."
            guard let reason = page.form.require(ResetTwoFactorPage.reason, message, as: { ResetReason($0) }),
                try await context.requireFreshSecondFactor(&page.form, accounts)
            else { return context.refused(page) }
            let administrator = try context.requireMember().id
            return try await attempt(id, context) { _, command in
                try await accounts.proposeReset(of: id, reason, by: administrator, command: command)
            } ?? .redirect(to: .staffTwoFactor(id))
        case .approve:
            guard try await context.requireFreshSecondFactor(&page.form, accounts) else { return context.refused(page) }
            return try await attempt(id, context) { actor, command in
                try await accounts.resetTwoFactor(of: id, by: actor, command: command)
                try await ending.endAll(of: id, at: context.now)
            } ?? .redirect(to: .staffMember(id))
        case .decline:
            return try await attempt(id, context) { actor, command in
                try await accounts.declineReset(of: id, by: actor, command: command)
            } ?? .redirect(to: .staffMember(id))
        case nil: throw PageError.malformed(.encoding)
        }
    }

    func waitingResets(_ context: SiteContext) throws -> Response {
        context.page(
            TwoFactorResetsPage(
                rows: try application.openResets(for: context.requireMember().id, at: context.now).map { id, proposal in
                    (id, try application.staffName(of: id) ?? "Avslutat konto", proposal.at)
                }))
    }
}

extension Application {
    /// The proposals to reset a second factor that can still be approved, newest first, except one about the reader herself.
    func openResets(for reader: MemberID, at now: Instant) throws -> [(id: MemberID, proposal: ResetProposal)] {
        let filter = AuditTrail.Filter(
            types: ["accounts.two-factor-reset-proposed"], from: now.subtracting(Period(days: 7)))
        let entries = try views.auditTrail.entries(filter, before: nil)
        var seen: Set<MemberID> = []
        return try entries.compactMap { entry in
            guard let id = MemberNames.member(entry.stream), seen.insert(id).inserted, id != reader,
                let proposal = try accounts.member(id).account?.openProposal(at: now)
            else { return nil }
            return (id, proposal)
        }
    }
}
