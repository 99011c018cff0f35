import Accounts
import Events
import Forum
import HTML
import Processes
import Projections
import SiteMap

extension FeedLink {
    /// Nil for a category that only members may read: it has no feed.
    init?(of category: CategoryList.Category) {
        guard category.audience == .everybody else { return nil }
        self.init(title: category.name, page: .categoryFeed(category.slug))
    }
}

extension ThreadReading {
    /// The discussion by schema.org, on the thread's first page: the opening post, under the author's name as visitors see it.
    func linkedData(at base: BaseURL) -> LinkedData? {
        guard page.number == 1, let opening = page.posts.first, let words = PostWords(opening) else { return nil }
        let url = LinkedData.text(base.url(of: thread.address()))
        let author = shownName(opening.author, from: Viewpoint(.visitor, in: .feed))
        var members: [(name: StaticString, value: LinkedData)] = [
            ("@context", .text("https://schema.org")), ("@type", .text("DiscussionForumPosting")), ("@id", url),
            ("url", url), ("headline", .text(thread.shownTitle)), ("text", .text(words.text)),
            ("inLanguage", .text("sv")), ("datePublished", .text(opening.published.machineReadable)),
            ("author", .object([("@type", .text("Person")), ("name", .text(author))])),
            (
                "interactionStatistic",
                .object([
                    ("@type", .text("InteractionCounter")),
                    ("interactionType", .text("https://schema.org/CommentAction")),
                    ("userInteractionCount", .number(thread.replies)),
                ])
            ),
        ]
        if let revised = opening.revised { members.append(("dateModified", .text(revised.machineReadable))) }
        return .object(members)
    }
}
