package import Events

/// What a one-line field takes; the keyboard and the browser's help follow from it.
package enum InputKind: Sendable {
    case text, email, search, number, date, url
    /// Never written back, whatever was typed.
    case password
    /// Digits that are not a quantity, such as a personnummer.
    case digits

    fileprivate var markup: StaticString {
        switch self {
        case .text: " type=\"text\""
        case .email: " type=\"email\""
        case .search: " type=\"search\""
        case .number: " type=\"text\" inputmode=\"numeric\""
        case .date: " type=\"date\""
        case .url: " type=\"url\""
        case .password: " type=\"password\""
        case .digits: " type=\"text\" inputmode=\"numeric\" spellcheck=\"false\""
        }
    }
}

extension HTMLWriter {
    /// A one-line field with its label, hint, what was typed and what was wrong with it.
    ///
    /// - Parameters:
    ///   - autocomplete: the purpose of the field in the terms of HTML, so that browsers and aids can fill it in (WCAG 1.3.5).
    ///   - maxLength: what the server takes; it says itself when there is more.
    ///   - isShort: for values of a few characters.
    package mutating func field(
        _ field: FieldName, _ label: String, in form: Form, _ kind: InputKind = .text, hint: String? = nil,
        optional: Bool = false, autocomplete: StaticString? = nil, maxLength: Int? = nil, isShort: Bool = false
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<input")
            html.raw(kind.markup)
            if isShort { html.raw(" class=\"short\"") }
            html.nameAndState(of: field, in: form, hint: hint)
            html.limit(maxLength)
            if let autocomplete {
                html.raw(" autocomplete=\"")
                html.raw(autocomplete)
                html.raw("\"")
            }
            if kind != .password {
                html.raw(" value=\"")
                html.text(form.typed(field))
                html.raw("\"")
            }
            html.raw(">")
        }
    }

    /// A field for longer text.
    ///
    /// - Parameters:
    ///   - maxLength: what the server takes; it says itself when there is more.
    ///   - preview: where the text is sent to be shown as it will look, while it is written.
    package mutating func textarea(
        _ field: FieldName, _ label: String, in form: Form, hint: String? = nil, optional: Bool = false,
        maxLength: Int? = nil, rows: Int = 8, preview: SiteLink? = nil
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<textarea rows=\"")
            html.digits(rows)
            html.raw("\"")
            html.nameAndState(of: field, in: form, hint: hint)
            html.limit(maxLength)
            if let preview {
                html.raw(" data-preview=\"")
                html.text(preview.url)
                html.raw("\"")
            }
            // The first line break after the tag is not part of the text.
            html.raw(">\n")
            html.text(form.typed(field))
            html.raw("</textarea>")
        }
    }

    /// One of several values, from a list that opens.
    ///
    /// - Parameter prompt: the line that is no choice.
    package mutating func select(
        _ field: FieldName, _ label: String, in form: Form, options: [(value: String, label: String)],
        prompt: String? = nil, hint: String? = nil, optional: Bool = false
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<select")
            html.nameAndState(of: field, in: form, hint: hint)
            html.raw(">")
            if let prompt {
                html.raw("<option value=\"\">")
                html.text(prompt)
                html.raw("</option>")
            }
            for option in options {
                html.raw("<option value=\"")
                html.text(option.value)
                html.raw(option.value == form.typed(field) ? "\" selected>" : "\">")
                html.text(option.label)
                html.raw("</option>")
            }
            html.raw("</select>")
        }
    }

    package mutating func labelled(
        _ field: FieldName, _ label: String, in form: Form, hint: String?, optional: Bool,
        control: (inout HTMLWriter) -> Void
    ) {
        raw(
            form.message(for: field) == nil
                ? "<div class=\"field\"><label for=\"" : "<div class=\"field invalid\"><label for=\"")
        text(form.id(of: field))
        raw("\">")
        text(label)
        if optional { raw(" <span class=\"muted\">(frivilligt)</span>") }
        raw("</label>")
        hintAndMistake(of: field, in: form, hint: hint)
        control(&self)
        raw("</div>")
    }

    /// Browsers cut a paste at `maxlength` without a word, and count otherwise than the server: they are given room enough for the
    /// server to see what is too long.
    private mutating func limit(_ maxLength: Int?) {
        guard let maxLength else { return }
        raw(" maxlength=\"")
        digits(maxLength * 16)
        raw("\"")
    }

    package mutating func nameAndState(of field: FieldName, in form: Form, hint: String?) {
        noteControl(field)
        raw(" id=\"")
        text(form.id(of: field))
        raw("\" name=\"")
        text(field.rawValue)
        raw("\"")
        describe(field, in: form, hint: hint)
        if form.message(for: field) != nil { raw(" aria-invalid=\"true\"") }
    }
}

extension HTMLWriter {
    mutating func hintAndMistake(of field: FieldName, in form: Form, hint: String?) {
        if let hint { element(.p, class: "hint", .id(form.id(of: field) + "-hint"), text: hint) }
        if let message = form.message(for: field) {
            element(.p, class: "error", .id(form.id(of: field) + "-error"), text: message)
        }
    }

    package mutating func describe(_ field: FieldName, in form: Form, hint: String?) {
        let parts = [hint.map { _ in "-hint" }, form.message(for: field).map { _ in "-error" }].compactMap { $0 }
        guard !parts.isEmpty else { return }
        write(.describedBy(parts.map { form.id(of: field) + $0 }.joined(separator: " ")))
    }
}
