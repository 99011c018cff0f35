extension HTMLWriter {
    /// One of a few values, all in sight, none of them chosen beforehand unless `form` starts with it.
    mutating func radios(
        _ field: FieldName, _ legend: String, in form: Form,
        options: [(value: String, label: String, hint: String?)], hint: String? = nil
    ) {
        group(field, legend, in: form, hint: hint) { html in
            for (index, option) in options.enumerated() {
                html.raw("<label class=\"check\"><input type=\"radio\" name=\"")
                html.text(field.rawValue)
                // The error summary leads to the first one.
                if index == 0 {
                    html.raw("\" id=\"")
                    html.text(form.id(of: field))
                }
                html.raw("\" value=\"")
                html.text(option.value)
                html.raw(form.typed(field) == option.value ? "\" checked><span>" : "\"><span>")
                html.text(option.label)
                if let hint = option.hint { html.span(hint, class: "hint") }
                html.raw("</span></label>")
            }
        }
    }

    /// One box to tick.
    mutating func checkbox(_ field: FieldName, _ label: String, in form: Form, hint: String? = nil) {
        checkbox(field, in: form, hint: hint) { $0.text(label) }
    }

    /// One box to tick, with links or emphasis in its label.
    mutating func checkbox(
        _ field: FieldName, in form: Form, hint: String? = nil, label: (inout HTMLWriter) -> Void
    ) {
        let isWrong = form.message(for: field) != nil
        if isWrong { raw("<div class=\"field invalid\">") }
        hintAndMistake(of: field, in: form, hint: nil)
        box(field, id: form.id(of: field), value: "ja", isChecked: form.isChecked(field), isWrong: isWrong, in: form) {
            label(&$0)
            if let hint { $0.span(hint, class: "hint") }
        }
        if isWrong { raw("</div>") }
    }

    /// Several boxes under one name; the handler declares the field as a list.
    mutating func checkboxes(
        _ field: FieldName, _ legend: String, in form: Form, options: [(value: String, label: String)],
        hint: String? = nil
    ) {
        let chosen = Set(form.list(field))
        group(field, legend, in: form, hint: hint) { html in
            for (index, option) in options.enumerated() {
                html.box(
                    field, id: index == 0 ? form.id(of: field) : nil, value: option.value,
                    isChecked: chosen.contains(option.value), isWrong: false, in: form
                ) { $0.text(option.label) }
            }
        }
    }

    private mutating func group(
        _ field: FieldName, _ legend: String, in form: Form, hint: String?, content: (inout HTMLWriter) -> Void
    ) {
        raw(form.message(for: field) == nil ? "<fieldset class=\"field\"" : "<fieldset class=\"field invalid\"")
        describe(field, in: form, hint: hint)
        raw(">")
        element(.legend, text: legend)
        hintAndMistake(of: field, in: form, hint: hint)
        content(&self)
        raw("</fieldset>")
    }

    private mutating func box(
        _ field: FieldName, id: String?, value: String, isChecked: Bool, isWrong: Bool, in form: Form,
        label: (inout HTMLWriter) -> Void
    ) {
        raw("<label class=\"check\"><input type=\"checkbox\" name=\"")
        text(field.rawValue)
        if let id {
            raw("\" id=\"")
            text(id)
        }
        raw("\" value=\"")
        text(value)
        raw("\"")
        if isWrong {
            describe(field, in: form, hint: nil)
            raw(" aria-invalid=\"true\"")
        }
        raw(isChecked ? " checked><span>" : "><span>")
        label(&self)
        raw("</span></label>")
    }
}
