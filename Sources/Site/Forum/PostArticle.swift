import Accounts
import Events
import Forum
import HTML
import Processes
import Projections
import SiteMap

extension HTMLWriter {
    /// One post of a thread, with the actions that this reader may take.
    ///
    /// - Parameter addresses: the addresses for the post's thread.
    mutating func article(_ post: ThreadPage.Post, _ addresses: PostAddresses, for reader: Reader) {
        switch post.body {
        case .visible(let segments): visible(post, segments, addresses, for: reader)
        case .deleted:
            gone(post, "Inlägget är borttaget") { html in
                if reader.moderates(post.author) {
                    html.link("Radera för gott", to: .erasePostForGood(post.id), class: "link")
                }
            }
        case .erased: gone(post, "Inlägget är raderat")
        case .removed(let reason):
            gone(post, "Inlägget togs bort av en moderator: \(reason.words)") { html in
                guard reader.moderates(post.author) else { return }
                html.button("Återställ inlägget", post: .reinstatePost(post.id))
                html.link("Radera för gott", to: .erasePostForGood(post.id), class: "link")
            }
        }
    }

    private mutating func gone(
        _ post: ThreadPage.Post, _ words: String, also: (inout HTMLWriter) -> Void = { _ in }
    ) {
        raw("<article class=\"post gone\" id=\"")
        text(SiteLink.anchor(of: post.id))
        raw("\"><p>")
        text(words)
        raw("</p>")
        also(&self)
        raw("</article>")
    }

    private mutating func visible(
        _ post: ThreadPage.Post, _ segments: [ThreadPage.Segment], _ addresses: PostAddresses, for reader: Reader
    ) {
        let id = post.id.description
        raw("<article class=\"post\" id=\"")
        text(SiteLink.anchor(of: id))
        raw("\" aria-labelledby=\"head-")
        text(id)
        raw("\">")
        let name = post.author.username
        avatar(Avatar(of: name == nil ? nil : post.author.id, named: shownName(post.author)))
        raw("<header class=\"post-head\" id=\"head-")
        text(id)
        raw("\">")
        author(post.author, isLink: reader.opensProfiles)
        if let role = post.authorRole { tag(of: role) }
        time(post.published)
        if let revised = post.revised { edited(revised, of: id, isLink: reader.actor != nil) }
        anchor("<a class=\"permalink\" href=\"", PostAddresses.post, id)
        raw("\" aria-label=\"Länk till inlägg ")
        digits(post.number)
        raw("\">#")
        digits(post.number)
        raw("</a></header><div class=\"post-body prose\">")
        self.segments(segments, linksMembers: reader.opensProfiles)
        raw("</div>")
        if !reader.onlyReads { foot(of: post, id, addresses, for: reader) }
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
        anchor("<a class=\"author\" href=\"", PostAddresses.author, author.id.description)
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

    private mutating func edited(_ time: Instant, of post: String, isLink: Bool) {
        if isLink {
            anchor("<a href=\"", PostAddresses.history, post)
            raw("\">ändrat ")
        } else {
            raw("<span>ändrat ")
        }
        self.time(time)
        raw(isLink ? "</a>" : "</span>")
    }

    private mutating func foot(
        of post: ThreadPage.Post, _ id: String, _ addresses: PostAddresses, for reader: Reader
    ) {
        raw("<footer class=\"post-foot\">")
        if reader.isMember { action("Citera", addresses.quote, id, number: post.number) }
        if let member = reader.member, member.id == post.author.id {
            action("Ändra", PostAddresses.edit, id, number: post.number)
            action("Ta bort", PostAddresses.delete, id, number: post.number)
        } else {
            action("Anmäl", PostAddresses.report, id, number: post.number)
            if reader.moderates { action("Ta bort", PostAddresses.remove, id, number: post.number) }
        }
        raw("</footer>")
    }

    /// A link to an action on a post; hidden text tells screen readers which post, since the same label occurs for each.
    private mutating func action(_ label: StaticString, _ pattern: PostAddresses.Pattern, _ id: String, number: Int) {
        anchor("<a class=\"link\" href=\"", pattern, id)
        raw("\">")
        raw(label)
        raw("<span class=\"visually-hidden\"> inlägg ")
        digits(number)
        raw("</span></a>")
    }
}
