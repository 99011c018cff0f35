import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension MemberAdministrationController {
    func showHold(on id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try holdPage(id, Form(), context))
    }

    private func holdPage(_ id: MemberID, _ form: Form, _ context: SiteContext) throws -> HoldPage {
        let (accounts, reader) = (application.accounts, try context.requireMember().id)
        let status = try status(of: id, context)
        let record = try accounts.holdRecord(of: id)
        let open = record.openProposal(at: context.now)
        return HoldPage(
            id: id, name: try application.staffName(of: id) ?? status.title, hold: record.hold, open: open,
            proposer: try open?.proposer.member.flatMap { try application.staffName(of: $0) },
            isOwnProposal: open?.proposer == .member(reader),
            isOnlyAdministrator: try accounts.staff().members(with: .administrator).subtracting([reader, id]).isEmpty,
            asksForCode: try context.hasSecondFactor(accounts),
            latest: context.now.adding(HoldOrder.longest).stockholmDate, form: form)
    }

    func changeHold(on id: MemberID, _ context: SiteContext) async throws -> Response {
        let accounts = application.accounts
        var form = try context.form()
        let proposal = HoldProposalID(form.typed(HoldPage.proposal))
        switch form.choice(HoldPage.action, of: HoldPage.Action.self) {
        case .propose, nil: return try await proposeHold(on: id, form, context)
        case .approve:
            guard let proposal else { throw PageError.malformed(.encoding) }
            guard try await context.requireFreshSecondFactor(&form, accounts) else {
                return context.refused(try holdPage(id, form, context))
            }
            return try await attempt(id, context) {
                try await accounts.confirmHold(on: id, proposal, by: $0, command: $1)
            } ?? .redirect(to: .staffHold(id))
        case .decline:
            guard let proposal else { throw PageError.malformed(.encoding) }
            return try await attempt(id, context) {
                try await accounts.declineHold(on: id, proposal, by: $0, command: $1)
            } ?? .redirect(to: .staffHold(id))
        case .lift:
            guard try await context.requireFreshSecondFactor(&form, accounts) else {
                return context.refused(try holdPage(id, form, context))
            }
            return try await attempt(id, context) { try await accounts.liftHold(on: id, by: $0, command: $1) }
                ?? .redirect(to: .staffHold(id))
        }
    }

    private func proposeHold(on id: MemberID, _ form: Form, _ context: SiteContext) async throws -> Response {
        let accounts = application.accounts
        var page = try holdPage(id, form, context)
        let message = "Skriv vilken myndighet det gäller och diarienumret, med högst 500 tecken."
        let reference = page.form.require(HoldPage.reference, message, as: { HoldReference($0) })
        let lastDay = page.form.require(HoldPage.lastDay, "Välj den sista dagen.", as: { CalendarDate($0) })
        if let lastDay, !(context.now.stockholmDate...page.latest).contains(lastDay) {
            page.form.note("Välj en dag från i dag och högst ett år framåt.", at: HoldPage.lastDay)
        }
        guard let reference, let lastDay, page.form.isAccepted,
            try await context.requireFreshSecondFactor(&page.form, accounts)
        else { return context.refused(page) }
        let administrator = try context.requireMember().id
        let isSecret = page.form.isChecked(HoldPage.secret)
        return try await attempt(id, context) { _, command in
            try await accounts.proposeHold(
                on: id, reference, isSecret: isSecret, until: lastDay, by: administrator, command: command)
        } ?? .redirect(to: .staffHold(id))
    }

    func holds(_ context: SiteContext) async throws -> Response {
        let reader = try context.requireMember()
        let streams = try await slowReads.read { try $0.auditTrail.holds().map(\.stream) }
        let rows = try application.accounts.holdRecords(in: streams).flatMap { id, record -> [HoldsPage.Row] in
            guard id != reader.id else { return [] }
            let name = try application.staffName(of: id)
            let row = { HoldsPage.Row(id: id, name: name, since: $1, order: $0, isProposal: $2) }
            let open = record.openProposal(at: context.now).map { row($0.order, $0.at, true) }
            guard case .active(let order, let since) = record.hold else { return [open].compactMap(\.self) }
            return [open, row(order, since, false)].compactMap(\.self)
        }
        return context.page(HoldsPage(rows: rows, isAdministrator: reader.roles.contains(.administrator)))
    }
}

extension Application {
    /// The proposals for legal holds that a reader may approve: none about herself, and none of her own.
    func openHoldProposals(for reader: MemberID, at now: Instant) throws -> Int {
        try accounts.holdRecords(in: views.auditTrail.holds().map(\.stream)).count { id, record in
            record.openProposal(at: now).map { id != reader && $0.proposer != .member(reader) } ?? false
        }
    }
}
