/// HTML that is safe to insert into a page without escaping. Only this module's renderer can create it.
package struct SafeHTML: Hashable, Sendable {
    package let text: String

    fileprivate init(rendered text: String) { self.text = text }
}

/// A body as HTML with placeholders for mentions and quotes, which a page fills in for each viewer.
package struct RenderedBody: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        case html(SafeHTML)
        /// The index into the body's mentions; occurs within a line.
        case mention(Int)
        /// The index into the body's quotes; occurs between blocks.
        case quote(Int)
    }

    /// The form stored in views: HTML with `Placeholder`s.
    package let stored: String

    init(rendered: String) { stored = rendered }

    /// Reads the value of `stored` back from a view. The argument must come from such a column, since it is trusted as HTML.
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
