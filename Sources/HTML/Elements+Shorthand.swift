package import Events

/// Shorthand methods for the elements that nearly every page uses.
extension HTMLWriter {
    package mutating func h1(_ text: String) { element(.h1, text: text) }

    package mutating func h2(_ text: String, id: String? = nil) {
        if let id { element(.h2, .id(id), text: text) } else { element(.h2, text: text) }
    }

    package mutating func h3(_ text: String, id: String? = nil) {
        if let id { element(.h3, .id(id), text: text) } else { element(.h3, text: text) }
    }

    package mutating func p(_ text: String, class name: StaticString? = nil) { element(.p, class: name, text: text) }

    package mutating func p(class name: StaticString? = nil, content: (inout HTMLWriter) -> Void) {
        element(.p, class: name, content: content)
    }

    package mutating func div(class name: StaticString? = nil, content: (inout HTMLWriter) -> Void) {
        element(.div, class: name, content: content)
    }

    package mutating func section(class name: StaticString? = nil, content: (inout HTMLWriter) -> Void) {
        element(.section, class: name, content: content)
    }

    package mutating func span(_ text: String, class name: StaticString? = nil) {
        element(.span, class: name, text: text)
    }

    /// A tag after the text that it belongs to.
    package mutating func tag(_ text: String, class name: StaticString = "tag") {
        self.text(" ")
        span(text, class: name)
    }

    package mutating func lineBreak() { element(.br) { _ in } }

    package mutating func li(class name: StaticString? = nil, content: (inout HTMLWriter) -> Void) {
        element(.li, class: name, content: content)
    }

    /// A list with one item for each value.
    package mutating func list<Values: Sequence>(
        _ values: Values, class name: StaticString? = nil, item: (Values.Element, inout HTMLWriter) -> Void
    ) {
        element(.ul, class: name) { html in
            for value in values { html.li { item(value, &$0) } }
        }
    }

    /// A link to a page of the site.
    package mutating func link(_ text: String, to page: SiteLink, class name: StaticString? = nil) {
        element(.a, class: name, .href(page), text: text)
    }

    package mutating func link(to page: SiteLink, class name: StaticString? = nil, content: (inout HTMLWriter) -> Void)
    {
        element(.a, class: name, .href(page), content: content)
    }

    /// A link to another site, always with `nofollow noopener noreferrer`, so that the other site gets no referrer.
    package mutating func link(_ text: String, to link: ExternalLink, class name: StaticString? = nil) {
        element(.a, class: name, .href(link), .rel("nofollow noopener noreferrer"), text: text)
    }

    /// Text that only assistive technology presents.
    package mutating func visuallyHidden(_ text: String) { span(text, class: "visually-hidden") }
}
