/// A column of a table.
package struct Column: Sendable {
    package let heading: String
    package let isNumber: Bool

    package init(_ heading: String, number: Bool = false) {
        self.heading = heading
        isNumber = number
    }
}

extension HTMLWriter {
    /// A table in a horizontally scrolling box; `cell` writes the content of one cell, given the row and the column's index.
    package mutating func table<Rows: Sequence>(
        _ caption: String, _ columns: [Column], rows: Rows, cell: (Rows.Element, Int, inout HTMLWriter) -> Void
    ) {
        raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        text(caption)
        raw("\"><table>")
        element(.caption, text: caption)
        raw("<thead><tr>")
        for column in columns {
            element(.th, class: column.isNumber ? "number" : nil, .scope("col"), text: column.heading)
        }
        raw("</tr></thead><tbody>")
        for row in rows {
            raw("<tr>")
            for (index, column) in columns.enumerated() {
                element(.td, class: column.isNumber ? "number" : nil) { cell(row, index, &$0) }
            }
            raw("</tr>")
        }
        raw("</tbody></table></div>")
    }

    /// A list of terms and values, each written by a `fact` method.
    package mutating func facts(content: (inout HTMLWriter) -> Void) { element(.dl, class: "facts", content: content) }

    package mutating func fact(_ term: String, _ value: String, meta: String? = nil) {
        fact(term) { html in
            html.text(value)
            guard let meta else { return }
            html.raw(" ")
            html.span(meta, class: "meta")
        }
    }

    package mutating func fact(_ term: String, value: (inout HTMLWriter) -> Void) {
        raw("<div>")
        element(.dt, text: term)
        element(.dd, content: value)
        raw("</div>")
    }

    /// A fact with an action.
    package mutating func fact(_ term: String, value: (inout HTMLWriter) -> Void, action: (inout HTMLWriter) -> Void) {
        raw("<div>")
        element(.dt, text: term)
        element(.dd, content: value)
        element(.dd, content: action)
        raw("</div>")
    }

    /// A progress bar with its label; `percent` is clamped to 0...100.
    package mutating func progress(_ label: String, id: String, percent: Int) {
        let percent = min(max(percent, 0), 100)
        raw("<p><label for=\"")
        text(id)
        raw("\">")
        text(label)
        raw("</label></p><p><progress max=\"100\" id=\"")
        text(id)
        raw("\" value=\"")
        digits(percent)
        raw("\">")
        digits(percent)
        raw(" %</progress></p>")
    }
}
