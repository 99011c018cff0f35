import Events
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

/// A thread or a category that a member may choose to follow.
struct Watchable: Sendable {
    let thing: WatchedThing
    let name: String
    /// The page of the thread or category itself.
    let place: SiteLink
    /// The page on which the member chooses.
    let page: SiteLink
}

extension NotificationController {
    func thread(_ context: SiteContext) throws -> Watchable {
        let id: ThreadID = try context.id()
        guard let thread = try application.views.threads.find(id) else {
            throw PageError.notFound
        }
        return Watchable(
            thing: .thread(id), name: thread.shownTitle, place: thread.address(), page: .watchThread(id))
    }

    func category(_ context: SiteContext) throws -> Watchable {
        let slug = try context.place("category")
        guard let category = try application.views.categories.find(slug: slug) else {
            throw PageError.notFound
        }
        return Watchable(
            thing: .category(category.id), name: category.name, place: .category(slug), page: .watchCategory(slug))
    }

    func showWatching(_ watchable: Watchable, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let isWatched = try application.views.notifications.isWatched(watchable.thing, by: member)
        return context.page(WatchPage(watchable: watchable, isWatched: isWatched))
    }

    func watch(_ watchable: Watchable, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        guard
            let answer = try context.form().choice(
                NotificationController.watched, of: ConversationController.Answer.self)
        else {
            throw PageError.malformed(.encoding)
        }
        try await application.messaging.watch(
            watchable.thing, answer == .yes, by: member, command: try context.command())
        return .redirect(to: answer == .yes ? watchable.place : .notifications)
    }
}

/// `/trad/{id}/bevaka`, `/forum/{category}/bevaka`
struct WatchPage: HTMLPage {
    let watchable: Watchable
    let isWatched: Bool

    var title: String {
        switch watchable.thing {
        case .thread: "Bevaka tråden ”\(watchable.name)”"
        case .category: "Bevaka kategorin ”\(watchable.name)”"
        }
    }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    private var meaning: String {
        switch watchable.thing {
        case .thread: "en avisering när någon skriver i tråden"
        case .category: "en avisering när någon startar en tråd i kategorin"
        }
    }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb(watchable.name, watchable.place)])
        html.h1(title)
        html.p(isWatched ? "Du bevakar det här och får \(meaning)." : "Du får \(meaning). Bara du ser vad du bevakar.")
        html.form(post: watchable.page) { html in
            html.hidden(NotificationController.watched, isWatched ? "nej" : "ja")
            html.actions { html in
                html.submit(isWatched ? "Sluta bevaka" : "Bevaka")
                html.link("Tillbaka", to: watchable.place, class: "link")
            }
        }
    }
}
