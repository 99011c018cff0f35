import Events
import Forum
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The actions of an administrator on the list of categories, as the buttons send them.
enum CategoryListChange: String { case create, up, down }

extension ModerationController {
    func showCategories(_ request: Request, _ context: SiteContext) throws -> Response {
        context.page(CategoriesPage(categories: try categories(), form: Form()))
    }

    func changeCategories(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try context.form()
        guard let change: CategoryListChange = form.choice(.action) else { throw PageError.malformed(.encoding) }
        switch change {
        case .create: return try await create(form, context)
        case .up: return try await move(form, by: -1, context)
        case .down: return try await move(form, by: 1, context)
        }
    }

    func categories() throws -> [CategoryList.Category] {
        try application.views.categories.all(for: .members)
    }

    private func create(_ typed: Form, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let command = try context.command()
        var form = typed
        let audience = form.require(.audience, "Välj vilka som får läsa", of: Audience.self)
        guard let text = form.categoryText(), let audience else {
            return context.refused(CategoriesPage(categories: try categories(), form: form))
        }
        let present = try categories()
        return try await application.execute(
            context, then: { .staffCategories }, fallback: .staffCategories,
            refused: { context.refused(CategoriesPage(categories: present, form: form.notingInName($0, $1))) }
        ) {
            try await application.forum.createCategory(text, for: audience, by: standing, command: command).appended
        }
    }

    private func move(_ form: Form, by step: Int, _ context: SiteContext) async throws -> Response {
        let standing = try context.requireMember().standing
        let command = try context.command()
        // Read from the log: the order must include every category, even one that the views do not show.
        var order = try application.forum.categories().map(\.id)
        guard let id: CategoryID = form.value(.category), let index = order.firstIndex(of: id) else {
            throw PageError.notFound
        }
        if order.indices.contains(index + step) { order.swapAt(index, index + step) }
        let wanted = order
        return try await application.execute(context, then: { .staffCategories }, fallback: .staffCategories) {
            try await application.forum.orderCategories(wanted, by: standing, command: command)
        }
    }
}

/// `/admin/kategorier`
struct CategoriesPage: HTMLPage {
    let categories: [CategoryList.Category]
    let form: Form

    var title: String { "Forumets kategorier" }
    var staffTab: SiteLink? { .staffCategories }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.errorSummary(form)
        if !categories.isEmpty {
            html.element(.ul, class: "category-list") { html in
                for (index, category) in categories.enumerated() { html.li { write(category, at: index, into: &$0) } }
            }
        }
        html.h2("Ny kategori")
        html.form(post: .staffCategories) { html in
            html.categoryFields(form)
            html.radios(
                .audience, "Vilka får läsa?", in: form,
                options: [
                    (Audience.everybody.rawValue, "Alla, även utan att logga in", nil),
                    (Audience.members.rawValue, "Bara medlemmar", nil),
                ], hint: "Går inte att ändra senare.")
            html.actions { $0.submit("Skapa kategorin", choice: (.action, CategoryListChange.create.rawValue)) }
        }
    }

    private func write(_ category: CategoryList.Category, at index: Int, into html: inout HTMLWriter) {
        html.div { html in
            html.element(.h2, class: "title") { html in
                html.link(category.name, to: .staffCategory(category.id))
                html.tags(of: category)
            }
            html.p(class: "meta") { html in
                html.text(SwedishNumber.counted(category.threads, "tråd", "trådar"))
                if !category.description.isEmpty { html.text(". " + category.description) }
            }
        }
        html.form(post: .staffCategories, class: "inline") { html in
            html.hidden(.category, category.id.description)
            if index > 0 { html.submit("Flytta upp", .link, choice: (.action, CategoryListChange.up.rawValue)) }
            html.text(" ")
            if index < categories.count - 1 {
                html.submit("Flytta ned", .link, choice: (.action, CategoryListChange.down.rawValue))
            }
        }
    }
}
