import Events
import HTML
import Processes
import Projections
import SiteMap

/// `/sparat`
struct BookmarksPage: HTMLPage {
    static let size = 50

    struct Entry: Sendable {
        let bookmark: Bookmark
        /// Nil when the reader may not read it any more, or it is gone.
        let post: FoundPost?
    }

    let entries: [Entry]
    let paging: Paging

    var title: String { paging.page > 1 ? "Sparat, sida \(paging.page)" : "Sparat" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.h1("Sparat")
        html.p("Inlägg som du har sparat för att hitta tillbaka till dem. Bara du ser dem.", class: "lead")
        guard !entries.isEmpty else {
            return html.emptyState("Inget sparat än", "Knappen Spara finns under varje inlägg i forumet.") {
                $0.buttonLink("Till forumet", to: .forum)
            }
        }
        html.element(.ul, class: "bookmark-list") { html in
            for entry in entries { html.li { write(entry, into: &$0) } }
        }
        html.pager(paging) { .bookmarks(page: $0) }
    }

    private func write(_ entry: Entry, into html: inout HTMLWriter) {
        let id = entry.bookmark.post
        html.element(.h2, class: "title") { $0.bookmarked(entry.post, id) }
        html.p(class: "meta") { html in
            html.author(of: entry.post)
            html.text("Sparat ")
            html.time(entry.bookmark.saved)
        }
        if !entry.bookmark.note.isEmpty { html.p(entry.bookmark.note, class: "note") }
        html.actions { html in
            html.link(to: .bookmark(id), class: "link") { html in
                html.text(entry.bookmark.note.isEmpty ? "Anteckna" : "Ändra anteckningen")
                html.visuallyHidden(" om \(entry.post?.words ?? "inlägget")")
            }
            html.button("Ta bort", post: .removeBookmark(id))
        }
    }
}

/// `/sparat/{id}`: the note of one bookmark.
struct BookmarkPage: HTMLPage {
    let id: PostID
    let isSaved: Bool
    let post: FoundPost?
    let form: Form

    var title: String { isSaved ? "Sparat inlägg" : "Spara inlägget" }
    var width: PageWidth { .narrow }

    func write(into html: inout HTMLWriter) {
        html.breadcrumbs([Breadcrumb("Sparat", .bookmarks())])
        html.h1(title)
        html.p { $0.bookmarked(post, id) }
        html.form(post: .bookmark(id), form) { html in
            html.textarea(
                .bookmarkNote, "Anteckning", in: form,
                hint: "Högst \(Bookmark.longestNote) tecken. Bara du ser den.", optional: true,
                maxLength: Bookmark.longestNote, rows: 4)
            html.actions { html in
                html.submit("Spara")
                html.link("Avbryt", to: .bookmarks(), class: "link")
            }
        }
        if isSaved { html.button("Ta bort från sparade", post: .removeBookmark(id), .dangerousLink) }
    }
}

extension FoundPost {
    /// `inlägg 7 i ”Titel”`
    fileprivate var words: String { "inlägg \(number) i ”\(thread.shownTitle)”" }
}

extension HTMLWriter {
    /// The place of a marked post, or the gap where it was.
    fileprivate mutating func bookmarked(_ post: FoundPost?, _ id: PostID) {
        guard let post else { return element(.span, class: "gone", text: "Inlägget går inte att visa längre") }
        link("#\(post.number) i \(post.thread.shownTitle)", to: .post(id))
    }

    fileprivate mutating func author(of post: FoundPost?) {
        guard let post else { return }
        text("Av \(shownName(post.author)) · ")
    }
}
