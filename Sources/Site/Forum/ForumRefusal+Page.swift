import Accounts
import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import Web

extension ForumRefusal {
    /// The page for what is not there or not for this reader; nil for what is refused only now.
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

/// Something that cannot be done as things stand.
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

/// What was written is kept, but the pages do not show it yet.
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
    /// Does something in the forum and leads on when the views show it.
    ///
    /// - Parameters:
    ///   - fallback: where a refusal leads back to, and where one goes on to while the views lag behind.
    ///   - place: where to go then; asked when it is visible.
    ///   - refused: the answer when the forum refuses for now, such as the form with what was typed.
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
            // What it is about was erased while the form was open.
            throw PageError.notFound
        }
    }
}
