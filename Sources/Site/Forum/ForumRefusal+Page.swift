import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import Web

extension ForumRefusal {
    /// The error page for something that does not exist or is not for this reader; nil when only the current state forbids the action.
    var pageError: PageError? {
        switch self {
        case .noSuchCategory, .noSuchThread, .noSuchPost: .notFound
        case .notAllowed, .notTheAuthor: .forbidden
        case .ownMatter: .ownMatter(of: [.moderator, .administrator])
        case .categoryClosed, .threadClosed, .postDeleted, .postRemoved, .postErased, .titleErased, .revisedMeanwhile,
            .slugTaken, .incompleteOrder, .wouldBecomePublic:
            nil
        }
    }

    var words: String {
        switch self {
        case .noSuchCategory: "Kategorin finns inte"
        case .noSuchThread: "Tråden finns inte"
        case .noSuchPost: "Inlägget finns inte"
        case .notAllowed, .notTheAuthor, .ownMatter: "Det får bara andra än du göra"
        case .categoryClosed: "Kategorin är stängd för nya inlägg"
        case .threadClosed: "Tråden är låst. Det går inte att skriva i den"
        case .postDeleted: "Inlägget är borttaget av den som skrev det"
        case .postRemoved: "Inlägget är borttaget av en moderator"
        case .postErased: "Inlägget är raderat"
        case .titleErased: "Rubriken är raderad, och tråden kan inte få någon ny"
        case .revisedMeanwhile:
            "Inlägget har ändrats sedan du öppnade det. Din text står kvar här; skicka igen för att ersätta den andra"
        case .slugTaken: "En annan kategori har redan den adressen"
        case .incompleteOrder: "Kategorierna har ändrats under tiden. Försök igen"
        case .wouldBecomePublic:
            "Tråden skrevs bara för medlemmar och kan inte flyttas till en kategori som alla får läsa"
        }
    }
}

/// Says that the current state forbids the action.
struct RefusalPage: HTMLPage {
    let refusal: ForumRefusal
    let back: SiteLink

    var title: String { "Det gick inte" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.notice(refusal.words + ".", .error)
        html.actions { $0.buttonLink("Tillbaka", to: back) }
    }
}

/// Says that the action is stored, but not yet visible on the pages.
struct ShownShortlyPage: HTMLPage {
    let place: SiteLink

    var title: String { "Sparat" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.notice("Det du gjorde är sparat och syns om en liten stund.", .success)
        html.actions { $0.buttonLink("Fortsätt", to: place) }
    }
}

extension Application {
    /// Performs an action in the forum and redirects when the views show it.
    ///
    /// - Parameters:
    ///   - fallback: where the page of a refusal leads back to, and where the reader continues if the views lag behind.
    ///   - place: the target of the redirect; called when the views show the action.
    ///   - refused: the answer when the current state forbids the action, such as the form with the typed text; nil for `RefusalPage`.
    func inForum(
        _ context: SiteContext, fallback: SiteLink, then place: () throws -> SiteLink,
        refused: (ForumRefusal) -> Response? = { _ in nil }, _ act: () async throws -> Appended
    ) async throws -> Response {
        do {
            let appended = try await act()
            guard await views.waitUntil(position: appended.last) else {
                return context.page(ShownShortlyPage(place: fallback), status: .accepted)
            }
            return .redirect(to: try place())
        } catch let refusal as ForumRefusal {
            if let error = refusal.pageError { throw error }
            if let answer = refused(refusal) { return answer }
            return context.page(RefusalPage(refusal: refusal, back: fallback), status: .conflict)
        } catch AppendFailure.fenced {
            // The subject of the action was erased while the form was open.
            throw PageError.notFound
        }
    }
}
