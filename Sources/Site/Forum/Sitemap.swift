import Events
import Forum
import HTML
import Projections
import SiteMap

/// The pages that search engines may list: the forum's public part, the threads with the newest activity first.
struct Sitemap {
    static let threadCount = 2000

    let categories: [CategoryList.Category]
    let threads: [ThreadList.Entry]
    let base: BaseURL

    var bytes: [UInt8] {
        var xml = HTMLWriter(now: Instant(milliseconds: 0), capacity: 256 * 1024)
        xml.raw(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        )
        for page in [
            SiteLink.start, .forum, .about, .privacyPolicy(), .memberTerms(), .accessibility, .cookies, .contact,
        ] {
            write(page, changed: nil, into: &xml)
        }
        for category in categories { write(.category(category.slug), changed: nil, into: &xml) }
        for thread in threads where thread.title != nil { write(thread.address(), changed: thread.active, into: &xml) }
        xml.raw("</urlset>\n")
        return xml.bytes
    }

    private func write(_ page: SiteLink, changed: Instant?, into xml: inout HTMLWriter) {
        xml.raw("<url><loc>")
        xml.text(base.url(of: page))
        xml.raw("</loc>")
        if let changed {
            xml.raw("<lastmod>")
            xml.text(changed.machineReadable)
            xml.raw("</lastmod>")
        }
        xml.raw("</url>\n")
    }
}

/// `robots.txt`: asks crawlers to leave out pages that need a sign-in, and the unlimited number of search pages.
enum Robots {
    static func text(_ base: BaseURL) -> String {
        let closed: [SiteLink] = [
            .search(), .members(), .conversations(), .notifications, .settings, .mailPreferences, .rights,
            .closeAccount, .ownCases,
            .administration, .audit, .signIn(), .postPreview,
        ]
        let lines =
            closed.map { "Disallow: \($0.url)" } + ["Disallow: /medlem/", "Disallow: /inlagg/", "Disallow: /arende/"]
        return (["User-agent: *"] + lines + ["", "Sitemap: \(base.url(of: .sitemap))", ""]).joined(separator: "\n")
    }
}
