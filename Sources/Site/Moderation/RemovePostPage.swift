import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ModerationController {
    func showRemoval(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(RemovePostPage(post: try visiblePost(context), form: Form()))
    }

    func removePost(_ request: Request, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let post: PostID = try context.id()
        var form = try context.form()
        let command = try context.command()
        let reason = form.require(.reason, "Välj varför inlägget tas bort", of: RemovalReason.self)
        let facts = form.requireFacts()
        guard let reason, let facts else {
            return context.refused(RemovePostPage(post: try visiblePost(context), form: form))
        }
        return try await application.execute(context, then: { .post(post) }, fallback: .post(post)) {
            let cause = try await application.file(
                UnaskedMeasure(about: .post(post), reason, facts), by: standing.member, command: command)
            return try await application.forum.remove(
                post, for: reason, by: standing, command: command, because: cause)
        }
    }

    func reinstatePost(_ request: Request, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let post: PostID = try context.id()
        let command = try context.command()
        return try await application.execute(context, then: { .post(post) }, fallback: .post(post)) {
            try await application.forum.reinstate(post, by: standing, command: command)
        }
    }

    /// A post that is not removed yet, also one that its author has deleted.
    private func visiblePost(_ context: SiteContext) throws -> PostID {
        let id: PostID = try context.id()
        switch try application.forum.post(id)?.post {
        case .visible, .deleted: return id
        case .none?, .removed, .erased, nil: throw PageError.notFound
        }
    }
}

extension FieldName {
    fileprivate static let reason: FieldName = "reason"
}

/// `/inlagg/{id}/ta-bort`: a moderator says which rule a post broke (DSA Art. 17).
struct RemovePostPage: HTMLPage {
    let post: PostID
    let form: Form

    var title: String { "Ta bort inlägget som moderator" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Texten syns inte längre i tråden, men skälet gör det. Den som skrev får ett mejl med det du skriver här och kan begära omprövning. Då prövar någon annan saken, och inlägget kan återställas."
        )
        html.form(post: .removePost(post), form) { html in
            html.select(
                .reason, "Skäl", in: form,
                options: RemovalReason.allCases.map { (value: $0.rawValue, label: $0.words.firstUpper) },
                prompt: "Välj skäl", hint: "Regeln i medlemsvillkoren skrivs ut i mejlet.")
            html.facts(in: form)
            html.actions { html in
                html.submit("Ta bort", .danger)
                html.link("Avbryt", to: .post(post), class: "link")
            }
        }
        html.h2("Ska texten bort för gott?")
        html.p { html in
            html.text(
                "Personuppgifter, olagligt innehåll och sådant som en domstol eller myndighet kräver bort ska raderas. "
            )
            html.link("Radera inlägget för gott", to: .erasePostForGood(post))
            html.text(".")
        }
    }
}
