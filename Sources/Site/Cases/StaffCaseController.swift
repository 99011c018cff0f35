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

/// The pages where staff handle cases: moderators the reports, administrators all cases.
struct StaffCaseController: Sendable {
    let application: Application
    /// The number of mails that could not be read.
    let unreadableMails: @Sendable () -> Int

    func add(to routes: inout Routes) {
        routes.get(.staffCases, about: .nobodys) { try list($0, $1) }
        routes.get(.moderationQueue, about: .nobodys) { try queue($0, $1) }
        routes.get(.staffCase, about: application.caseInAddress) { try await show($0, $1) }
        routes.post(.staffCase, about: application.caseInAddress) { try await act($1) }
        routes.get(.staffCaseMail, about: application.caseInAddress) { try await download($1) }
        routes.post(.staffCaseMail, about: application.caseInAddress) { try await downloadWithReason($1) }
        routes.get(.staffCaseNumbers, about: application.caseInAddress) { try await askToShowNumbers($1) }
        routes.post(.staffCaseNumbers, about: application.caseInAddress) { try await showNumbers($1) }
    }

    private func list(_ request: Request, _ context: SiteContext) throws -> Response {
        let filter = try request.query().choice(.filter, of: CaseFilter.self) ?? .due
        let number = try request.pageNumber()
        let reader = try context.requireMember()
        let matters = CaseMatter.seen(to: reader.roles)
        let (found, count): ([CaseList.Entry], Int) = try application.views.read { snapshot in
            guard filter == .closed else {
                let open = try snapshot.cases.open(matters, for: reader.id)
                return (open, open.count)
            }
            let closed = try snapshot.cases.closed(
                matters, for: reader.id, page: number)
            return (closed.entries, closed.count)
        }
        var rows = try self.rows(found, at: context.now)
        if filter == .due { rows = rows.filter { $0.due != nil || $0.entry.mailsAside > 0 } }
        let paging = Paging(page: number, count: filter == .closed ? count : rows.count, size: CaseList.pageSize)
        guard paging.exists else { throw PageError.notFound }
        if filter != .closed {
            rows.sort { ($0.due ?? .never, $0.entry.id) < ($1.due ?? .never, $1.entry.id) }
            rows = Array(rows.dropFirst((number - 1) * CaseList.pageSize).prefix(CaseList.pageSize))
        }
        let figure = try application.answerFigure(at: context.now)
        return context.page(
            StaffCasesPage(
                filter: filter, rows: rows, paging: paging, figure: figure.all > 0 ? figure : nil,
                unreadable: unreadableMails(), stranded: try application.stranded(), now: context.now))
    }

    private func rows(_ entries: [CaseList.Entry], at now: Instant) throws -> [StaffCasesPage.Row] {
        let policies = try application.accounts.policies()
        let names = try application.views.members.usernames(
            of: entries.flatMap { [$0.opener, $0.assignee].compactMap(\.self) })
        return try entries.map { entry in
            let rules = try policies.caseRules(from: entry.askedAt ?? entry.openedAt, judgedAt: now)
            return StaffCasesPage.Row(
                entry: entry, due: entry.due(rules),
                warnings: CaseClock.warningsDue(entry.matter, askedAt: entry.askedAt, at: now, rules),
                opener: entry.opener.map { names[$0] ?? "Tidigare medlem" } ?? "Inte inloggad",
                assignee: entry.assignee.flatMap { names[$0] })
        }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        var page = try await page(context)
        page.change = try request.query().choice(.done)
        return context.page(page).uncached
    }

    func page(_ context: SiteContext) async throws -> StaffCasePage {
        let reader = try context.requireMember()
        guard let record = try application.messaging.record(try context.id()) else { throw PageError.notFound }
        let file = record.file
        guard !file.topic.matter.handlers.isDisjoint(with: reader.roles) else { throw PageError.forbidden }
        let rules = try application.caseRules(for: file)
        let (texts, others) = try await context.visit.site.texts.run { [application] in
            (try application.judgedTexts(of: record), try application.otherReports(of: record))
        }
        return StaffCasePage(
            record: record, names: try names(in: record), reader: reader.id, due: file.due(rules),
            warnings: CaseClock.warningsDue(
                file.topic.matter, askedAt: file.question?.askedAt, at: context.now, rules),
            today: context.now.stockholmDate, target: try application.reportTarget(of: file),
            texts: texts, others: others, suspendable: try application.suspendable(in: record, by: reader),
            mayErase: reader.roles.contains(.administrator),
            numberIsElsewhere: try file.identifiedAs.map { try application.accounts.isDuplicate($0) } ?? false,
            unreached: try CaseParty.allCases.filter { try isUnreached($0, in: file) })
    }

    /// Sends a stored mail as a download: foreign content is never shown as a page of the site.
    private func download(_ context: SiteContext) async throws -> Response {
        let page = try await page(context)
        let mail = try mail(of: page.file, context)
        guard RawMail.holdsNumber(mail.bytes, today: page.today) else { return mail.answer }
        return context.page(askBeforeDownload(mail.address, page)).uncached
    }

    private func downloadWithReason(_ context: SiteContext) async throws -> Response {
        let page = try await page(context)
        let mail = try mail(of: page.file, context)
        var asking = askBeforeDownload(mail.address, page, try context.form())
        guard let reason = asking.chosenReason() else { return context.refused(asking).uncached }
        try await record([], in: page, for: reason, context)
        return mail.answer
    }

    private struct StoredMail {
        let address: SiteLink
        let name: String
        let bytes: [UInt8]

        var answer: Response {
            var response = Response.bytes(bytes, type: "application/octet-stream").uncached
            response.headers[.contentDisposition] = "attachment; filename=\"\(name).eml\""
            return response
        }
    }

    private func mail(of file: CaseFile, _ context: SiteContext) throws -> StoredMail {
        guard let number = Int(try context.place("number")),
            let mail = file.mails.first(where: { $0.number == number }),
            let kept = mail.file, let key = mail.letter.value.value?.fileKey,
            let bytes = try SealedFiles(application.files).open(kept, of: file.id, with: key)
        else { throw PageError.notFound }
        return StoredMail(
            address: .staffCaseMail(file.id, number), name: "arende-\(file.id)-\(number)", bytes: Array(bytes))
    }

    private func isUnreached(_ party: CaseParty, in file: CaseFile) throws -> Bool {
        let member = file.member(party)
        let address =
            try member.flatMap { try application.accounts.member($0).account?.email?.subject }
            ?? (party == .opener && member == nil ? file.answerAddress?.subject : nil)
        guard let address else { return false }
        return try application.messaging.mailbox(of: member ?? file.id.visitor).refusal(at: address) != nil
    }

    private func names(in record: CaseRecord) throws -> StaffCasePage.Names {
        let file = record.file
        let actors = record.entries.compactMap { entry -> MemberID? in
            if case .member(let id) = entry.actor { id } else { nil }
        }
        let assigned = record.entries.compactMap { entry -> MemberID? in
            if case .assigned(let id) = entry.event { id } else { nil }
        }
        let parties = [file.opener, file.other].compactMap(\.self)
        let known = try application.views.members.usernames(of: actors + assigned + parties)
        let visitor = file.contact?.value.value?.name ?? "Inte inloggad"
        return StaffCasePage.Names(
            opener: file.isUnasked
                ? "Eget initiativ" : file.opener.map { known[$0] ?? "Tidigare medlem" } ?? visitor,
            other: file.other.map { known[$0] ?? "Tidigare medlem" },
            assignee: file.assignee.map { known[$0] ?? "Tidigare medlem" }, staff: known)
    }
}

extension Instant {
    /// Sorts after every deadline.
    fileprivate static let never = Instant(milliseconds: .max)
}
