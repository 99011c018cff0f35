import Events
import HTML
import Processes

/// A standalone text of the site: about, cookies, accessibility.
struct ArticlePage: HTMLPage {
    let article: Article
    let summaryText: String
    let address: SiteLink?

    var title: String { article.title }
    var summary: String? { summaryText }
    var width: PageWidth { .narrow }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        html.h1(title)
        html.article(article)
    }
}
