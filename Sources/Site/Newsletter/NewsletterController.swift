import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// The pages where administrators write and send the newsletter, and where everybody reads the sent issues (P-09.2).
///
/// The archive is open to everybody, because an issue sent to hundreds of mailboxes is public.
struct NewsletterController: Sendable {
    let application: Application
    let outbox: Outbox

    init(application: Application, site: WebEnvironment) throws {
        self.application = application
        outbox = try Outbox(store: site.runtime, head: application.log.head)
    }

    func add(to routes: inout Routes) {
        routes.get(.newsletter, about: .nobodys, showAll)
        routes.get(.newIssue, about: .nobodys) { _, context in
            context.page(NewIssuePage(form: Form()))
        }
        routes.post(.newIssue, about: .nobodys, create)
        routes.get(.staffIssue, about: .nobodys, showOne)
        routes.post(.staffIssue, about: .nobodys, act)
        routes.get(.newsletterArchive, showArchive)
        routes.get(.newsletterIssue, read)
    }

    private func showAll(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        let rules = try application.accounts.policyInForce(at: context.now).rules
        let (found, readers) = try application.views.read { snapshot in
            (
                try snapshot.newsletterIssues.page(number),
                try snapshot.newsletterReaders.count(includingUnset: rules.mail.newsletter == .on)
            )
        }
        let paging = Paging(page: number, count: found.count, size: NewsletterIssues.pageSize)
        guard paging.exists else { throw PageError.notFound }
        return context.page(
            NewsletterPage(
                issues: try found.entries.map { ($0, try subject(of: $0.id)) }, paging: paging,
                readers: Figure(readers, minimum: rules.minimumCount)))
    }

    private func create(_ request: Request, _ context: SiteContext) async throws -> Response {
        var form = try context.form()
        guard let text = try await context.issueText(&form) else {
            return context.refused(NewIssuePage(form: form), form)
        }
        let id = try await application.messaging.draftIssue(
            text, by: context.requireMember().id, command: try context.command())
        return done(id, .saved)
    }

    private func showOne(_ request: Request, _ context: SiteContext) async throws -> Response {
        context.page(try await page(context, form: nil, change: request.query().choice(.done)))
    }

    private func page(
        _ context: SiteContext, form: Form?, change: IssueChange? = nil
    ) async throws -> IssuePage {
        let id: IssueID = try context.id()
        let issue = try application.messaging.issue(id)
        guard let facts = issue.facts else { throw PageError.notFound }
        let rules = try application.accounts.policyInForce(at: context.now).rules
        let (entry, figures, readers) = try application.views.read { snapshot in
            let entry = try snapshot.newsletterIssues.find(id)
            return (
                entry, try entry.map { try snapshot.newsletterIssues.figures(of: $0) },
                try snapshot.newsletterReaders.count(includingUnset: rules.mail.newsletter == .on)
            )
        }
        let waiting = try entry?.begun.map { try outbox.count(askedBy: $0) } ?? 0
        let site = context.visit.site
        let preview = try await site.texts.run {
            try? facts.text.value.map { try IssuePage.Preview($0, id, label: rules.advertising.label, of: site) }
        }
        return IssuePage(
            id: id, issue: issue, form: form ?? facts.text.value.map { Form($0) } ?? Form(), change: change,
            figures: figures, waiting: waiting, readers: readers, rules: rules, preview: preview)
    }

    private func act(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id: IssueID = try context.id()
        var form = try context.form()
        let member = try context.requireMember().id
        let command = try context.command()
        let messaging = application.messaging
        do {
            switch form.choice(IssuePage.action, of: IssuePage.Action.self) {
            case .save:
                guard let text = try await context.issueText(&form) else {
                    return context.refused(try await page(context, form: form), form)
                }
                try await messaging.reviseIssue(id, to: text, by: member, command: command)
                return done(id, .saved)
            case .test:
                try await messaging.requestTest(of: id, by: member, command: command)
                return done(id, .tested)
            case .schedule:
                guard let due = form.sendingTime(after: context.now) else {
                    return context.refused(try await page(context, form: try kept(form, id)))
                }
                try await messaging.scheduleIssue(id, for: due, by: member, command: command)
                return done(id, .scheduled)
            case .send:
                try await messaging.scheduleIssue(id, for: nil, by: member, command: command)
                return done(id, .scheduled)
            case .unschedule:
                try await messaging.unscheduleIssue(id, by: member, command: command)
                return done(id, .unscheduled)
            case .stop:
                try await messaging.stopIssue(id, by: member, command: command)
                return done(id, .stopped)
            case .discard:
                try await messaging.discardIssue(id, by: member, command: command)
            case .withdraw:
                try await messaging.withdrawIssue(id, by: member, command: command)
            case nil: throw PageError.malformed(.encoding)
            }
        } catch let refusal as NewsletterRefusal {
            var page = try await page(context, form: try kept(form, id))
            page.problem = try refusal.reason()
            return context.refused(page)
        }
        return .redirect(to: .newsletter())
    }

    /// The form to show again; one that was sent without the text fields gets the saved text.
    private func kept(_ form: Form, _ id: IssueID) throws -> Form {
        guard !form.isChecked(IssuePage.subject), let text = try application.messaging.issue(id).facts?.text.value
        else {
            return form
        }
        return form.holding(text)
    }

    private func done(_ id: IssueID, _ change: IssueChange) -> Response {
        .redirect(to: .staffIssue(id, after: change))
    }

    private func subject(of id: IssueID) throws -> String {
        try application.messaging.issue(id).facts?.text.value?.subject ?? "Raderat"
    }

    private func showArchive(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        let found = try application.views.newsletterIssues.archive(page: number)
        let paging = Paging(page: number, count: found.count, size: NewsletterIssues.pageSize)
        guard paging.exists else { throw PageError.notFound }
        let issues = try found.entries.compactMap { entry -> NewsletterArchivePage.Entry? in
            guard let published = entry.published,
                let subject = try application.messaging.issue(entry.id).facts?.text.value?.subject
            else { return nil }
            return .init(id: entry.id, subject: subject, published: published)
        }
        return context.page(
            NewsletterArchivePage(
                issues: issues, paging: paging, isMember: context.reader.isMember, siteName: context.visit.site.name))
    }

    private func read(_ request: Request, _ context: SiteContext) async throws -> Response {
        let id: IssueID = try context.id()
        let issue = try application.messaging.issue(id)
        guard let published = issue.published, let text = issue.facts?.text.value else { throw PageError.notFound }
        let label = try application.accounts.policyInForce(at: context.now).rules.advertising.label
        let body = try await context.visit.site.texts.run { try IssueBody(text.body) }
        return context.page(
            PublishedIssuePage(id: id, subject: text.subject, published: published, body: body, label: label))
    }
}

/// A number of people, whose exact value is shown only when it is zero or at least the minimum (P-08.3).
struct Figure: Sendable {
    let words: String

    init(_ count: Int, minimum: Int) {
        words =
            count > 0 && count < minimum ? "färre än \(SwedishNumber.inWords(minimum))" : SwedishNumber.grouped(count)
    }
}
