package import Events

/// What a form on a page asks for: by this the page finds the one that somebody filled in before (`UnsentForm`).
package struct FormTrace: Sendable {
    package let action: String
    private(set) var controls: Set<FieldName> = []
    private var hidden: [FieldName: String] = [:]
    private var choices: [FieldName: Set<String>] = [:]

    package init(action: String) { self.action = action }

    package mutating func add(control field: FieldName) { controls.insert(field) }
    package mutating func add(hidden field: FieldName, _ value: String) { hidden[field] = value }
    package mutating func add(choice field: FieldName, _ value: String) { choices[field, default: []].insert(value) }

    /// Whether everything in `form` has a place here. Forms with one address are told apart by their hidden fields and buttons.
    package func takes(_ form: UnsentForm) -> Bool {
        action == form.place.description
            && form.fields.allSatisfy { field, value in
                controls.contains(field) || hidden[field] == value || choices[field]?.contains(value) == true
                    || value.isEmpty
            }
    }
}

extension HTMLWriter {
    /// The form as somebody filled it in before, if the one being written is that one.
    package func filled(_ form: Form) -> Form { fillsForm ? unsent.map(form.filled) ?? form : form }

    /// A field of the program's that says how things stood when the form was opened: it comes back as it was.
    package mutating func hiddenAsOpened(_ field: FieldName, _ value: String) {
        noteControl(field)
        hidden(field, fillsForm ? unsent?.value(of: field) ?? value : value)
    }

    /// Where a form leads on to. What waits for that place is carried along.
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
