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
    func showErasure(ofPost context: SiteContext) throws -> Response {
        context.page(EraseTextPage(text: .post(try erasablePost(context)), form: Form()))
    }

    func erasePost(_ context: SiteContext) async throws -> Response {
        let post: PostID = try context.id()
        return try await erase(context, .post(post), check: { _ = try erasablePost(context) }) {
            try await application.forum.erase(post, because: $0, by: $1, command: $2, because: $3)
        }
    }

    func showErasure(ofTitle context: SiteContext) throws -> Response {
        context.page(EraseTextPage(text: .title(of: try thread(context).id), form: Form()))
    }

    func eraseTitle(_ context: SiteContext) async throws -> Response {
        let thread = try thread(context).id
        return try await erase(context, .title(of: thread), check: {}) {
            try await application.forum.eraseTitle(of: thread, because: $0, by: $1, command: $2, because: $3)
        }
    }

    private func erase(
        _ context: SiteContext, _ text: ErasableText, check: () throws -> Void,
        _ act: (TextErasureReason, Standing, CommandID, _ cause: Int?) async throws -> Appended
    ) async throws -> Response {
        let standing = try context.requireMember().standing
        var form = try context.form()
        let command = try context.command()
        let reason = form.requireErasureReason("Välj varför texten raderas")
        // An author who asked for the erasure herself gets no mail.
        let measure = reason.flatMap { reason in
            reason == .authorsRequest
                ? nil : form.requireFacts().map { UnaskedMeasure(erasing: text.thing, reason, $0) }
        }
        guard form.isAccepted, let reason else {
            try check()
            return context.refused(EraseTextPage(text: text, form: form))
        }
        return try await application.execute(context, then: { text.place }, fallback: text.place) {
            var cause: Int?
            if let measure {
                cause = try await application.file(measure, by: standing.member, command: command)
            }
            return try await act(reason, standing, command, cause)
        }
    }

    private func erasablePost(_ context: SiteContext) throws -> PostID {
        let id: PostID = try context.id()
        guard let post = try application.forum.post(id)?.post else { throw PageError.notFound }
        switch post {
        case .visible, .deleted, .removed: return id
        case .none, .erased: throw PageError.notFound
        }
    }
}

/// A text that can be erased by itself.
enum ErasableText: Hashable, Sendable {
    case post(PostID)
    case title(of: ThreadID)

    var thing: ReportedThing {
        switch self {
        case .post(let id): .post(id)
        case .title(let thread): .thread(thread)
        }
    }

    /// The page that the text is on.
    var place: SiteLink {
        switch self {
        case .post(let id): .post(id)
        case .title(let thread): .thread(thread)
        }
    }
}

/// `/inlagg/{id}/radera-for-gott` and `/trad/{id}/radera-rubriken`: asks for the reason, and says that the erasure cannot be undone.
struct EraseTextPage: HTMLPage {
    let text: ErasableText
    let form: Form

    var title: String {
        switch text {
        case .post: "Radera inlägget för gott"
        case .title: "Radera rubriken för gott"
        }
    }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        switch text {
        case .post:
            html.p(
                "Texten förstörs i alla versioner, också där andra har citerat den. I tråden står att inlägget är raderat."
            )
        case .title:
            html.p(
                "Rubriken förstörs, också de rubriker tråden har haft tidigare. Inläggen står kvar, och tråden kan inte få någon ny rubrik."
            )
        }
        html.notice("Det går inte att ångra. Ingen kan ta fram texten igen, inte heller vi.", .warning)
        html.form(post: action, form) { html in
            html.erasureReason(in: form)
            html.facts(in: form, optional: true)
            html.actions { html in
                html.submit("Radera för gott", .danger)
                html.link("Avbryt", to: text.place, class: "link")
            }
        }
    }

    private var action: SiteLink {
        switch text {
        case .post(let id): .erasePostForGood(id)
        case .title(let thread): .eraseTitle(of: thread)
        }
    }
}
