import Events
import Forum
import HTML
import Processes
import Projections

extension SafeHTML: TrustedMarkup {
    var html: String { text }
}

extension HTMLWriter {
    /// The body of a post, with its mentions and quotes as this reader may see them.
    ///
    /// - Parameter linksMembers: false for visitors, who see names without links.
    mutating func segments(_ segments: [ThreadPage.Segment], linksMembers: Bool) {
        for segment in segments {
            switch segment {
            case .html(let markup): html(markup)
            case .mention(let member): mention(member, isLink: linksMembers)
            case .quote(let quote): self.quote(quote, linksMembers: linksMembers)
            }
        }
    }

    private mutating func mention(_ member: PublicMember, isLink: Bool) {
        let name = shownName(member)
        guard member.username != nil else {
            raw("<span class=\"mention\">")
            text(name)
            return raw("</span>")
        }
        if isLink {
            anchor("<a class=\"mention\" href=\"", PostAddresses.author, member.id.description)
            raw("\">@")
            text(name)
            raw("</a>")
        } else {
            raw("<span class=\"mention\">@")
            text(name)
            raw("</span>")
        }
    }

    private mutating func quote(_ quote: ThreadPage.Quoted, linksMembers: Bool) {
        guard let words = quote.text else { return raw("<p class=\"quote gone\">Citatet är borttaget</p>") }
        anchor("<figure class=\"quote\"><figcaption><a href=\"", PostAddresses.post, quote.source.description)
        raw("\">")
        text(quote.author.map { shownName($0) } ?? "")
        raw(" skrev</a></figcaption><blockquote>")
        segments(words, linksMembers: linksMembers)
        raw("</blockquote></figure>")
    }
}
