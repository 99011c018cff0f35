import Events
package import Forum
package import HTML

extension FieldName {
    static let categoryName: FieldName = "name"
    static let categorySlug: FieldName = "slug"
    static let categoryDescription: FieldName = "description"
    static let audience: FieldName = "audience"
}

extension HTMLWriter {
    /// The fields for a category's name, address and description.
    mutating func categoryFields(_ form: Form) {
        field(.categoryName, "Namn", in: form, maxLength: 60)
        field(
            .categorySlug, "Adress", in: form,
            hint: "Små bokstäver a–z, siffror och bindestreck. Tomt: görs av namnet.",
            optional: true, maxLength: Slug.longest)
        field(.categoryDescription, "Beskrivning", in: form, optional: true, maxLength: 500)
    }
}

extension Form {
    package init(_ category: CategoryText) {
        self.init([
            .categoryName: category.name, .categorySlug: category.slug.text, .categoryDescription: category.description,
        ])
    }

    /// The text, or nil and a note for each mistake.
    mutating func categoryText() -> CategoryText? {
        do throws(Problems<CategoryText.Problem>) {
            return try CategoryText.parse(
                name: typed(.categoryName), slug: typed(.categorySlug), description: typed(.categoryDescription))
        } catch {
            for problem in error.all { note(problem.words, at: problem.field) }
            return nil
        }
    }

    /// The form with the reason of a refusal noted at the address when it is taken, else at the name.
    func notingInName(_ refusal: any AnsweredRefusal, _ reason: String) -> Form {
        var form = self
        form.note(reason, at: refusal as? ForumRefusal == .slugTaken ? .categorySlug : .categoryName)
        return form
    }
}

extension CategoryText.Problem {
    fileprivate var field: FieldName {
        switch self {
        case .nameTooShort, .nameTooLong, .containsNUL: .categoryName
        case .slugUnfit: .categorySlug
        case .descriptionTooLong: .categoryDescription
        }
    }

    fileprivate var words: String {
        switch self {
        case .nameTooShort: "Skriv ett namn med minst två tecken"
        case .nameTooLong: "Namnet får vara högst 60 tecken"
        case .containsNUL: "Texten innehåller ett tecken som inte går att spara"
        case .slugUnfit:
            "Adressen får bara ha små bokstäver a–z, siffror och enkla bindestreck, högst \(Slug.longest) tecken"
        case .descriptionTooLong: "Beskrivningen får vara högst 500 tecken"
        }
    }
}
