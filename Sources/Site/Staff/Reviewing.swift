import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension AdministrationController {
    func reviews(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        let reader = try context.requireMember().id
        let duplicates = try application.duplicates(for: reader)
        let paging = Paging(page: number, count: duplicates.count, size: ReviewQueue.pageSize)
        guard paging.exists else { throw PageError.notFound }
        let shown = duplicates.dropFirst((number - 1) * ReviewQueue.pageSize).prefix(ReviewQueue.pageSize)
        return context.page(
            ReviewsPage(duplicates: Array(shown), waiting: try application.reviews(for: reader), paging: paging))
    }

    func review(_ context: SiteContext) throws -> Response {
        if let entry = try application.duplicate(try context.id()) {
            return context.page(try duplicatePage(entry, context))
        }
        return context.page(try reviewPage(of: try context.id(), context))
    }

    func changeReview(_ context: SiteContext) async throws -> Response {
        let member: MemberID = try context.id()
        if let entry = try application.duplicate(member) { return try await changeDuplicate(entry, context) }
        let reviewer = try context.requireMember().id
        var form = try context.form()
        let command = try context.command()
        guard let action: ReviewAction = form.choice(.action) else { throw PageError.malformed(.encoding) }
        let verdict: DecideReview.Verdict
        switch action {
        case .open:
            var page = try reviewPage(of: member, context)
            try await reviewing {
                try await application.accounts.view(member, for: .review, note: nil, by: reviewer, command: command)
            }
            page.account = try application.accounts.member(member).account
            return context.page(page)
        case .approve: verdict = .approve
        case .reject:
            guard let reason = form.require(.rejection, "Välj ett skäl.", of: RejectionReason.self) else {
                return context.refused(try reviewPage(of: member, context, form))
            }
            verdict = .reject(reason)
        }
        let outcome = try await reviewing {
            try await application.accounts.decideReview(of: member, verdict, by: reviewer, command: command)
        }
        guard outcome == .decided else {
            var page = try reviewPage(of: member, context)
            page.problem = outcome
            return context.page(page, status: .conflict)
        }
        return .redirect(to: .staffReviews())
    }

    private func reviewPage(
        of member: MemberID, _ context: SiteContext, _ form: Form = Form()
    ) throws -> ReviewPage {
        guard let entry = try application.views.reviews.find(member) else {
            throw PageError.notFound
        }
        let end = try application.accounts.policies().deadline(
            from: entry.since, judgedAt: context.now, \.pendingRegistration)
        return ReviewPage(
            entry: entry, end: end, numberIsFree: try application.accounts.holderOfNumber(of: member) == nil,
            mayOpen: try context.requireMember().roles.contains(.administrator), form: form)
    }

    func reviewing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch AccountRefusal.noSuchReview, AccountRefusal.noSuchMember, AccountRefusal.alreadyDecided {
            throw PageError.notFound
        } catch AccountRefusal.ownMatter {
            throw PageError.ownMatter(of: [.moderator, .administrator])
        } catch AccountRefusal.notAllowed {
            throw PageError.forbidden
        }
    }
}

/// The buttons on the page of a sign-up under review.
enum ReviewAction: String { case open, approve, reject }

extension FieldName {
    static let rejection: FieldName = "skal"
}
