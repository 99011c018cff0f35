package import Events

/// One ancestor of a page; the page itself has no breadcrumb.
package struct Breadcrumb: Sendable {
    package let label: String
    package let page: SiteLink

    package init(_ label: String, _ page: SiteLink) {
        self.label = label
        self.page = page
    }
}

extension HTMLWriter {
    package mutating func breadcrumbs(_ steps: [Breadcrumb]) {
        guard !steps.isEmpty else { return }
        raw("<nav class=\"breadcrumbs\" aria-label=\"Brödsmulor\"><ol>")
        for step in steps { li { $0.link(step.label, to: step.page) } }
        raw("</ol></nav>")
    }

    /// The page's `h1`, with an optional line below it and an optional action on the right.
    package mutating func pageHead(
        _ heading: String, lead: String? = nil, trailing action: (inout HTMLWriter) -> Void = { _ in }
    ) {
        pageHead(trailing: action) { html in
            html.h1(heading)
            if let lead { html.p(lead, class: "muted") }
        }
    }

    /// A page head whose heading is more than text.
    package mutating func pageHead(
        trailing action: (inout HTMLWriter) -> Void, heading: (inout HTMLWriter) -> Void
    ) {
        div(class: "page-head") { html in
            html.div(content: heading)
            action(&html)
        }
    }

    /// The menu of one section of the site.
    package mutating func subnav(_ label: String, _ places: [Breadcrumb], current: SiteLink) {
        element(.nav, class: "subnav", .label(label)) { html in
            html.raw("<ul>")
            for place in places {
                html.li { html in
                    if place.page == current {
                        html.element(.a, .href(place.page), .current("page"), text: place.label)
                    } else {
                        html.link(place.label, to: place.page)
                    }
                }
            }
            html.raw("</ul>")
        }
    }
}
