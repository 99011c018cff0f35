import Accounts
import Events
import HTML
import Processes
import Projections
import SiteMap

/// An Atom feed (RFC 4287) of threads, the newest activity first.
///
/// Titles and usernames only: what a feed reader has fetched cannot be erased there.
struct Feed {
    static let length = 30

    let title: String
    /// The web page that shows the same threads.
    let page: SiteLink
    /// The feed itself.
    let address: SiteLink
    let threads: [ThreadList.Entry]
    let base: BaseURL

    var bytes: [UInt8] {
        var xml = HTMLWriter(now: Instant(milliseconds: 0), capacity: 16 * 1024)
        xml.raw(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"sv\">\n<title>"
        )
        xml.text(title)
        xml.raw("</title>\n<id>")
        xml.text(base.url(of: address))
        xml.raw("</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"")
        xml.text(base.url(of: address))
        xml.raw("\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
        xml.text(base.url(of: page))
        xml.raw("\"/>\n<updated>")
        let latest = threads.map(\.active).max() ?? Instant(milliseconds: 0)
        xml.text(latest.machineReadable)
        xml.raw("</updated>\n")
        for thread in threads where thread.title != nil { write(thread, into: &xml) }
        xml.raw("</feed>\n")
        return xml.bytes
    }

    private func write(_ thread: ThreadList.Entry, into xml: inout HTMLWriter) {
        xml.raw("<entry><title>")
        xml.text(thread.shownTitle)
        // The address without the title: the id stays when the title changes.
        xml.raw("</title><id>")
        xml.text(base.url(of: .thread(thread.id)))
        xml.raw("</id><link rel=\"alternate\" type=\"text/html\" href=\"")
        xml.text(base.url(of: thread.address()))
        xml.raw("\"/><published>")
        xml.text(thread.opened.machineReadable)
        xml.raw("</published><updated>")
        xml.text(thread.active.machineReadable)
        xml.raw("</updated><author><name>")
        xml.text(shownName(thread.author, from: Viewpoint(.visitor, in: .feed)))
        xml.raw("</name></author><category term=\"")
        xml.text(thread.category.slug)
        xml.raw("\" label=\"")
        xml.text(thread.category.name)
        xml.raw("\"/><summary>")
        xml.text(SwedishNumber.counted(thread.replies, "svar", "svar"))
        xml.raw("</summary></entry>\n")
    }
}
