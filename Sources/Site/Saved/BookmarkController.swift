import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

/// The posts that a member has marked to find them again, with her notes (P-06.4).
struct BookmarkController: Sendable {
    /// The id of the form that the buttons at the posts of a page submit.
    static let form: StaticString = "spara"

    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.bookmarks) { try showBookmarks($0, $1) }
        routes.post(.bookmarks) { try await bookmark($0, $1) }
        routes.get(.bookmark) { try showBookmark($0, $1) }
        routes.post(.bookmark) { try await note($0, $1) }
        routes.post(.removeBookmark) { try remove($0, $1) }
    }

    private func showBookmarks(_ request: Request, _ context: SiteContext) throws -> Response {
        let member = try context.requireMember().id
        let all = try application.reading.bookmarks(of: member)
        let paging = Paging(page: try request.pageNumber(), count: all.count, size: BookmarksPage.size)
        guard paging.exists else { throw PageError.notFound }
        let shown = all.dropFirst((paging.page - 1) * BookmarksPage.size).prefix(BookmarksPage.size)
        let posts = try application.views.posts.found(shown.map(\.post), for: context.reader.audience)
        return context.page(
            BookmarksPage(
                entries: shown.map { BookmarksPage.Entry(bookmark: $0, post: posts[$0.post]) }, paging: paging))
    }

    /// The button at a post: marks it, or does nothing when it is marked already.
    private func bookmark(_ request: Request, _ context: SiteContext) async throws -> Response {
        let member = try context.requireMember().id
        guard let post: PostID = try context.form().value(.bookmarkedPost) else { throw PageError.malformed(.encoding) }
        _ = try readable(post, context)
        if try application.reading.bookmark(on: post, of: member) == nil {
            do {
                try application.reading.bookmark(post, note: "", of: member, at: context.now)
            } catch let refusal as SavingRefusal {
                return context.page(RefusalPage(reason: refusal.words, back: .bookmarks()), status: .conflict)
            }
        }
        return .redirect(to: .post(post))
    }

    private func showBookmark(_ request: Request, _ context: SiteContext) throws -> Response {
        let (member, id) = (try context.requireMember().id, try context.id(PostKind.self))
        let bookmark = try application.reading.bookmark(on: id, of: member)
        let post = try application.views.posts.found([id], for: context.reader.audience)[id]
        guard bookmark != nil || post != nil else { throw PageError.notFound }
        let form = Form([.bookmarkNote: bookmark?.note ?? ""])
        return context.page(BookmarkPage(id: id, isSaved: bookmark != nil, post: post, form: form))
    }

    private func note(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (member, id) = (try context.requireMember().id, try context.id(PostKind.self))
        let isSaved = try application.reading.bookmark(on: id, of: member) != nil
        var form = try context.form()
        let post =
            try isSaved ? application.views.posts.found([id], for: context.reader.audience)[id] : readable(id, context)
        do {
            try application.reading.bookmark(id, note: form.text(.bookmarkNote), of: member, at: context.now)
        } catch let refusal as SavingRefusal {
            form.note(refusal.words, at: .bookmarkNote)
            return context.refused(BookmarkPage(id: id, isSaved: isSaved, post: post, form: form))
        }
        return .redirect(to: .bookmarks())
    }

    private func remove(_ request: Request, _ context: SiteContext) throws -> Response {
        _ = try context.form()
        try application.reading.removeBookmark(on: context.id(), of: context.requireMember().id)
        return .redirect(to: .bookmarks())
    }

    /// - Throws: `notFound` for a post that the reader may not read, or that is gone.
    private func readable(_ post: PostID, _ context: SiteContext) throws -> FoundPost {
        guard let found = try application.views.posts.found([post], for: context.reader.audience)[post] else {
            throw PageError.notFound
        }
        return found
    }
}

extension FieldName {
    static let bookmarkedPost: FieldName = "inlagg"
    static let bookmarkNote: FieldName = "anteckning"
}

extension HTMLWriter {
    /// The button that marks a post; of a marked one the link to its note.
    mutating func bookmarkButton(_ post: PostID, number: Int, of reader: Reader) {
        guard let member = reader.actor else { return }
        guard member.saved.bookmarks.contains(post) else {
            return formButton(of: BookmarkController.form, .bookmarkedPost, post.description) { html in
                html.text("Spara")
                html.visuallyHidden(" inlägg \(number)")
            }
        }
        link(to: .bookmark(post), class: "link") { html in
            html.text("Sparat")
            html.visuallyHidden(": inlägg \(number)")
        }
    }
}
