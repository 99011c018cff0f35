import Events
import HTML
import Processes
import Projections
import SiteMap

/// The start page: a welcome text, current threads, and news.
struct StartPage: HTMLPage {
    let siteName: String
    let welcome: Article
    let threads: [ThreadList.Entry]
    let news: [NewsItem]
    let reader: Reader

    var title: String { reader.isMember ? "Start" : "Mötesplatsen för mycket små företag" }
    var summary: String? { "\(siteName): mötesplatsen för dig som driver ett mycket litet företag i Sverige." }
    var address: SiteLink? { .start }
    var feed: FeedLink? { .forum }
    var isIndexed: Bool { true }

    func write(into html: inout HTMLWriter) {
        switch reader {
        case .visitor: writeWelcome(into: &html)
        case .member(let member), .readOnlyViewer(let member): html.h1("Hej \(member.username)")
        }
        html.div(class: "columns") { html in
            html.section { writeThreads(into: &$0) }
            html.div { writeNews(into: &$0) }
        }
    }

    private func writeWelcome(into html: inout HTMLWriter) {
        html.div(class: "hero") { html in
            html.h1("Mötesplatsen för dig med ett mycket litet företag")
            for case .paragraph(let words) in welcome.blocks { html.p(class: "lead") { $0.inlines(words) } }
            html.actions { html in
                html.buttonLink("Bli medlem", to: .register)
                html.buttonLink("Läs i forumet", to: .forum, secondary: true)
            }
        }
    }

    private func writeThreads(into html: inout HTMLWriter) {
        html.h2("Senaste trådarna")
        guard !threads.isEmpty else {
            return html.emptyState("Inga trådar än", "Här kommer de senaste samtalen i forumet.") { html in
                html.buttonLink("Till forumet", to: .forum)
            }
        }
        html.element(.ol, class: "thread-list") { html in
            for thread in threads { html.li { write(thread, into: &$0) } }
        }
        html.p { $0.link("Alla kategorier", to: .forum) }
    }

    private func write(_ thread: ThreadList.Entry, into html: inout HTMLWriter) {
        html.div { html in
            html.element(.h3, class: "title") { html in
                html.link(thread.shownTitle, to: thread.address())
                html.tags(of: thread)
            }
            html.p(class: "meta") { html in
                html.text("\(shownName(thread.author)) i ")
                html.link(thread.category.name, to: .category(thread.category.slug))
                html.text(", ")
                html.time(thread.opened)
            }
        }
        html.p(class: "replies") { html in
            html.element(.b) { $0.grouped(thread.replies) }
            html.text(" svar")
        }
        // A separator: without room for columns, the two share a line.
        html.text(" ")
        guard thread.replies > 0, let last = thread.lastAuthor else { return }
        html.p(class: "latest") { html in
            html.text("\(shownName(last)), ")
            html.time(thread.active)
        }
    }

    private func writeNews(into html: inout HTMLWriter) {
        html.h2("Från oss")
        html.element(.ul, class: "news-list") { html in
            for item in news {
                html.li { html in
                    html.element(.h3, class: "title") { $0.link(item.title, to: item.page) }
                    html.p(item.text, class: "meta")
                }
            }
        }
        html.p { html in
            html.link("Om webbplatsen", to: .about)
            html.text(" · ")
            html.link("Kontakta oss", to: .contact)
        }
    }
}
