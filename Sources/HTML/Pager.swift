package import Events

/// The reader's position in a paged list.
package struct Paging: Hashable, Sendable {
    package let page: Int
    package let pageCount: Int

    /// - Parameters:
    ///   - page: from 1; for a page beyond the last one `exists` is false, and the handler answers 404.
    ///   - count: rows of the whole list.
    ///   - size: rows per page.
    package init(page: Int, count: Int, size: Int) {
        self.page = page
        pageCount = max(1, (count + size - 1) / size)
    }

    package var exists: Bool { (1...pageCount).contains(page) }

    /// The page numbers to show: the first, the last, and two on either side of the current one; nil is a gap.
    package var numbers: [Int?] {
        let near = (1...pageCount).filter { $0 == 1 || $0 == pageCount || abs($0 - page) <= 2 }
        return near.reduce(into: [Int?]()) { numbers, number in
            switch (numbers.last ?? nil).map({ number - $0 }) {
            case 2?: numbers.append(number - 1)
            case let step? where step > 2: numbers.append(nil)
            default: break
            }
            numbers.append(number)
        }
    }
}

extension HTMLWriter {
    /// Links to the other pages of a list; writes nothing for a single page.
    package mutating func pager(_ paging: Paging, to address: (Int) -> SiteLink) {
        guard paging.pageCount > 1 else { return }
        raw("<nav class=\"pager\" aria-label=\"Sidor\"><ol>")
        if paging.page > 1 {
            li { $0.element(.a, .href(address(paging.page - 1)), .rel("prev"), text: "Föregående") }
        }
        for number in paging.numbers {
            li { html in
                switch number {
                case nil: html.raw("<span>…</span>")
                case paging.page?:
                    html.element(.a, .href(address(paging.page)), .current("page")) { $0.digits(paging.page) }
                case let number?: html.element(.a, .href(address(number))) { $0.digits(number) }
                }
            }
        }
        if paging.page < paging.pageCount {
            li { $0.element(.a, .href(address(paging.page + 1)), .rel("next"), text: "Nästa") }
        }
        raw("</ol></nav>")
    }
}
