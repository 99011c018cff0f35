import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension StaffCaseController {
    func act(_ context: SiteContext) async throws -> Response {
        let page = try await page(context)
        var form = try context.form()
        guard let action = form.choice(StaffCasePage.action, of: StaffCasePage.Action.self) else {
            throw PageError.malformed(.encoding)
        }
        let change: CaseChange?
        do {
            change = try await execute(action, &form, page, context)
        } catch let refusal as any AnsweredRefusal {
            return refused(page, form, action, try refusal.reason(), context)
        }
        guard let change else { return refused(page, form, action, nil, context) }
        return .redirect(to: action == .erase ? .staffCases() : .staffCase(page.file.id, after: change))
    }

    private func refused(
        _ page: StaffCasePage, _ form: Form, _ action: StaffCasePage.Action, _ problem: String?, _ context: SiteContext
    ) -> Response {
        var page = page
        // The digits typed for a number are never sent back to the page (P-14.1).
        var form = form
        form.forget(.personalIdentityNumber)
        page.forms[action] = form
        page.problem = problem
        return context.refused(page).uncached
    }

    /// - Returns: nil when a field is wrong.
    private func execute(
        _ action: StaffCasePage.Action, _ form: inout Form, _ page: StaffCasePage, _ context: SiteContext
    ) async throws -> CaseChange? {
        let (id, staff, command) = (page.file.id, page.reader, try context.command())
        let messaging = application.messaging
        switch action {
        case .reply:
            let reply = form.require(.caseText, "Skriv svaret, med högst 10 000 tecken.") { CaseReply($0) }
            guard let reply else { return nil }
            let audience =
                form.choice(StaffCasePage.audience, of: CaseAudience.self)
                ?? (page.file.isUnasked ? .other : .opener)
            try await messaging.answer(
                id, reply, to: audience, awaits: form.isChecked(StaffCasePage.awaits), by: staff, command: command)
            return .answered
        case .note:
            let note = form.require(StaffCasePage.note, "Skriv anteckningen, med högst 4 000 tecken.") { CaseNote($0) }
            guard let note else { return nil }
            try await messaging.note(note, in: id, by: staff, command: command)
            return .noted
        case .take:
            try await messaging.assign(id, to: staff, by: staff, command: command)
            return .assigned
        case .release:
            try await messaging.assign(id, to: nil, by: staff, command: command)
            return .assigned
        case .close:
            try await messaging.close(id, by: staff, command: command)
            return .closed
        case .reopen:
            try await messaging.reopen(id, by: staff, command: command)
            return .reopened
        case .extend:
            let reasons = form.require(.caseReasons, "Skriv varför det tar längre tid, med högst 4 000 tecken.") {
                CaseReasons($0)
            }
            guard let reasons else { return nil }
            try await messaging.extend(
                id, reasons, try application.caseRules(for: page.file), by: staff, command: command)
            return .extended
        case .acceptMail:
            guard let number = Int(form.typed(StaffCasePage.mail)) else { throw PageError.malformed(.encoding) }
            try await messaging.acceptMail(
                number, in: id, try application.caseRules(), by: staff, command: command)
            return .filed
        case .direct:
            let typed = form.typed(StaffCasePage.answersTo)
            guard typed.isEmpty || Int(typed) != nil else { throw PageError.malformed(.encoding) }
            try await messaging.answer(
                in: id, to: Int(typed).map { .replyTo(of: $0) } ?? .sender, by: staff, command: command)
            return .directed
        case .decide: return try await decide(&form, page, command, context)
        case .identify: return try await identify(&form, page, command)
        case .erase: return try await erase(&form, page, command)
        case .move:
            guard page.file.topic == .number, let owner = page.file.identifiedAs else { throw PageError.forbidden }
            try await application.accounts.moveNumber(
                to: owner, provedIn: id, by: .member(staff), command: command)
            return .numberMoved
        }
    }

    /// The text is removed in the same step as the decision, and restored when the decision is changed (DSA Art. 17, 20).
    private func decide(
        _ form: inout Form, _ page: StaffCasePage, _ command: CommandID, _ context: SiteContext
    ) async throws -> CaseChange? {
        let file = page.file
        let outcome = form.require(StaffCasePage.outcome, "Välj ett beslut.", of: CaseDecision.Outcome.self)
        let rule = form.text(StaffCasePage.rule)
        if rule.isEmpty, file.topic.matter != .rights {
            form.note("Skriv vilken lag eller punkt beslutet stöder sig på.", at: StaffCasePage.rule)
        }
        let isRuleLong = rule.count > 4000
        if isRuleLong { form.note("Korta ned texten till högst 4 000 tecken.", at: StaffCasePage.rule) }
        let reasons = form.require(.caseReasons, "Skriv skälen, med högst 4 000 tecken.") {
            CaseReasons(rule: rule.isEmpty || isRuleLong ? nil : rule, $0)
        }
        guard form.isAccepted, let outcome, let reasons else { return nil }
        let author = try application.author(of: file)
        let isAffected = file.topic.matter == .report && (outcome != .rejected || file.other != nil)
        let decided = try await application.messaging.decide(
            file.id, and: page.others.map(\.file.id), outcome, reasons, affecting: isAffected ? author : nil,
            by: page.reader, command: command)
        try await enforce(outcome, file, command, because: decided.last, by: try context.requireMember())
        return .decided
    }

    private func enforce(
        _ outcome: CaseDecision.Outcome, _ file: CaseFile, _ command: CommandID, because position: Int,
        by staff: SignedInMember
    ) async throws {
        guard case .report(let reason, let thing) = file.topic, let post = try application.removablePost(in: thing),
            let state = try application.forum.post(post)?.post
        else { return }
        let words = "\(command) on \(post)"
        let second = CommandID(named: words, at: application.clock.now())
        switch (outcome, state) {
        case (.upheld, .visible), (.upheld, .deleted):
            _ = try await application.forum.remove(
                post, for: reason.removal, by: staff.standing, command: second, because: position)
        case (.rejected, .removed) where file.decision != nil:
            _ = try await application.forum.reinstate(post, by: staff.standing, command: second, because: position)
        case (.upheld, _), (.partly, _), (.rejected, _): break
        }
    }

    /// Erases the case with everything the parties wrote in it. While an investigation needs it, it is only gone from sight (P-10.1).
    private func erase(_ form: inout Form, _ page: StaffCasePage, _ command: CommandID) async throws -> CaseChange? {
        guard page.mayErase else { throw PageError.forbidden }
        let reason = form.requireErasureReason("Välj varför ärendet raderas.", of: TextErasureReason.ofCases)
        guard let reason else { return nil }
        try await application.messaging.erase(page.file.id, because: reason, by: page.reader, command: command)
        return .erased
    }

    /// Compares a person's statements with the registered data and shows which of them match, never the registered data (P-17.2).
    private func identify(
        _ form: inout Form, _ page: StaffCasePage, _ command: CommandID
    ) async throws -> CaseChange? {
        let name = form.require(.name, "Skriv namnet som personen har uppgett.")
        let username = form.require(.username, "Skriv användarnamnet som personen har uppgett.") {
            try Username.typed($0)
        }
        let reason = form.require(.caseReasons, "Skriv hur kontrollen gick till, med högst 1 000 tecken.") {
            $0.isEmpty || $0.count > 1000 ? nil : $0
        }
        let today = page.today
        let typed = form.text(.personalIdentityNumber)
        let number = typed.isEmpty ? nil : try? PersonalIdentityNumber(typed, today: today)
        if !typed.isEmpty, number == nil { form.note("Det är inget personnummer.", at: .personalIdentityNumber) }
        guard form.isAccepted, let name, let username, let reason else { return nil }
        guard let member = try application.accounts.find(username), let note = ViewingNote(reason) else {
            form.note("Det finns ingen medlem med det användarnamnet. Svara inte med några uppgifter.", at: .username)
            return nil
        }
        try await application.accounts.view(
            member, for: .rightsRequest, note: note, by: page.reader,
            command: CommandID(named: "\(command) viewing", at: application.clock.now()))
        let account = try application.accounts.member(member).account
        // What stands in a case about a number may be the stranger's: only what the document says is compared.
        let numbers = number.map { [$0] } ?? (page.file.topic == .number ? [] : page.record.numbers(today: today))
        var agreeing: Set<IdentityVerdict.Point> = [.username]
        if account?.identity.value.value?.name.text.lowercased() == name.lowercased() { agreeing.insert(.name) }
        if let registered = account?.identity.value.value?.number, numbers.contains(registered) {
            agreeing.insert(.personalIdentityNumber)
        }
        if let registered = account?.email?.value.value, let contact = page.file.contact?.value.value,
            (try? EmailAddress(contact.address.text)) == registered
        {
            agreeing.insert(.registeredAddress)
        }
        guard let verdict = IdentityVerdict(agreeing, reason: reason) else {
            form.note("Korta ned texten till högst 1 000 tecken.", at: .caseReasons)
            return nil
        }
        try await application.messaging.identify(
            page.file.id, as: member, verdict, by: page.reader, command: command)
        return .identified
    }
}

extension CaseRecord {
    /// The personal identity numbers found in the text, for the comparison.
    fileprivate func numbers(today: CalendarDate) -> [PersonalIdentityNumber] {
        entries.flatMap { entry -> [PersonalIdentityNumber] in
            switch entry.event {
            case .opened(let opening): MaskedText.numbers(in: opening.statement.value.value?.text ?? "", today: today)
            case .stated(let addition):
                MaskedText.numbers(in: addition.statement.value.value?.text ?? "", today: today)
            case .contactGiven, .replied, .noted, .assigned, .warned, .closed, .reopened, .decided, .appealed,
                .extended, .identityChecked, .identified, .mailSetAside, .mailFiled, .mailReceived,
                .answersDirected, .erased:
                []
            }
        }
    }
}
