import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    /// `?till=` names the member to write to; redirects to the conversation between the two if there is one.
    func showNew(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let typed = try request.query().typed(.recipients)
        guard !typed.isEmpty else { return context.page(NewConversationPage(context, with: nil)) }
        guard let other = MemberID(typed), other != member else { throw PageError.notFound }
        let found = try application.views.read { snapshot in
            (
                conversation: try snapshot.conversations.between(member, other),
                name: try snapshot.members.username(of: other)
            )
        }
        guard let name = found.name else { throw PageError.notFound }
        if let conversation = found.conversation { return .redirect(to: .conversation(conversation)) }
        return context.page(NewConversationPage(context, with: other, named: name))
    }

    func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        var form = try context.form()
        var begunWith: MemberID?
        if case .newConversation(let other)? = try? form.draftPlace() { begunWith = other }
        let place = DraftPlace.newConversation(begunWith)
        if let kept = try context.keep(
            &form, at: place, in: application, then: .newConversation(with: begunWith), noting: .messageText)
        {
            return kept.response ?? context.refused(NewConversationPage(form: form, with: begunWith))
        }
        let others = try recipients(&form)
        let text = form.messageText()
        guard let text, form.isAccepted else {
            return context.refused(NewConversationPage(form: form, with: begunWith))
        }
        let command = try context.command()
        guard try context.spend(.conversation, for: command, in: application, noting: &form, at: .messageText) else {
            return context.refused(NewConversationPage(form: form, with: begunWith), form)
        }
        let id = ConversationID(createdBy: command)
        return try await application.execute(
            context, then: { .conversation(id) }, fallback: .conversation(id), sending: place,
            refused: { _, reason in
                form.note(reason, at: .recipients)
                return context.refused(NewConversationPage(form: form, with: begunWith))
            }
        ) {
            try await application.messaging.beginConversation(
                with: others, reachable: try application.reachable(others), text, by: member, command: command
            ).appended
        }
    }

    /// The members whose names were typed, with a note for names that no member has.
    private func recipients(_ form: inout Form) throws -> [MemberID] {
        let names = form.text(.recipients).prefix(2000).split { $0.isWhitespace || $0 == "," || $0 == ";" }
            .map { $0.hasPrefix("@") ? String($0.dropFirst()) : String($0) }
        guard !names.isEmpty else {
            form.note(try ConversationRefusal.nobodyNamed.reason(), at: .recipients)
            return []
        }
        var members: [MemberID] = []
        for name in names.prefix(Conversation.mostMembers) {
            guard let username = try? Username.typed(name), let member = try application.accounts.findPresent(username)
            else {
                form.note("Det finns ingen medlem som heter \(name).", at: .recipients)
                return []
            }
            members.append(member)
        }
        if names.count >= Conversation.mostMembers {
            form.note(try ConversationRefusal.tooManyMembers.reason(), at: .recipients)
        }
        return members
    }
}

/// `/meddelanden/nytt`
struct NewConversationPage: HTMLPage {
    let form: Form
    /// The member from whose profile the conversation is begun; each has a draft of her own.
    let with: MemberID?
    var draft: Draft?

    var title: String { "Nytt meddelande" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Meddelanden", .conversations())])
        html.h1(title)
        html.form(post: .newConversation(), form) { html in
            html.field(
                .recipients, "Till", in: form,
                hint: "Användarnamn. Skriv flera med komma emellan för att prata tillsammans.")
            html.messageField(
                in: form, rows: 8, KeptDraft(at: .newConversation(with), draft), cancel: .conversations())
        }
        html.p(
            "Bara ni som är med i samtalet kan läsa det. Om någon anmäler ett meddelande kan en administratör läsa just det, och då får ni veta det.",
            class: "muted")
    }
}

extension NewConversationPage {
    /// The form as it is opened, with the draft if there is one.
    init(_ context: SiteContext, with member: MemberID?, named name: String = "") {
        let draft = context.draft(at: .newConversation(member))
        self.init(form: draft.map { Form($0.text) } ?? Form([.recipients: name]), with: member, draft: draft)
    }
}
