import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// An Atom feed (RFC 4287) of threads, the newest activity first.
///
/// An entry says what visitors read on the thread's page: its title, its author's username and the beginning of its first post. What a feed
/// reader has fetched cannot be erased there, but the next fetch replaces it.
struct Feed {
    struct Entry {
        let thread: ThreadList.Entry
        let opening: ThreadPage.Post?
    }

    static let length = 30
    /// In characters.
    static let summaryLength = 200

    let title: String
    /// The web page that shows the same threads.
    let page: SiteLink
    /// The feed itself.
    let address: SiteLink
    let entries: [Entry]
    let base: BaseURL

    var bytes: [UInt8] {
        var xml = HTMLWriter(now: Instant(milliseconds: 0), capacity: 16 * 1024)
        xml.xmlDeclaration()
        xml.xml("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "sv"]) { write(into: &$0) }
        xml.text("\n")
        return xml.bytes
    }

    private func write(into xml: inout HTMLWriter) {
        xml.text("\n")
        xml.xml("title", text: title)
        xml.text("\n")
        xml.xml("id", text: base.url(of: address))
        xml.text("\n")
        xml.emptyXML("link", ["rel": "self", "type": "application/atom+xml", "href": base.url(of: address)])
        xml.text("\n")
        xml.emptyXML("link", ["rel": "alternate", "type": "text/html", "href": base.url(of: page)])
        xml.text("\n")
        let latest = entries.map(\.thread.active).max() ?? Instant(milliseconds: 0)
        xml.xml("updated", text: latest.machineReadable)
        xml.text("\n")
        for entry in entries where entry.thread.title != nil {
            xml.xml("entry") { write(entry, into: &$0) }
            xml.text("\n")
        }
    }

    private func write(_ entry: Entry, into xml: inout HTMLWriter) {
        let thread = entry.thread
        xml.xml("title", text: thread.shownTitle)
        // The address without the title: the id stays when the title changes.
        xml.xml("id", text: base.url(of: .thread(thread.id)))
        xml.emptyXML("link", ["rel": "alternate", "type": "text/html", "href": base.url(of: thread.address())])
        xml.xml("published", text: thread.opened.machineReadable)
        xml.xml("updated", text: thread.active.machineReadable)
        xml.xml("author") { xml in
            xml.xml("name", text: shownName(thread.author, from: Viewpoint(.visitor, in: .feed)))
        }
        xml.emptyXML("category", ["term": thread.category.slug, "label": thread.category.name])
        let beginning = entry.opening.flatMap(PostWords.init)?.excerpt(Feed.summaryLength)
        xml.xml("summary", text: beginning ?? SwedishNumber.counted(thread.replies, "svar", "svar"))
    }
}
