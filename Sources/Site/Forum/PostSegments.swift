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
        guard member.username != nil else { return span(name, class: "mention") }
        if isLink {
            element(.a, class: "mention", .href(PostAddresses.author, id: member.id.description), text: "@" + name)
        } else {
            span("@" + name, class: "mention")
        }
    }

    private mutating func quote(_ quote: ThreadPage.Quoted, linksMembers: Bool) {
        guard let words = quote.text else { return p("Citatet är borttaget", class: "quote gone") }
        element(.figure, class: "quote") { html in
            html.element(.figcaption) { html in
                let author = quote.author.map { shownName($0) } ?? ""
                html.element(.a, .href(PostAddresses.post, id: quote.source.description), text: author + " skrev")
            }
            html.element(.blockquote) { $0.segments(words, linksMembers: linksMembers) }
        }
    }
}
