package import Events

/// One row of a table of choices: a field with a radio button in each column.
package struct ChoiceRow: Sendable {
    package struct Option: Sendable {
        let value: String
        let label: String
        let note: String?

        /// - Parameters:
        ///   - label: the heading of the column, which stands at each button.
        ///   - note: differs between the rows.
        package init(_ value: String, _ label: String, note: String? = nil) {
            self.value = value
            self.label = label
            self.note = note
        }
    }

    let field: FieldName
    let heading: String
    let hint: String?
    let options: [Option]

    /// - Parameter options: one for each column, in order.
    package init(_ field: FieldName, _ heading: String, hint: String? = nil, options: [Option]) {
        self.field = field
        self.heading = heading
        self.hint = hint
        self.options = options
    }
}

extension HTMLWriter {
    /// A table with a choice in each row. Every button shows its column's heading, so that the headings are for assistive technology only, and
    /// a narrow screen can show the cells below each other.
    ///
    /// - Parameter first: the heading of the column with the rows' names.
    package mutating func choices(
        _ caption: String, first: String, columns: [String], rows: [ChoiceRow], in form: Form
    ) {
        element(.table, class: "choices") { html in
            html.element(.caption, text: caption)
            html.element(.thead, class: "visually-hidden") { html in
                html.element(.tr) { html in
                    for heading in [first] + columns { html.element(.th, .scope("col"), text: heading) }
                }
            }
            html.element(.tbody) { html in for row in rows { html.write(row, in: form) } }
        }
    }

    private mutating func write(_ row: ChoiceRow, in form: Form) {
        noteControl(row.field)
        let form = filled(form)
        element(.tr, class: form.message(for: row.field) == nil ? nil : "invalid") { html in
            html.element(.th, .scope("row")) { html in
                html.text(row.heading)
                html.hintAndMistake(of: row.field, in: form, hint: row.hint)
            }
            for (index, option) in row.options.enumerated() {
                html.element(.td) { $0.write(option, of: row, isFirst: index == 0, in: form) }
            }
        }
    }

    private mutating func write(_ option: ChoiceRow.Option, of row: ChoiceRow, isFirst: Bool, in form: Form) {
        raw("<label class=\"check\"><input type=\"radio\" name=\"")
        text(row.field.rawValue)
        raw("\"")
        // The error summary links to the first one.
        if isFirst { write(.id(form.id(of: row.field))) }
        describe(row.field, in: form, hint: row.hint)
        raw(" value=\"")
        text(option.value)
        raw(form.typed(row.field) == option.value ? "\" checked><span>" : "\"><span>")
        visuallyHidden(row.heading + ": ")
        text(option.note.map { "\(option.label) \($0)" } ?? option.label)
        raw("</span></label>")
    }
}
