import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    func showEdit(_ request: Request, _ context: SiteContext) throws -> Response {
        let (post, body) = try ownPost(context)
        if let draft = context.draft(at: .edit(post.id)) {
            let base = draft.text.base ?? post.revision
            return context.page(EditPostPage(post: post.id, base: base, form: Form(draft.text), draft: draft))
        }
        let text = try application.editable(body)
        return context.page(EditPostPage(post: post.id, base: post.revision, form: Form([.postText: text])))
    }

    func revise(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember()
        let (post, earlier) = try ownPost(context)
        var form = try context.form()
        guard let base: Int = form.value(.baseRevision) else { throw PageError.malformed(.encoding) }
        let place = DraftPlace.edit(post.id)
        if let kept = try context.keep(&form, at: place, in: application, then: .editPost(post.id), noting: .postText) {
            return kept.response ?? context.refused(EditPostPage(post: post.id, base: base, form: form))
        }
        guard let body = try await body(&form, context, revising: earlier) else {
            return context.refused(EditPostPage(post: post.id, base: base, form: form), form)
        }
        guard try form.writingAction() == .send else {
            let preview = try await preview(of: body, &form, context)
            return context.page(EditPostPage(post: post.id, base: base, form: form, preview: preview), with: form)
        }
        let command = try context.command()
        guard try context.spend(.post, for: command, in: application, noting: &form, at: .postText) else {
            return context.refused(EditPostPage(post: post.id, base: base, form: form), form)
        }
        return try await application.execute(
            context, then: { try self.place(of: post.id, for: context.reader) }, fallback: .post(post.id),
            sending: place,
            refused: { [form] refusal, reason in
                // Based on the latest revision, so that sending the form again replaces it.
                let base = if case ForumRefusal.revisedMeanwhile(let latest) = refusal { latest } else { base }
                return context.refused(EditPostPage(post: post.id, base: base, form: form.noting(reason)))
            }
        ) {
            try await application.forum.revise(post.id, from: base, to: body, by: member.standing, command: command)
        }
    }

    /// The post in the path, if the member wrote it and it is still visible.
    ///
    /// - Throws: `notFound`, `forbidden`.
    func ownPost(_ context: SiteContext) throws -> (facts: PostFacts, body: PostBody) {
        let member = try context.requireMember()
        guard let history = try application.forum.post(try context.id()) else { throw PageError.notFound }
        switch history.post {
        case .none, .deleted, .removed, .erased: throw PageError.notFound
        case .visible(let facts):
            guard facts.author == member.id else { throw PageError.forbidden }
            guard let body = facts.body.value else { throw PageError.notFound }
            return (facts, body)
        }
    }
}

extension Application {
    /// A body as text to edit.
    fileprivate func editable(_ body: PostBody) throws -> String {
        let names = try views.members.usernames(of: body.mentions)
        return body.editable { names[$0] }
    }
}

extension FieldName {
    /// The revision that the author was shown when she opened the form.
    static let baseRevision: FieldName = "base"
}

/// `/inlagg/{id}/andra`
struct EditPostPage: HTMLPage {
    let post: PostID
    let base: Int
    let form: Form
    var draft: Draft?
    var preview: [ThreadPage.Segment]?

    var title: String { "Ändra inlägget" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.p(
            "Det syns att inlägget är ändrat. Hur det såg ut förut kan bara du och de som sköter webbplatsen läsa, och du kan ta bort det.",
            class: "muted")
        html.preview(preview)
        html.postForm(
            form, to: .editPost(post), send: "Spara", draft: KeptDraft(at: .edit(post), draft),
            opened: [(.baseRevision, String(base))], cancel: .post(post))
    }
}
