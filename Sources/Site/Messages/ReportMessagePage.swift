import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    static let reason: FieldName = "skal"
    static let note: FieldName = "beskrivning"

    func showReport(_ request: Request, _ context: SiteContext) throws -> Response {
        let (message, conversation) = try reportable(context)
        return context.page(ReportMessagePage(message: message, conversation: conversation, form: Form()))
    }

    func report(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (message, conversation) = try reportable(context)
        let member = try context.requireMember().id
        var form = try context.form()
        let reason = form.require(
            ConversationController.reason, "Välj varför du anmäler meddelandet.", of: MessageReportReason.self)
        let note = form.text(ConversationController.note)
        if note.count > ReportNote.mostCharacters {
            form.note(
                "Skriv högst \(SwedishNumber.grouped(ReportNote.mostCharacters)) tecken.",
                at: ConversationController.note)
        }
        guard let reason, form.isAccepted else {
            return context.refused(ReportMessagePage(message: message, conversation: conversation, form: form))
        }
        let command = try context.command()
        guard try context.spend(.report, for: command, in: application, noting: &form, at: ConversationController.note)
        else {
            return context.refused(
                ReportMessagePage(message: message, conversation: conversation, form: form), form)
        }
        let place = SiteLink.conversation(conversation.id, page: nil, message: message.id)
        return try await application.execute(context, then: { place }, fallback: place) {
            try await application.messaging.report(
                message.id, in: conversation.id, for: reason, note: note, by: member, command: command)
        }
    }

    /// A message by another member, in a conversation that the reader takes part in.
    private func reportable(
        _ context: SiteContext
    ) throws -> (message: ConversationMessage, conversation: ConversationList.Entry) {
        let id: MessageID = try context.id()
        let reader = try context.requireMember().id
        let found = try application.views.read { snapshot in
            try snapshot.conversations.place(of: id).flatMap { place in
                try snapshot.conversations.find(place.conversation, of: reader, having: .none).map { (place, $0) }
            }
        }
        guard let (place, conversation) = found,
            let message = try application.messaging.messages(in: conversation.id, after: place.version - 1).first,
            message.author != reader
        else { throw PageError.notFound }
        return (message, conversation)
    }
}

/// `/meddelande/{id}/anmal`
struct ReportMessagePage: HTMLPage {
    let message: ConversationMessage
    let conversation: ConversationList.Entry
    let form: Form

    var title: String { "Anmäl ett meddelande" }
    var width: PageWidth { .narrow }

    private var author: String {
        conversation.others.first { $0.member.id == message.author }.map(\.member.nameWithRole) ?? "Tidigare medlem"
    }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([
            Breadcrumb("Meddelanden", .conversations()),
            Breadcrumb(conversation.title, .conversation(conversation.id)),
        ])
        html.h1(title)
        html.element(.figure, class: "quote") { html in
            html.element(.figcaption, text: "\(author) skrev")
            html.element(.blockquote) { html in
                if let text = message.text.value {
                    html.message(text)
                } else if message.deletedAt != nil {
                    html.p(
                        "Meddelandet är borttaget. Texten sparas så att den kan prövas, men bara en administratör får läsa den."
                    )
                } else {
                    html.p("Meddelandet är raderat")
                }
            }
        }
        html.p(
            "Anmälan går till administrationen. En administratör får läsa just det här meddelandet, inte resten av samtalet. När det händer ser alla i samtalet att någon har läst det. Vi talar inte om för de andra att det var du som anmälde."
        )
        html.form(post: .reportMessage(message.id), form) { html in
            html.radios(
                ConversationController.reason, "Varför anmäler du det?", in: form,
                options: MessageReportReason.allCases.map { ($0.rawValue, $0.words, nil) })
            html.textarea(
                ConversationController.note, "Beskriv gärna vad som är fel", in: form, optional: true,
                maxLength: ReportNote.mostCharacters, rows: 4)
            html.actions { html in
                html.submit("Skicka anmälan")
                html.link("Avbryt", to: .conversation(conversation.id), class: "link")
            }
        }
    }
}
