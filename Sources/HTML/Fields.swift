package import Events

/// The kind of value in a one-line field; it decides the `type` and `inputmode`, and so the on-screen keyboard.
package enum InputKind: Sendable {
    case text, email, search, number, date, url
    /// The typed value is never written back into the page.
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
    /// A one-line field with its label, hint, typed value and error message.
    ///
    /// - Parameters:
    ///   - autocomplete: the HTML autofill token for the purpose of the field (WCAG 1.3.5).
    ///   - maxLength: the server's limit; the server reports longer values itself.
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
    ///   - maxLength: the server's limit; the server reports longer values itself.
    ///   - preview: the address that the script posts the text to for a preview during typing.
    ///   - draft: the address that the script posts the form to during typing, to keep it as a draft.
    package mutating func textarea(
        _ field: FieldName, _ label: String, in form: Form, hint: String? = nil, optional: Bool = false,
        maxLength: Int? = nil, rows: Int = 8, preview: SiteLink? = nil, draft: SiteLink? = nil
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<textarea rows=\"")
            html.digits(rows)
            html.raw("\"")
            html.nameAndState(of: field, in: form, hint: hint)
            html.limit(maxLength)
            for (name, page): (StaticString, SiteLink?) in [(" data-preview=\"", preview), (" data-draft=\"", draft)] {
                guard let page else { continue }
                html.raw(name)
                html.text(page.url)
                html.raw("\"")
            }
            // HTML parsers drop one line break right after the tag; without this one, a text that begins with one would lose it.
            html.raw(">\n")
            html.text(form.typed(field))
            html.raw("</textarea>")
        }
    }

    /// A drop-down list.
    ///
    /// - Parameter prompt: the first line, with an empty value, which does not count as a choice.
    package mutating func select(
        _ field: FieldName, _ label: String, in form: Form, options: [(value: String, label: String)],
        prompt: String? = nil, hint: String? = nil, optional: Bool = false
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<select")
            html.nameAndState(of: field, in: form, hint: hint)
            html.raw(">")
            if let prompt { html.option("", prompt, isSelected: false) }
            for (value, label) in options { html.option(value, label, isSelected: value == form.typed(field)) }
            html.raw("</select>")
        }
    }

    /// A drop-down list with its options in groups.
    ///
    /// - Parameter prompt: the first line, with an empty value, which does not count as a choice.
    package mutating func select(
        _ field: FieldName, _ label: String, in form: Form,
        groups: [(label: String, options: [(value: String, label: String)])], prompt: String, hint: String,
        optional: Bool = false
    ) {
        let form = filled(form)
        labelled(field, label, in: form, hint: hint, optional: optional) { html in
            html.raw("<select class=\"short\"")
            html.nameAndState(of: field, in: form, hint: hint)
            html.raw(">")
            html.option("", prompt, isSelected: false)
            for group in groups {
                html.raw("<optgroup label=\"")
                html.text(group.label)
                html.raw("\">")
                for (value, label) in group.options {
                    html.option(value, label, isSelected: value == form.typed(field))
                }
                html.raw("</optgroup>")
            }
            html.raw("</select>")
        }
    }

    private mutating func option(_ value: String, _ label: String, isSelected: Bool) {
        raw("<option value=\"")
        text(value)
        raw(isSelected ? "\" selected>" : "\">")
        text(label)
        raw("</option>")
    }

    mutating func labelled(
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

    /// Writes 16 times the server's limit: browsers silently truncate pasted text at `maxlength` and count characters differently, and the
    /// server is to see and report a text that is too long.
    private mutating func limit(_ maxLength: Int?) {
        guard let maxLength else { return }
        raw(" maxlength=\"")
        digits(maxLength * 16)
        raw("\"")
    }

    mutating func nameAndState(of field: FieldName, in form: Form, hint: String?) {
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
    /// The line below a text that says whether it is kept as a draft; the script changes it.
    package mutating func draftStatus(_ words: String) {
        raw("<p class=\"muted draft-status\" role=\"status\">")
        text(words)
        raw("</p>")
    }

    mutating func hintAndMistake(of field: FieldName, in form: Form, hint: String?) {
        if let hint { element(.p, class: "hint", .id(form.id(of: field) + "-hint"), text: hint) }
        if let message = form.message(for: field) {
            element(.p, class: "error", .id(form.id(of: field) + "-error"), text: message)
        }
    }

    mutating func describe(_ field: FieldName, in form: Form, hint: String?) {
        let parts = [hint.map { _ in "-hint" }, form.message(for: field).map { _ in "-error" }].compactMap { $0 }
        guard !parts.isEmpty else { return }
        write(.describedBy(parts.map { form.id(of: field) + $0 }.joined(separator: " ")))
    }
}
