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
                if let end = addresses.undoableUntil[post.id] { html.undo(post, until: end) }
                if post.isReportable(by: reader) {
                    html.action("Anmäl", PostAddresses.report, post.id.description, number: post.number)
                }
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

    private mutating func undo(_ post: ThreadPage.Post, until end: Instant) {
        p(class: "muted") { html in
            html.text("Du kan ångra dig till ")
            html.exactTime(end)
            html.text(". Sedan raderas texten för gott, om ingen har anmält den.")
        }
        button("Ångra borttagningen", post: .restorePost(post.id))
    }

    private mutating func gone(
        _ post: ThreadPage.Post, _ words: String, also: (inout HTMLWriter) -> Void = { _ in }
    ) {
        element(.article, class: "post gone", .id(SiteLink.anchor(of: post.id))) { html in
            html.p(words)
            also(&html)
        }
    }

    private mutating func visible(
        _ post: ThreadPage.Post, _ segments: [ThreadPage.Segment], _ addresses: PostAddresses, for reader: Reader
    ) {
        let id = post.id.description
        element(.article, class: "post", .id(SiteLink.anchor(of: id)), .labelledBy("head-" + id)) { html in
            let name = post.author.username
            html.avatar(Avatar(of: name == nil ? nil : post.author.id, named: shownName(post.author)))
            html.head(of: post, id, for: reader)
            html.div(class: "post-body prose") { $0.segments(segments, linksMembers: reader.opensProfiles) }
            if !reader.onlyReads { html.foot(of: post, id, addresses, for: reader) }
        }
    }

    private mutating func head(of post: ThreadPage.Post, _ id: String, for reader: Reader) {
        element(.header, class: "post-head", .id("head-" + id)) { html in
            html.author(post.author, isLink: reader.opensProfiles)
            if let role = post.authorRole { html.tag(of: role) }
            html.time(post.published)
            if let revised = post.revised {
                html.edited(revised, of: id, isLink: reader.mayReadHistory(of: post.author))
            }
            html.element(
                .a, class: "permalink", .href(PostAddresses.post, id: id), .label("Länk till inlägg \(post.number)")
            ) { html in
                html.text("#")
                html.digits(post.number)
            }
        }
    }

    /// The author's name; a link only for those who may see the profile, and none when the author has left.
    private mutating func author(_ author: PublicMember, isLink: Bool) {
        guard let name = author.username, isLink else { return span(shownName(author), class: "author") }
        element(.a, class: "author", .href(PostAddresses.author, id: author.id.description), text: name)
    }

    private mutating func tag(of role: Role) {
        switch role {
        case .administrator: span("Administratör", class: "tag")
        case .moderator: span("Moderator", class: "tag")
        case .member, .auditor: break
        }
    }

    private mutating func edited(_ time: Instant, of post: String, isLink: Bool) {
        element(isLink ? .a : .span, isLink ? .href(PostAddresses.history, id: post) : nil) { html in
            html.text("ändrat ")
            html.time(time)
        }
    }

    private mutating func foot(
        of post: ThreadPage.Post, _ id: String, _ addresses: PostAddresses, for reader: Reader
    ) {
        element(.footer, class: "post-foot") { html in
            if reader.isMember { html.action("Citera", addresses.quote, id, number: post.number) }
            if reader.actor != nil {
                html.personal(.bookmark(post.id, number: post.number)) {
                    $0.bookmarkButton(post.id, number: post.number, of: reader)
                }
            }
            if let member = reader.member, member.id == post.author.id {
                html.action("Ändra", PostAddresses.edit, id, number: post.number)
                html.action("Ta bort", PostAddresses.delete, id, number: post.number)
            } else {
                html.action("Anmäl", PostAddresses.report, id, number: post.number)
                if reader.moderates { html.action("Ta bort", PostAddresses.remove, id, number: post.number) }
            }
        }
    }

    /// A link to an action on a post; hidden text tells screen readers which post, since the same label occurs for each.
    private mutating func action(_ label: String, _ pattern: LinkPattern, _ id: String, number: Int) {
        element(.a, class: "link", .href(pattern, id: id)) { html in
            html.text(label)
            html.visuallyHidden(" inlägg \(number)")
        }
    }
}

extension ThreadPage.Post {
    /// Whether the post is hidden and can still be judged: its text is not erased.
    fileprivate func isReportable(by reader: Reader) -> Bool {
        guard case .deleted(_?) = body else { return false }
        return !reader.onlyReads && reader.member?.id != author.id
    }
}
