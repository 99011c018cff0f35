/// HTML that is safe to put into a page as it is. Only this module's renderer can make it.
package struct SafeHTML: Hashable, Sendable {
    package let text: String

    fileprivate init(rendered text: String) { self.text = text }
}

/// A body as HTML with gaps for mentions and quotes, which a page fills for each viewer.
package struct RenderedBody: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        case html(SafeHTML)
        /// The index into the body's mentions; stands within a line.
        case mention(Int)
        /// The index into the body's quotes; stands between blocks.
        case quote(Int)
    }

    /// The form in which views keep it: HTML with `Placeholder`s.
    package let stored: String

    init(rendered: String) { stored = rendered }

    /// What `stored` gave once. Views keep nothing else under that name.
    package init(keptInView stored: String) { self.stored = stored }

    package var segments: [Segment] {
        guard Placeholder.mayOccur(in: stored) else { return stored.isEmpty ? [] : [.html(SafeHTML(rendered: stored))] }
        var segments: [Segment] = []
        stored.scanPlaceholders {
            segments.append(.html(SafeHTML(rendered: $0)))
        } placeholder: { placeholder, _ in
            switch placeholder {
            case .mention(let index): segments.append(.mention(index))
            case .quote(let index): segments.append(.quote(index))
            }
        }
        return segments
    }
}
