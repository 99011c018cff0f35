/// The elements that a page may contain; `script` and `style` are left out on purpose.
package enum Element: Sendable {
    case a, abbr, address, article, aside, b, blockquote, body, br, button, caption, code, dd, del, details, div, dl, dt
    case em, fieldset, figcaption, figure, footer, h1, h2, h3, h4, head, header, hr, html, ins, kbd, legend, li, main
    case mark, nav, ol, p, pre, section, small, span, strong, summary, table, tbody, td, th, thead, title, tr, ul

    fileprivate var tags: (open: StaticString, close: StaticString) {
        switch self {
        case .a: ("<a", "</a>")
        case .abbr: ("<abbr", "</abbr>")
        case .address: ("<address", "</address>")
        case .article: ("<article", "</article>")
        case .aside: ("<aside", "</aside>")
        case .b: ("<b", "</b>")
        case .blockquote: ("<blockquote", "</blockquote>")
        case .body: ("<body", "</body>")
        case .br: ("<br", "")
        case .button: ("<button", "</button>")
        case .caption: ("<caption", "</caption>")
        case .code: ("<code", "</code>")
        case .dd: ("<dd", "</dd>")
        case .del: ("<del", "</del>")
        case .details: ("<details", "</details>")
        case .div: ("<div", "</div>")
        case .dl: ("<dl", "</dl>")
        case .dt: ("<dt", "</dt>")
        case .em: ("<em", "</em>")
        case .fieldset: ("<fieldset", "</fieldset>")
        case .figcaption: ("<figcaption", "</figcaption>")
        case .figure: ("<figure", "</figure>")
        case .footer: ("<footer", "</footer>")
        case .h1: ("<h1", "</h1>")
        case .h2: ("<h2", "</h2>")
        case .h3: ("<h3", "</h3>")
        case .h4: ("<h4", "</h4>")
        case .head: ("<head", "</head>")
        case .header: ("<header", "</header>")
        case .hr: ("<hr", "")
        case .html: ("<html", "</html>")
        case .ins: ("<ins", "</ins>")
        case .kbd: ("<kbd", "</kbd>")
        case .legend: ("<legend", "</legend>")
        case .li: ("<li", "</li>")
        case .main: ("<main", "</main>")
        case .mark: ("<mark", "</mark>")
        case .nav: ("<nav", "</nav>")
        case .ol: ("<ol", "</ol>")
        case .p: ("<p", "</p>")
        case .pre: ("<pre", "</pre>")
        case .section: ("<section", "</section>")
        case .small: ("<small", "</small>")
        case .span: ("<span", "</span>")
        case .strong: ("<strong", "</strong>")
        case .summary: ("<summary", "</summary>")
        case .table: ("<table", "</table>")
        case .tbody: ("<tbody", "</tbody>")
        case .td: ("<td", "</td>")
        case .th: ("<th", "</th>")
        case .thead: ("<thead", "</thead>")
        case .title: ("<title", "</title>")
        case .tr: ("<tr", "</tr>")
        case .ul: ("<ul", "</ul>")
        }
    }
}

extension HTMLWriter {
    /// An element that contains the output of `content`; attributes that are nil are left out.
    package mutating func element(
        _ element: Element, class name: StaticString? = nil, _ attributes: Attribute?...,
        content: (inout HTMLWriter) -> Void
    ) {
        let tags = element.tags
        open(tags.open, class: name, attributes)
        content(&self)
        raw(tags.close)
    }

    /// An element that contains only text.
    package mutating func element(
        _ element: Element, class name: StaticString? = nil, _ attributes: Attribute?..., text: String
    ) {
        let tags = element.tags
        open(tags.open, class: name, attributes)
        self.text(text)
        raw(tags.close)
    }

    private mutating func open(_ tag: StaticString, class name: StaticString?, _ attributes: [Attribute?]) {
        raw(tag)
        if let name {
            raw(" class=\"")
            raw(name)
            raw("\"")
        }
        for case let attribute? in attributes { write(attribute) }
        raw(">")
    }
}
