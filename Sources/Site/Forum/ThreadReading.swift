import Events
import Forum
import HTML
import Hummingbird
import Messaging
import Processes
import Projections
import SiteMap
import Web

extension ForumController {
    func showThread(_ request: Request, _ context: SiteContext) throws -> Response {
        let number = try request.pageNumber()
        return try visitorPages.answer(.page(number, at: request.uri.path), context) {
            let id = try context.id(ThreadKind.self)
            let reader = context.reader
            let page = try application.views.read { snapshot in
                guard let thread = try snapshot.threads.find(id) else { throw PageError.notFound }
                guard reader.isMember || thread.category.audience == .everybody else { throw PageError.signInNeeded }
                return try snapshot.posts.page(number, of: thread, for: reader.audience)
            }
            guard let page else { throw PageError.notFound }
            let slug = context.parameters["slug"] == nil ? nil : try context.place("slug")
            guard slug == page.thread.slug else { return .moved(page.thread.address(page: number)) }
            let undoable = try undoableUntil(page, reader, context)
            let draft = reader.draft(at: .reply(page.thread.id))
            return .page(ThreadReading(page: page, reader: reader, undoableUntil: undoable, draft: draft))
        }
    }

    private func undoableUntil(
        _ page: ThreadPage, _ reader: Reader, _ context: SiteContext
    ) throws -> [PostID: Instant] {
        var ends: [PostID: Instant] = [:]
        for post in page.posts {
            guard case .deleted(let time?) = post.body, let actor = reader.actor, actor.id == post.author.id else {
                continue
            }
            ends[post.id] = try application.deletionUndoable(from: time, at: context.now)
        }
        return ends
    }

    /// `/inlagg/{id}`: a post's place on its thread's page, which moves when the thread gets another title.
    func showPlace(of request: Request, _ context: SiteContext) throws -> Response {
        let id = try context.id(PostKind.self)
        return .redirect(to: try place(of: id, for: context.reader))
    }

    /// - Throws: `notFound`, and `signInNeeded` for a visitor when the thread is for members only.
    func place(of post: PostID, for reader: Reader) throws -> SiteLink {
        try application.views.read { snapshot in
            guard let (id, number) = try snapshot.posts.place(of: post),
                let thread = try snapshot.threads.find(id)
            else { throw PageError.notFound }
            guard reader.isMember || thread.category.audience == .everybody else { throw PageError.signInNeeded }
            return .thread(id, slug: thread.slug, page: number, post: post)
        }
    }
}

/// One page of a thread.
struct ThreadReading: HTMLPage {
    let page: ThreadPage
    let reader: Reader
    var undoableUntil: [PostID: Instant] = [:]
    /// What the reader has written of a reply.
    var draft: Draft?

    var thread: ThreadList.Entry { page.thread }
    var title: String { page.number > 1 ? "\(thread.shownTitle), sida \(page.number)" : thread.shownTitle }
    /// Names no member: titles and categories say what a preview may say.
    var summary: String? {
        let replies = SwedishNumber.spelled(thread.replies, "ett svar", "svar")
        return "En tråd i kategorin \(thread.category.name), med \(replies)."
    }
    var address: SiteLink? { thread.address(page: page.number) }
    var feed: FeedLink? { FeedLink(of: thread.category) }
    var menu: MainMenu? { .forum }
    var isIndexed: Bool { thread.category.audience == .everybody && thread.title != nil }
    var variesFor: Set<MemberID>? { Set(page.posts.map(\.author.id) + [thread.author.id]) }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([
            Breadcrumb("Forum", .forum), Breadcrumb(thread.category.name, .category(thread.category.slug)),
        ])
        html.pageHead { html in
            if reader.moderates(thread.author) {
                html.buttonLink("Moderera", to: .moderateThread(thread.id), secondary: true)
            } else if let member = reader.actor, thread.mayBeRetitled(by: member) {
                html.buttonLink("Byt rubrik", to: .retitleThread(thread.id), secondary: true)
            }
        } heading: { html in
            html.h1(thread.shownTitle)
            html.p(class: "muted") { html in
                html.text(SwedishNumber.counted(thread.replies, "svar", "svar"))
                html.tags(of: thread)
            }
        }
        if reader.actor != nil { html.p { $0.link("Bevaka tråden", to: .watchThread(thread.id), class: "link") } }
        html.element(.h2, class: "visually-hidden", text: "Inlägg")
        let addresses = PostAddresses(in: thread.id, undoableUntil: undoableUntil)
        for post in page.posts { html.article(post, addresses, for: reader) }
        if reader.actor != nil { html.form(post: .bookmarks(), id: BookmarkController.form) }
        let slug = thread.slug
        html.pager(Paging(page: page.number, count: thread.posts, size: ThreadPage.size)) {
            .thread(thread.id, slug: slug, page: $0)
        }
        writeEnd(into: &html)
    }

    private func writeEnd(into html: inout HTMLWriter) {
        guard reader.isMember else {
            guard !isClosed else { return html.notice(closedWords) }
            return html.notice { html in
                html.p { html in
                    html.link("Logga in", to: .signIn(returningTo: ReturnPath(thread.address(page: page.number).url)))
                    html.text(" för att svara. Inte medlem än? ")
                    html.link("Bli medlem", to: .register)
                    html.text(".")
                }
            }
        }
        if isClosed { html.notice(closedWords + (reader.moderates ? " Som moderator kan du skriva ändå." : "")) }
        guard reader.actor != nil, !isClosed || reader.moderates else { return }
        html.element(.section, .labelledBy("svara")) { html in
            html.h2("Svara", id: "svara")
            html.personal(.reply(thread.id)) { $0.replyForm(to: thread.id, draft) }
        }
    }

    private var isClosed: Bool { thread.isClosed || thread.category.isClosed }

    private var closedWords: String {
        thread.isClosed ? "Tråden är låst. Det går inte att svara." : "Kategorin är stängd. Det går inte att svara."
    }
}
