import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The actions of a moderator on a thread, as the buttons send them.
enum ThreadMeasure: String { case close, reopen, pin, unpin, move, retitle }

extension ModerationController {
    func showThread(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(try page(try thread(context), Form()))
    }

    func moderateThread(_ request: Request, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let thread = try thread(context)
        var form = try context.form()
        let command = try context.command()
        guard let measure: ThreadMeasure = form.choice(.action) else { throw PageError.malformed(.encoding) }
        let act: () async throws -> Appended
        let forum = application.forum
        switch measure {
        case .close: act = { try await forum.closeThread(thread.id, by: standing, command: command) }
        case .reopen: act = { try await forum.reopenThread(thread.id, by: standing, command: command) }
        case .pin: act = { try await forum.pinThread(thread.id, by: standing, command: command) }
        case .unpin: act = { try await forum.unpinThread(thread.id, by: standing, command: command) }
        case .move:
            guard let target = form.require(.category, "Välj en kategori", as: { CategoryID($0) }) else {
                return context.refused(try page(thread, form))
            }
            act = { try await forum.moveThread(thread.id, to: target, by: standing, command: command) }
        case .retitle:
            guard let title = form.threadTitle() else { return context.refused(try page(thread, form)) }
            act = { try await forum.retitle(thread.id, title, by: standing, command: command) }
        }
        return try await application.execute(
            context, then: { try self.thread(context).address() }, fallback: .moderateThread(thread.id), act)
    }

    private func page(_ thread: ThreadList.Entry, _ form: Form) throws -> ModerateThreadPage {
        let categories = try application.views.categories.all(for: .members)
        return ModerateThreadPage(
            thread: thread, categories: categories.filter { $0.id != thread.category.id }, form: form)
    }
}

/// `/trad/{id}/moderera`
struct ModerateThreadPage: HTMLPage {
    let thread: ThreadList.Entry
    let categories: [CategoryList.Category]
    let form: Form

    var title: String { "Moderera tråden" }
    var menu: MainMenu? { .forum }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs(thread.breadcrumbs)
        html.h1(title)
        html.errorSummary(form)
        html.h2("Lås och fäst")
        html.p("I en låst tråd kan bara moderatorer skriva. En fäst tråd står överst i sin kategori.")
        html.form(post: .moderateThread(thread.id)) { html in
            html.actions { html in
                submit(thread.isClosed ? "Lås upp" : "Lås", thread.isClosed ? .reopen : .close, &html)
                submit(thread.isPinned ? "Lossa" : "Fäst överst", thread.isPinned ? .unpin : .pin, &html)
            }
        }
        html.h2("Flytta")
        html.form(post: .moderateThread(thread.id)) { html in
            html.select(
                .category, "Till kategori", in: form,
                options: categories.map { (value: $0.id.description, label: $0.name) }, prompt: "Välj kategori",
                hint: "En tråd som bara medlemmar får läsa kan inte flyttas till en kategori för alla.")
            html.actions { submit("Flytta", .move, &$0) }
        }
        html.h2("Byt rubrik")
        html.form(post: .moderateThread(thread.id)) { html in
            html.titleField(shownForm)
            html.actions { submit("Byt rubrik", .retitle, &$0) }
        }
        html.h2("Radera rubriken")
        html.p { html in
            html.text(
                "En rubrik med personuppgifter eller olagligt innehåll kan tas bort så att ingen kan läsa den igen. ")
            html.link("Radera rubriken för gott", to: .eraseTitle(of: thread.id))
            html.text(".")
        }
    }

    /// Starts with the current title; keeps the typed title when it has a mistake.
    private var shownForm: Form {
        form.message(for: .postTitle) == nil ? Form([.postTitle: thread.title ?? ""]) : form
    }

    private func submit(_ label: String, _ measure: ThreadMeasure, _ html: inout HTMLWriter) {
        html.submit(label, .secondary, choice: (.action, measure.rawValue))
    }
}
