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
        xml.xmlDeclaration()
        xml.xml("urlset", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"]) { write(into: &$0) }
        xml.text("\n")
        return xml.bytes
    }

    private func write(into xml: inout HTMLWriter) {
        xml.text("\n")
        for page in [
            SiteLink.start, .forum, .about, .privacyPolicy(), .memberTerms(), .accessibility, .cookies, .contact,
        ] {
            write(page, changed: nil, into: &xml)
        }
        for category in categories { write(.category(category.slug), changed: nil, into: &xml) }
        for thread in threads where thread.title != nil { write(thread.address(), changed: thread.active, into: &xml) }
    }

    private func write(_ page: SiteLink, changed: Instant?, into xml: inout HTMLWriter) {
        xml.xml("url") { xml in
            xml.xml("loc", text: base.url(of: page))
            if let changed { xml.xml("lastmod", text: changed.machineReadable) }
        }
        xml.text("\n")
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
