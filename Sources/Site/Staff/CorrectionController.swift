import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The pages where the administration decides requests for correction (P-12.4).
struct CorrectionController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        let one = application.correctionInAddress
        routes.get(.staffCorrections, about: .nobodys) { try showQueue($0, $1) }
        routes.get(.staffCorrection, about: one) { try showOne($0, $1) }
        routes.post(.staffCorrection, about: one) { try await act($0, $1) }
    }

    private func showQueue(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        let reader = try context.requireMember().id
        let page = try application.views.read { snapshot in
            let waiting = try snapshot.corrections.waiting(page: number, for: reader)
            let names = try snapshot.members.usernames(of: waiting.entries.map(\.member))
            return CorrectionQueuePage(
                entries: try waiting.entries.filter {
                    try !application.accounts.concerned(byCorrection: $0.id).contains(reader)
                }, names: names,
                paging: Paging(page: number, count: waiting.count, size: CorrectionList.pageSize))
        }
        guard page.paging.exists else { throw PageError.notFound }
        return context.page(page)
    }

    private func showOne(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(try page(context, change: request.query().choice(.done)))
    }

    private func page(
        _ context: SiteContext, form: Form = Form(), change: SettingsChange? = nil
    ) throws -> CorrectionPage {
        let id: CorrectionID = try context.id()
        let request = try application.accounts.correction(id)
        guard let correction = request.correction else { throw PageError.notFound }
        let username = try application.views.members.username(of: correction.member)
        return CorrectionPage(
            id: id, request: request, correction: correction, username: username, form: form, change: change)
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let page = try page(context, form: try context.form())
        switch page.form.choice(CorrectionPage.action, of: CorrectionPage.Action.self) {
        case .open: return try await open(page, context)
        case .compare: return try await compare(page, context)
        case .approve: return try await decide(page, approve: true, context)
        case .reject: return try await decide(page, approve: false, context)
        case nil: throw PageError.malformed(.encoding)
        }
    }

    /// The opening is recorded first; the data are shown in this one answer only (P-16.7).
    private func open(_ page: CorrectionPage, _ context: SiteContext) async throws -> Response {
        var page = page
        guard let note = ViewingNote(page.form.text(CorrectionPage.note)) else {
            page.form.note("Skriv varför du behöver se uppgifterna.", at: CorrectionPage.note)
            return context.refused(page)
        }
        guard page.form.fitsNote(CorrectionPage.note) else { return context.refused(page) }
        try await application.accounts.view(
            page.correction.member, for: .correction, note: note, by: context.requireMember().id,
            command: try context.command())
        let account = try application.accounts.member(page.correction.member).active
        page.opened = CorrectionPage.Opened(
            identity: account?.identity.value.value, allowsRegister: account?.consents.contains(.registerLookup) == true
        )
        page.form = Form()
        var response = context.page(page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func compare(_ page: CorrectionPage, _ context: SiteContext) async throws -> Response {
        var page = page
        guard
            let comparison = page.form.require(
                CorrectionPage.comparison, "Välj vad jämförelsen visade.", of: Comparison.self)
        else { return context.refused(page) }
        do {
            try await application.accounts.compare(
                page.id, comparison, by: .member(context.requireMember().id), command: try context.command())
        } catch let refusal as AccountRefusal {
            return try refused(refusal, page, context)
        }
        return done(.correctionCompared, page.id)
    }

    private func decide(_ page: CorrectionPage, approve: Bool, _ context: SiteContext) async throws -> Response {
        var page = page
        guard let reason = DecisionReason(page.form.text(CorrectionPage.reason)) else {
            page.form.note("Skriv skälen, högst 2 000 tecken. Medlemmen får läsa dem.", at: CorrectionPage.reason)
            return context.refused(page)
        }
        do {
            try await application.accounts.decide(
                page.id, approve: approve, reason, by: .member(context.requireMember().id),
                command: try context.command())
        } catch let refusal as AccountRefusal {
            return try refused(refusal, page, context)
        }
        return done(.correctionDecided, page.id)
    }

    private func done(_ change: SettingsChange, _ id: CorrectionID) -> Response {
        .redirect(to: .staffCorrection(id, after: change))
    }

    private func refused(_ refusal: AccountRefusal, _ page: CorrectionPage, _ context: SiteContext) throws -> Response {
        var page = try self.page(context, form: page.form)
        switch refusal {
        case .numberTaken:
            page.problem =
                "Personnumret hör redan till ett annat konto. Begäran kan inte godkännas förrän det är utrett. Berätta inte för medlemmen att numret finns."
        case .notAllowed: page.problem = "Bara det som stämmer med folkbokföringen eller en handling kan godkännas."
        case .alreadyDecided: page.problem = "Begäran är inte jämförd än, eller någon annan har redan avgjort den."
        case .noSuchMember: page.problem = "Medlemmens konto är inte aktivt längre."
        case .ownMatter, .noSuchReview, .otherPolicyInForce, .otherTermsInForce, .tooYoung, .linkExpired,
            .wrongPassword,
            .lastAdministrator, .notClosed, .underLegalHold,
            .minor, .notAskedAbout, .protectedIdentity, .emailChangeOpen, .emailTaken, .usernameTaken,
            .nothingToRestore,
            .tooLateToRestore, .notByOneself, .textsNotAccepted, .versionExists, .datedInThePast, .wrongCode,
            .twoFactorOn, .twoFactorOff, .sameAdministrator, .otherAdministratorNeeded, .holdTooLong:
            throw refusal
        }
        return context.refused(page)
    }
}
