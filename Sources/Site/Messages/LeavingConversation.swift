import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ConversationController {
    static let muted: FieldName = "tyst"

    func showLeaving(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(LeaveConversationPage(entry: try entry(context)))
    }

    func leave(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entry = try entry(context)
        let member = try context.requireMember().id
        let command = try context.command()
        return try await application.execute(context, then: { .conversations() }, fallback: .conversations()) {
            try await application.messaging.leave(entry.id, by: member, command: command)
        }
    }

    func mute(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entry = try entry(context)
        let member = try context.requireMember().id
        guard let isMuted = try context.form().choice(ConversationController.muted, of: Answer.self) else {
            throw PageError.malformed(.encoding)
        }
        let command = try context.command()
        let place = SiteLink.conversation(entry.id)
        return try await application.execute(context, then: { place }, fallback: place) {
            try await application.messaging.mute(entry.id, isMuted == .yes, by: member, command: command)
        }
    }

    /// The values of a button that turns something on or off.
    enum Answer: String { case yes = "ja", no = "nej" }
}

/// `/meddelanden/{id}/lamna`
struct LeaveConversationPage: HTMLPage {
    let entry: ConversationList.Entry

    var title: String { "Lämna samtalet" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([
            Breadcrumb("Meddelanden", .conversations()), Breadcrumb(entry.title, .conversation(entry.id)),
        ])
        html.h1(title)
        html.p(
            "Du kan inte läsa samtalet med \(entry.title) längre, och du får inte det som skrivs där. De andra ser att du har lämnat det, och det du har skrivit står kvar hos dem. Det går inte att komma tillbaka till samma samtal, men ni kan börja ett nytt."
        )
        html.form(post: .leaveConversation(entry.id)) { html in
            html.actions { html in
                html.submit("Lämna samtalet", .danger)
                html.link("Avbryt", to: .conversation(entry.id), class: "link")
            }
        }
    }
}
