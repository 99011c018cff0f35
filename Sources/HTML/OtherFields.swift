package import Events

/// Fields without a visible label.
extension HTMLWriter {
    /// The field and the button of a search form.
    package mutating func searchField(_ label: String, typed: String) {
        raw("<label class=\"visually-hidden\" for=\"q\">")
        text(label)
        raw("</label><input id=\"q\" name=\"q\" type=\"search\" value=\"")
        text(typed)
        raw("\"><button class=\"button\">Sök</button>")
    }

    /// A text to read and to copy.
    package mutating func readOnlyText(_ typed: String, label: String) {
        raw("<textarea readonly rows=\"6\" aria-label=\"")
        text(label)
        raw("\">\n")
        text(typed)
        raw("</textarea>")
    }

    /// A field that people do not find, and that programs fill in.
    package mutating func trap(_ field: FieldName, _ label: String) {
        raw("<div class=\"visually-hidden\" aria-hidden=\"true\"><label>")
        text(label)
        raw(" <input type=\"text\" name=\"")
        text(field.rawValue)
        raw("\" tabindex=\"-1\" autocomplete=\"off\"></label></div>")
    }
}
