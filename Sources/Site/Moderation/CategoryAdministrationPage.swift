import Events
import Forum
import HTML
import Hummingbird
import Processes
import SiteMap
import Web

/// The actions of an administrator on one category, as the buttons send them.
enum CategoryChange: String { case describe, close, reopen }

extension ModerationController {
    func showCategory(_ request: Request, _ context: SiteContext) throws -> Response {
        let category = try category(context)
        return context.page(
            CategoryAdministrationPage(category: category, form: category.facts?.text.value.map { Form($0) } ?? Form()))
    }

    func changeCategory(_ request: Request, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let category = try category(context)
        let id: CategoryID = try context.id()
        let command = try context.command()
        var form = try context.form()
        guard let change: CategoryChange = form.choice(.action) else { throw PageError.malformed(.encoding) }
        let act: () async throws -> Appended
        let forum = application.forum
        switch change {
        case .close: act = { try await forum.closeCategory(id, by: standing, command: command) }
        case .reopen: act = { try await forum.reopenCategory(id, by: standing, command: command) }
        case .describe:
            guard let text = form.categoryText() else {
                return context.refused(CategoryAdministrationPage(category: category, form: form))
            }
            act = { try await forum.describeCategory(id, as: text, by: standing, command: command) }
        }
        return try await application.execute(
            context, then: { .staffCategories }, fallback: .staffCategory(id),
            refused: {
                context.refused(CategoryAdministrationPage(category: category, form: form.notingInName($0, $1)))
            }, act)
    }

    private func category(_ context: SiteContext) throws -> Category {
        let category = try application.forum.category(try context.id())
        guard category.facts != nil else { throw PageError.notFound }
        return category
    }
}

/// `/admin/kategori/{id}`
struct CategoryAdministrationPage: HTMLPage {
    let category: Category
    let form: Form

    private var name: String { category.facts?.text.value?.name ?? "Kategori" }

    var title: String { name }
    var staffTab: SiteLink? { .staffCategories }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        guard let facts = category.facts else { return }
        html.breadcrumbs([Breadcrumb("Kategorier", .staffCategories)])
        html.h1(name)
        html.p(facts.audience == .everybody ? "Alla får läsa." : "Bara medlemmar får läsa.", class: "muted")
        html.form(post: .staffCategory(facts.id), form) { html in
            html.categoryFields(form)
            html.actions { $0.submit("Spara", choice: (.action, CategoryChange.describe.rawValue)) }
        }
        html.h2(isOpen ? "Stäng kategorin" : "Öppna kategorin")
        html.p("I en stängd kategori går det att läsa, men bara moderatorer kan skriva.")
        html.form(post: .staffCategory(facts.id)) { html in
            html.actions { html in
                html.submit(
                    isOpen ? "Stäng" : "Öppna", .secondary,
                    choice: (.action, (isOpen ? CategoryChange.close : .reopen).rawValue))
            }
        }
    }

    private var isOpen: Bool {
        switch category {
        case .open: true
        case .none, .closed: false
        }
    }
}
