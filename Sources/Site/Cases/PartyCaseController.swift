import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// The pages where the parties follow their cases: members when signed in, others by the link in their mail.
struct PartyCaseController: Sendable {
    let application: Application
    let slowReads: SlowReads

    func add(to routes: inout Routes) {
        routes.get(.ownCases) { try list($1) }
        routes.get(.ownCase) { try await show($0, own(try $1.id(), $1), $1) }
        routes.post(.ownCase, limit: .mail) { try await act(own(try $1.id(), $1), $1) }
        routes.get(.caseByLink) { try await show($0, linked($1), $1) }
        routes.post(.caseByLink, limit: .mail) { try await act(linked($1), $1) }
        routes.get(.caseReport, limit: .mail) { try await download($1) }
    }

    /// A case, the party that views it, and the address she uses.
    private struct Seen {
        let record: CaseRecord
        let party: CaseParty
        let address: @Sendable (CaseChange?) -> SiteLink
        let token: String?
    }

    private func own(_ id: CaseID, _ context: SiteContext) throws -> Seen {
        let member = try context.requireMember().id
        guard let record = try application.partyRecord(of: id), let party = record.file.party(of: member) else {
            throw PageError.notFound
        }
        return Seen(record: record, party: party, address: { .ownCase(id, after: $0) }, token: nil)
    }

    private func linked(_ context: SiteContext) throws -> Seen {
        let id: CaseID = try context.id()
        let token = try context.place("token")
        let party = CaseParty.allCases.first { party in
            Array(application.messaging.link(to: id, for: party).utf8).isSame(as: Array(token.utf8))
        }
        guard let party, let record = try application.partyRecord(of: id), party == .opener || record.file.other != nil
        else { throw PageError.notFound }
        return Seen(record: record, party: party, address: { .caseByLink(id, token: token, after: $0) }, token: token)
    }

    private func list(_ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let policies = try application.accounts.policies()
        let entries = try application.views.cases.of(member)
        let rows = try entries.compactMap { entry -> (CaseList.Entry, String, String, Instant?)? in
            guard let record = try application.partyRecord(of: entry.id), let party = record.file.party(of: member)
            else { return nil }
            let rules = try policies.caseRules(from: entry.askedAt ?? entry.openedAt, judgedAt: context.now)
            let conversation = CaseConversation(record: record, party: party, today: context.now.stockholmDate)
            return (entry, conversation.title, conversation.phase, entry.due(rules))
        }
        return context.page(OwnCasesPage(rows: rows.map { (entry: $0.0, title: $0.1, phase: $0.2, due: $0.3) }))
    }

    private func show(_ request: Request, _ seen: Seen, _ context: SiteContext) async throws -> Response {
        var page = try await page(seen, context)
        page.change = try request.query().choice(.done)
        return context.page(page).uncached
    }

    private func page(_ seen: Seen, _ context: SiteContext) async throws -> PartyCasePage {
        let rules = try application.caseRules(for: seen.record.file)
        let appeal = seen.record.file.appealDeadline(seen.party, rules).flatMap { context.now < $0 ? $0 : nil }
        let texts = try await context.visit.site.texts.run { [application, record = seen.record, party = seen.party] in
            try application.ownTexts(of: record, as: party)
        }
        return PartyCasePage(
            conversation: CaseConversation(
                record: seen.record, party: seen.party, today: context.now.stockholmDate),
            address: seen.address(nil), isMember: seen.token == nil, due: seen.record.file.due(rules),
            appealUntil: appeal, texts: texts, report: try report(seen))
    }

    /// A reader who cannot sign in fetches the report here, because the link went to her registered address (P-17.2).
    private func report(_ seen: Seen) throws -> SiteLink? {
        let file = seen.record.file
        guard seen.party == .opener, file.grantsReport, let member = file.opener else { return nil }
        guard try application.accounts.member(member).active == nil else { return .accessReport }
        return seen.token.map { .caseReport(file.id, token: $0) }
    }

    private func act(_ seen: Seen, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        let action = form.choice(PartyCasePage.action, of: PartyCasePage.Action.self)
        guard let action else { throw PageError.malformed(.encoding) }
        let statement = form.require(
            .caseText, "Skriv ditt meddelande, med högst \(SwedishNumber.grouped(CaseStatement.longest)) tecken."
        ) { CaseStatement(text: $0) }
        guard let statement else { return context.refused(try await page(seen, form, action, context)).uncached }
        let actor = seen.token == nil ? Actor.member(try context.requireMember().id) : .visitor
        let (id, rules) = (seen.record.file.id, try application.caseRules(for: seen.record.file))
        let command = try context.command()
        guard
            try seen.token != nil
                || context.spend(.matter, for: command, in: application, noting: &form, at: .caseText)
        else { return context.refused(try await page(seen, form, action, context), form).uncached }
        do {
            switch action {
            case .write:
                try await application.messaging.write(
                    statement, in: id, as: seen.party, rules, by: actor, command: command)
            case .appeal:
                try await application.messaging.appeal(
                    statement, in: id, as: seen.party, rules, by: actor, command: command)
            }
        } catch let refusal as CaseRefusal {
            form.note(try refusal.reason(), at: .caseText)
            return context.refused(try await page(seen, form, .write, context)).uncached
        }
        return .redirect(to: seen.address(action == .write ? .written : .appealed))
    }

    private func page(
        _ seen: Seen, _ form: Form, _ action: PartyCasePage.Action, _ context: SiteContext
    ) async throws -> PartyCasePage {
        var page = try await page(seen, context)
        switch action {
        case .write: page.form = form
        case .appeal:
            page.appeal = form
            page.appeal.idPrefix = "omprovning"
        }
        return page
    }

    private func download(_ context: SiteContext) async throws -> Response {
        let seen = try linked(context)
        guard let token = seen.token, let member = seen.record.file.opener,
            try report(seen) == .caseReport(seen.record.file.id, token: token)
        else {
            throw PageError.notFound
        }
        let files = OperationalRecords(of: context.visit.site.stores)
        let archive = try await slowReads.read { [application] snapshot in
            try AccessReport(of: member, in: application, files, views: snapshot).archive
        }
        var response = Response.bytes(archive, type: "application/zip").uncached
        response.headers[.contentDisposition] = "attachment; filename=\"registerutdrag.zip\""
        return response
    }
}

extension CaseFile {
    /// True for a granted request for access or portability.
    fileprivate var grantsReport: Bool {
        switch topic {
        case .rights(.access), .rights(.portability):
            decision.map { $0.outcome != .rejected } ?? false && isClosed && opener != nil
        case .support, .correction, .report, .dispute, .rights, .number: false
        }
    }
}
