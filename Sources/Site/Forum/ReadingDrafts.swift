import Forum
import HTML
import Processes
import Projections

extension ForumController {
    /// The typed text as a body, or nil and a note for each mistake.
    func body(_ form: inout Form, _ context: SiteContext, revising previous: PostBody? = nil) async throws -> PostBody?
    {
        let typed = form.typed(.postText)
        do {
            return try await context.read(&form, at: .postText) { [application] in
                try application.draft(typed, revising: previous)
            }
        } catch let problems as Problems<PostProblem> {
            form.note(problems)
            return nil
        }
    }

    /// A rendered body, or nil and a note when the preview limit is used up or the queue is full.
    func preview(
        of body: PostBody, _ form: inout Form, _ context: SiteContext
    ) async throws -> [ThreadPage.Segment]? {
        guard context.spendPreview(noting: &form, at: .postText) else { return nil }
        return try await context.read(&form, at: .postText) { [application, reader = context.reader] in
            try application.segments(of: body, for: reader.audience)
        }
    }
}
