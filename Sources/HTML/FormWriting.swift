package import Events

extension HTMLWriter {
    /// A form that changes something, with the visitor's form token, a fresh command id, and the mistakes of `form` at the top.
    package mutating func form(
        post page: SiteLink, _ form: Form? = nil, class name: StaticString? = nil, content: (inout HTMLWriter) -> Void
    ) {
        beginForm(action: page.url)
        raw("<form method=\"post\"")
        finishFormTag(page, name)
        writeFormToken()
        writeCommand()
        if let form { errorSummary(form) }
        content(&self)
        raw("</form>")
        endForm()
    }

    /// A form without fields of its own, for buttons elsewhere on the page (`formButton`). It has no command id: each button may be used
    /// several times, in any order.
    package mutating func form(post page: SiteLink, id: StaticString) {
        beginForm(action: page.url)
        raw("<form method=\"post\" id=\"")
        raw(id)
        raw("\"")
        finishFormTag(page, nil)
        writeFormToken()
        raw("</form>")
        endForm()
    }

    /// A button that looks like a link and submits the form with that id.
    package mutating func formButton(
        of form: StaticString, _ field: FieldName, _ value: String, content: (inout HTMLWriter) -> Void
    ) {
        raw("<button class=\"link\" form=\"")
        raw(form)
        raw("\" name=\"")
        text(field.rawValue)
        raw("\" value=\"")
        text(value)
        raw("\">")
        content(&self)
        raw("</button>")
    }

    package mutating func writeFormToken() { personal(.formToken) { $0.hidden(.formToken, $0.formToken) } }

    package mutating func writeCommand() {
        personal(.command) { $0.hidden(.command, CommandID(at: $0.now).description) }
    }

    /// A form that only reads: its fields become the query of `page`.
    package mutating func form(
        get page: SiteLink, class name: StaticString? = nil, label: String? = nil, content: (inout HTMLWriter) -> Void
    ) {
        raw("<form role=\"search\"")
        if let label { write(.label(label)) }
        finishFormTag(page, name)
        content(&self)
        raw("</form>")
    }

    private mutating func finishFormTag(_ page: SiteLink, _ name: StaticString?) {
        raw(" action=\"")
        text(page.url)
        if let name {
            raw("\" class=\"")
            raw(name)
        }
        raw("\">")
    }

    package mutating func hidden(_ field: FieldName, _ value: String) {
        noteHidden(field, value)
        raw("<input type=\"hidden\" name=\"")
        text(field.rawValue)
        raw("\" value=\"")
        text(value)
        raw("\">")
    }

    /// The mistakes of a form, each with a link to its field; the page's title then begins with “Fel: ”.
    package mutating func errorSummary(_ form: Form) {
        guard !form.mistakes.isEmpty else { return }
        noteMistakes()
        raw("<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus")
        write(.labelledBy(form.id(of: "errors")))
        raw(">")
        let count = form.mistakes.count
        h2(count == 1 ? "En sak behöver rättas" : "\(count) saker behöver rättas", id: form.id(of: "errors"))
        list(form.mistakes) { mistake, html in
            html.element(.a, .href(fragment: form.id(of: mistake.field)), text: mistake.message)
        }
        raw("</div>")
    }

    package enum ButtonKind: Sendable { case primary, secondary, danger, link, dangerousLink }

    /// The button that submits the enclosing form.
    ///
    /// - Parameter choice: the field and the value sent when this button is used, to tell it from the form's other buttons.
    package mutating func submit(_ label: String, _ kind: ButtonKind = .primary, choice: (FieldName, String)? = nil) {
        switch kind {
        case .primary: raw("<button class=\"button\"")
        case .secondary: raw("<button class=\"button secondary\"")
        case .danger: raw("<button class=\"button danger\"")
        case .link: raw("<button class=\"link\"")
        case .dangerousLink: raw("<button class=\"link danger\"")
        }
        if let (field, value) = choice {
            noteChoice(field, value)
            raw(" name=\"")
            text(field.rawValue)
            raw("\" value=\"")
            text(value)
            raw("\"")
        }
        raw(">")
        text(label)
        raw("</button>")
    }

    /// The row of buttons at the end of a form; a `div`, because some buttons are forms themselves, which a `p` cannot contain.
    package mutating func actions(content: (inout HTMLWriter) -> Void) { div(class: "actions", content: content) }

    /// A form that consists of one button, for use within a line of text.
    package mutating func button(
        _ label: String, post page: SiteLink, _ kind: ButtonKind = .link, with fields: [FieldName: String] = [:]
    ) {
        form(post: page, class: "inline") { html in
            for (field, value) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { html.hidden(field, value) }
            html.submit(label, kind)
        }
    }
}
