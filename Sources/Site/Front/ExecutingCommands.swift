import Accounts
import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension Application {
    /// Executes a command and redirects when the views show its result.
    ///
    /// - Parameters:
    ///   - place: the target of the redirect; called when the views show the result.
    ///   - draft: the draft of what is sent, deleted when it is.
    ///   - fallback: where the page of a refusal leads back to, and where the reader continues if the views lag behind.
    ///   - refused: the answer when the present state forbids the command, such as the form with the reason at a field; nil for a page with
    ///     the reason.
    func execute(
        _ context: SiteContext, then place: () throws -> SiteLink, fallback: SiteLink, sending draft: DraftPlace? = nil,
        refused: (_ refusal: any AnsweredRefusal, _ reason: String) throws -> Response? = { _, _ in nil },
        _ command: () async throws -> Appended
    ) async throws -> Response {
        do {
            let appended = try await command()
            // What is sent is sent, whether or not the draft can be deleted now.
            if let draft, let member = context.member { try? reading.removeDraft(at: draft, of: member.id) }
            guard await views.waitUntil(position: appended.last) else {
                return context.page(ShownShortlyPage(place: fallback), status: .accepted)
            }
            return .redirect(to: try place())
        } catch let refusal as any AnsweredRefusal {
            switch try answer(to: refusal) {
            case .page(let error): throw error
            case .reason(let reason):
                return try refused(refusal, reason)
                    ?? context.page(RefusalPage(reason: reason, back: fallback), status: .conflict)
            }
        }
    }

    /// The answer to a refusal, with members named as others see them.
    private func answer(to refusal: any AnsweredRefusal) throws -> RefusalAnswer {
        guard let refusal = refusal as? ConversationRefusal else { return refusal.answer }
        return try refusal.answer { try views.members.username(of: $0) }
    }
}

/// Says that the present state forbids the command.
struct RefusalPage: HTMLPage {
    let reason: String
    let back: SiteLink

    var title: String { "Det gick inte" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.notice(reason, .error)
        html.actions { $0.buttonLink("Tillbaka", to: back) }
    }
}

/// Says that the action is stored, but not yet visible on the pages.
struct ShownShortlyPage: HTMLPage {
    let place: SiteLink

    var title: String { "Sparat" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.notice("Det du gjorde är sparat och syns om en liten stund.", .success)
        html.actions { $0.buttonLink("Fortsätt", to: place) }
    }
}
