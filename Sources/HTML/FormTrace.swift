package import Events

/// The action and the field names of a form written into a page, for finding the form that an `UnsentForm` was filled in.
package struct FormTrace: Sendable {
    package let action: String
    private(set) var controls: Set<FieldName> = []
    private var hidden: [FieldName: String] = [:]
    private var choices: [FieldName: Set<String>] = [:]

    package init(action: String) { self.action = action }

    package mutating func add(control field: FieldName) { controls.insert(field) }
    package mutating func add(hidden field: FieldName, _ value: String) { hidden[field] = value }
    package mutating func add(choice field: FieldName, _ value: String) { choices[field, default: []].insert(value) }

    /// Whether every non-empty field of `form` fits here; forms with the same action differ in their hidden fields and buttons.
    package func takes(_ form: UnsentForm) -> Bool {
        action == form.place.description
            && form.fields.allSatisfy { field, value in
                controls.contains(field) || hidden[field] == value || choices[field]?.contains(value) == true
                    || value.isEmpty
            }
    }
}

extension HTMLWriter {
    /// The form with the values of `unsent` when it is the form being written, otherwise `form` unchanged.
    package func filled(_ form: Form) -> Form { fillsForm ? unsent.map(form.filled) ?? form : form }

    /// A hidden field that records the state when the form was opened; a form that is shown again keeps its first value.
    package mutating func hiddenAsOpened(_ field: FieldName, _ value: String) {
        noteControl(field)
        hidden(field, fillsForm ? unsent?.value(of: field) ?? value : value)
    }

    /// Writes the page to open after this form; an `UnsentForm` that was sent to that page is carried along in hidden fields.
    package mutating func returnPath(_ path: ReturnPath?) {
        guard let path else { return }
        hidden(.returnPath, path.description)
        guard let unsent, unsent.place == path else { return }
        for (field, value) in unsent.carried { hidden(field, value) }
        noteCarried()
    }
}

extension Form {
    fileprivate func filled(with form: UnsentForm) -> Form {
        var filled = Form(received: form.values)
        filled.idPrefix = idPrefix
        return filled
    }
}
