import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import SiteMap
import Web

extension SiteContext {
    /// Checks reason, note, password and second factor, and records that the reader sees a member's registered number (P-12.3).
    /// - Returns: nil when it was recorded; otherwise the answer with the form, as typed.
    func refusalToShowNumber(
        of member: MemberID, in place: NumberPlace, _ page: ShowNumbersPage, _ accounts: Accounts
    ) async throws -> Response? {
        var page = page
        let reason = page.chosenReason()
        guard page.form.fitsNote(ShowNumbersPage.note), let reason else { return refused(page).uncached }
        // Checked before the code, so that a wrong password does not use the code up.
        guard try await reauthenticate(&page.form, accounts) else { return refused(page).uncached }
        guard try await requireFreshSecondFactor(&page.form, accounts) else { return refused(page).uncached }
        do {
            try await accounts.showNumber(
                of: member, in: place, for: reason, note: ViewingNote(page.form.text(ShowNumbersPage.note)),
                by: requireMember().id, command: try showing(of: member.description))
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        } catch AccountRefusal.noSuchMember, AccountRefusal.tooLateToRestore {
            throw PageError.notFound
        }
        return nil
    }

    /// A command of this one showing: a form that is sent again, or for something else, shows nothing unrecorded.
    func showing(of thing: String) throws -> CommandID {
        CommandID(named: "\(try command()) shows numbers of \(thing)", at: now)
    }
}

extension MemberAdministrationController {
    func askToShowNumber(of id: MemberID, _ context: SiteContext) throws -> Response {
        context.page(try numberPage(of: id, Form(), context)).uncached
    }

    func showNumber(of id: MemberID, _ context: SiteContext) async throws -> Response {
        let page = try numberPage(of: id, try context.form(), context)
        if let refusal = try await context.refusalToShowNumber(of: id, in: .account, page, application.accounts) {
            return refusal
        }
        let member = try application.accounts.member(id)
        guard let number = member.account?.identity.value.value?.number else { throw PageError.notFound }
        return context.page(
            ShownNumbersPage(
                back: page.back, staffTab: page.staffTab,
                facts: [(number.isCoordinationNumber ? "Samordningsnummer" : "Personnummer", number.grouped)],
                texts: texts(about: member).masked(today: context.now.stockholmDate))
        ).uncached
    }

    private func numberPage(of id: MemberID, _ form: Form, _ context: SiteContext) throws -> ShowNumbersPage {
        let status = try status(of: id, context)
        return ShowNumbersPage(
            address: .staffNumber(id), back: Breadcrumb(status.title, .staffMember(id)), staffTab: .staffMembers(),
            proof: .password(asksForCode: try context.hasSecondFactor(application.accounts)), form: form)
    }

    /// The texts about an account that the administration's pages show.
    private func texts(about member: Member) -> [HiddenText] {
        let proposal = member.account?.resetProposal?.reason.value.value?.text
        return [
            ("Regel", member.statement?.rule), ("Vad som har hänt", member.statement?.facts),
            ("Begäran om omprövning", member.appealText?.text), ("Skäl att återställa tvåstegsinloggning", proposal),
        ].compactMap { heading, words in words.map { HiddenText(heading: heading, words: $0) } }
    }
}

extension CorrectionController {
    func askToShowNumbers(_ context: SiteContext) throws -> Response {
        context.page(try numbersPage(Form(), context).page).uncached
    }

    /// Shows the present and the requested number, and what was written about them.
    func showNumbers(_ context: SiteContext) async throws -> Response {
        let (page, id, correction) = try numbersPage(try context.form(), context)
        let accounts = application.accounts
        if let refusal = try await context.refusalToShowNumber(
            of: correction.member, in: .correction, page, accounts)
        {
            return refusal
        }
        let wish = correction.wish.value.value
        var shown = ShownNumbersPage(back: page.back, staffTab: page.staffTab)
        if case .personalIdentityNumber(let wanted) = wish?.value {
            let present = try accounts.member(correction.member).account?.identity.value.value?.number
            shown.facts = [("Personnummer nu", present?.grouped ?? "Uppgift saknas"), ("Ska vara", wanted.grouped)]
        }
        var texts = [HiddenText(heading: "Medlemmens skäl", words: wish?.grounds ?? "")]
        if case .decided(_, _, let decision) = try accounts.correction(id) {
            texts.append(HiddenText(heading: "Skäl för beslutet", words: decision.reason.value.value?.text ?? ""))
        }
        shown.texts = texts.masked(today: context.now.stockholmDate)
        return context.page(shown).uncached
    }

    private func numbersPage(
        _ form: Form, _ context: SiteContext
    ) throws -> (page: ShowNumbersPage, id: CorrectionID, correction: Correction) {
        let id: CorrectionID = try context.id()
        guard let correction = try application.accounts.correction(id).correction else { throw PageError.notFound }
        let page = ShowNumbersPage(
            address: .staffCorrectionNumber(id), back: Breadcrumb("Rättelsen", .staffCorrection(id)),
            staffTab: .staffCorrections(),
            proof: .password(asksForCode: try context.hasSecondFactor(application.accounts)), form: form)
        return (page, id, correction)
    }
}
