package import Events

extension HTMLWriter {
    package enum NoticeKind: Sendable { case plain, success, warning, error }

    /// A message to the reader, announced by assistive technology when it appears.
    package mutating func notice(_ text: String, _ kind: NoticeKind = .plain) {
        notice(kind) { $0.p(text) }
    }

    package mutating func notice(_ kind: NoticeKind = .plain, content: (inout HTMLWriter) -> Void) {
        switch kind {
        case .plain: raw("<div class=\"notice\" role=\"status\">")
        case .success: raw("<div class=\"notice success\" role=\"status\">")
        case .warning: raw("<div class=\"notice warn\" role=\"status\">")
        case .error: raw("<div class=\"notice error-notice\" role=\"alert\">")
        }
        content(&self)
        raw("</div>")
    }

    /// The placeholder for an empty list, with advice and actions.
    package mutating func emptyState(
        _ heading: String, _ advice: String, actions: (inout HTMLWriter) -> Void = { _ in }
    ) {
        raw("<div class=\"empty\">")
        element(.h2, class: "title", text: heading)
        p(advice)
        raw("<div class=\"actions\">")
        actions(&self)
        raw("</div></div>")
    }

    /// A link that looks like a button; it changes nothing.
    package mutating func buttonLink(_ label: String, to page: SiteLink, secondary: Bool = false) {
        link(label, to: page, class: secondary ? "button secondary" : "button")
    }
}
