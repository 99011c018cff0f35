import Accounts
import Events
import Forum
import Projections

extension HTMLWriter {
    /// One post of a thread, with what this reader may do with it.
    mutating func article(_ post: ThreadPage.Post, in thread: ThreadID, for reader: Reader) {
        switch post.body {
        case .visible(let segments): visible(post, segments, in: thread, for: reader)
        case .deleted: gone(post, "Inlägget är borttaget")
        case .erased: gone(post, "Inlägget är raderat")
        case .removed(let reason):
            gone(post, "Inlägget togs bort av en moderator: \(reason.words)") { html in
                guard reader.moderates else { return }
                html.button("Återställ inlägget", post: .reinstatePost(post.id))
            }
        }
    }

    private mutating func gone(
        _ post: ThreadPage.Post, _ words: String, also: (inout HTMLWriter) -> Void = { _ in }
    ) {
        raw("<article class=\"post gone\" id=\"")
        text(Page.anchor(of: post.id))
        raw("\"><p>")
        text(words)
        raw("</p>")
        also(&self)
        raw("</article>")
    }

    private mutating func visible(
        _ post: ThreadPage.Post, _ segments: [ThreadPage.Segment], in thread: ThreadID, for reader: Reader
    ) {
        let id = post.id.description
        raw("<article class=\"post\" id=\"")
        text(Page.anchor(of: post.id))
        raw("\" aria-labelledby=\"head-")
        text(id)
        raw("\">")
        let name = post.author.username
        avatar(Avatar(of: name == nil ? nil : post.author.id, named: name ?? "Tidigare medlem"))
        raw("<header class=\"post-head\" id=\"head-")
        text(id)
        raw("\">")
        author(post.author, isLink: reader.isMember)
        if let role = post.authorRole { tag(of: role) }
        time(post.published)
        if let revised = post.revised { edited(revised, of: post.id, isLink: reader.isMember) }
        raw("<a class=\"permalink\" href=\"")
        text(Page.post(post.id).url)
        raw("\" aria-label=\"Länk till inlägg ")
        digits(post.number)
        raw("\">#")
        digits(post.number)
        raw("</a></header><div class=\"post-body prose\">")
        self.segments(segments, linksMembers: reader.isMember)
        raw("</div>")
        foot(of: post, in: thread, for: reader)
        raw("</article>")
    }

    /// The author's name; a link only for those who may see the profile, and none when the author has left.
    private mutating func author(_ author: PublicMember, isLink: Bool) {
        guard let name = author.username, isLink else {
            raw("<span class=\"author\">")
            text(shownName(author))
            raw("</span>")
            return
        }
        raw("<a class=\"author\" href=\"")
        text(Page.member(author.id).url)
        raw("\">")
        text(name)
        raw("</a>")
    }

    private mutating func tag(of role: Role) {
        switch role {
        case .administrator: raw("<span class=\"tag\">Administratör</span>")
        case .moderator: raw("<span class=\"tag\">Moderator</span>")
        case .member, .auditor: break
        }
    }

    private mutating func edited(_ time: Instant, of post: PostID, isLink: Bool) {
        if isLink {
            raw("<a href=\"")
            text(Page.postHistory(post).url)
            raw("\">ändrat ")
        } else {
            raw("<span>ändrat ")
        }
        self.time(time)
        raw(isLink ? "</a>" : "</span>")
    }

    private mutating func foot(of post: ThreadPage.Post, in thread: ThreadID, for reader: Reader) {
        raw("<footer class=\"post-foot\">")
        if reader.isMember { action("Citera", .reply(to: thread, quoting: post.id), on: post) }
        if let member = reader.member, member.id == post.author.id {
            action("Ändra", .editPost(post.id), on: post)
            action("Ta bort", .erasePost(post.id), on: post)
        } else {
            action("Anmäl", .report(post.id), on: post)
            if reader.moderates { action("Ta bort", .removePost(post.id), on: post) }
        }
        raw("</footer>")
    }

    /// Many links say the same on one page: whoever hears them one by one learns which post each is about.
    private mutating func action(_ label: StaticString, _ page: Page, on post: ThreadPage.Post) {
        raw("<a class=\"link\" href=\"")
        text(page.url)
        raw("\">")
        raw(label)
        raw("<span class=\"visually-hidden\"> inlägg ")
        digits(post.number)
        raw("</span></a>")
    }
}
