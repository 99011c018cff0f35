import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// A member's texts that are not sent: kept while she writes, listed, continued, removed (P-06.4).
struct DraftController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.drafts) { try showDrafts($0, $1) }
        // Neither remembered as sent nor refused as sent before: the form is still to be sent, under the same command.
        routes.post(.drafts, repetition: .handled) { try await save($0, $1) }
        routes.post(.removeDraft) { try remove($0, $1) }
    }

    /// The script sends the whole form now and then; the answer is the line that it shows below the text.
    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        let form = try context.form()
        let (place, command) = (try form.draftPlace(), try context.command())
        let text = form.draftText
        do {
            try application.keep(text, at: place, of: member)
        } catch let refusal as SavingRefusal {
            return .text(refusal.words, status: .unprocessableContent)
        }
        // Asked afterwards: whichever of sending and saving comes last, no draft of a text that was sent is left.
        guard try !application.log.holds(command) else {
            try application.reading.removeDraft(at: place, of: member)
            return .text("Det här är redan skickat.", status: .conflict)
        }
        guard !text.isEmpty else { return .text("") }
        return .text(Draft(place: place, text: text, saved: context.now).words(at: context.now))
    }

    private func remove(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        try application.reading.removeDraft(at: context.form().draftPlace(), of: member)
        return .redirect(to: .drafts)
    }

    private func showDrafts(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let kept = try application.accounts.policyInForce(at: context.now).rules.retention.drafts
        let entries = try application.reading.drafts(of: member).map { draft in
            DraftsPage.Entry(draft: draft, form: try application.form(of: draft.place, for: member))
        }
        return context.page(DraftsPage(entries: entries, keptFor: kept))
    }
}

extension FieldName {
    static let draftKind: FieldName = "utkast-slag"
    static let draftPlace: FieldName = "utkast-plats"
}

extension Form {
    /// Which draft the text of this form is.
    func draftPlace() throws(PageError) -> DraftPlace {
        guard let kind: DraftPlace.Kind = choice(.draftKind), let place = DraftPlace(kind, id: typed(.draftPlace))
        else {
            throw .malformed(.encoding)
        }
        return place
    }
}

extension Application {
    /// What a draft is for, and the page where it is written; nil when that is gone, or closed to the member.
    fileprivate func form(of place: DraftPlace, for member: MemberID) throws -> (words: String, page: SiteLink)? {
        switch place {
        case .reply(let id):
            return try views.threads.find(id).map { ("Svar i ”\($0.shownTitle)”", .reply(to: id)) }
        case .thread(let id):
            return try views.categories.find(id).map { ("Ny tråd i \($0.name)", .newThread(in: $0.slug)) }
        case .edit(let id):
            guard case .visible(let facts)? = try forum.post(id)?.post, facts.author == member,
                let (thread, _) = try views.posts.place(of: id)
            else { return nil }
            return try views.threads.find(thread).map { ("Ändring av ditt inlägg i ”\($0.shownTitle)”", .editPost(id)) }
        case .message(let id):
            return try views.conversations.find(id, of: member, having: .none).map {
                ("Meddelande till \($0.title)", .conversation(id))
            }
        case .newConversation(let other):
            guard let other else { return ("Nytt meddelande", .newConversation()) }
            return try views.members.username(of: other).map {
                ("Nytt meddelande till \($0)", .newConversation(with: other))
            }
        }
    }
}
