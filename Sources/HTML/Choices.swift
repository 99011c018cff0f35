package import Events

extension HTMLWriter {
    /// A group of radio buttons; none is preselected unless `form` holds its value.
    package mutating func radios(
        _ field: FieldName, _ legend: String, in form: Form,
        options: [(value: String, label: String, hint: String?)], hint: String? = nil
    ) {
        noteControl(field)
        let form = filled(form)
        group(field, legend, in: form, hint: hint) { html in
            for (index, option) in options.enumerated() {
                html.raw("<label class=\"check\"><input type=\"radio\" name=\"")
                html.text(field.rawValue)
                // The error summary links to the first one.
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

    /// A checkbox.
    package mutating func checkbox(_ field: FieldName, _ label: String, in form: Form, hint: String? = nil) {
        checkbox(field, in: form, hint: hint) { $0.text(label) }
    }

    /// A checkbox with links or emphasis in its label.
    package mutating func checkbox(
        _ field: FieldName, in form: Form, hint: String? = nil, label: (inout HTMLWriter) -> Void
    ) {
        let form = filled(form)
        let isWrong = form.message(for: field) != nil
        if isWrong { raw("<div class=\"field invalid\">") }
        hintAndMistake(of: field, in: form, hint: nil)
        raw("<label class=\"check\"><input type=\"checkbox\"")
        nameAndState(of: field, in: form, hint: nil)
        raw(form.isChecked(field) ? " value=\"ja\" checked><span>" : " value=\"ja\"><span>")
        label(&self)
        if let hint { span(hint, class: "hint") }
        raw("</span></label>")
        if isWrong { raw("</div>") }
    }

    /// One of several checkboxes with the same name, each with its own label.
    package mutating func check(
        _ field: FieldName, value: String, isChecked: Bool, label: (inout HTMLWriter) -> Void
    ) {
        noteControl(field)
        let isChecked = fillsForm ? unsent?.values[field]?.contains(value) ?? false : isChecked
        raw("<label class=\"check\"><input type=\"checkbox\" name=\"")
        text(field.rawValue)
        raw("\" value=\"")
        text(value)
        raw(isChecked ? "\" checked><span>" : "\"><span>")
        label(&self)
        raw("</span></label>")
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
}
