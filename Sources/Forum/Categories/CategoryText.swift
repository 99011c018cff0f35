import Events

/// What a category says about itself.
package struct CategoryText: Hashable, Sendable {
    package let name: String
    package let slug: Slug
    package let description: String

    package enum Problem: Error, Hashable, Sendable {
        case nameTooShort, nameTooLong, slugUnfit, descriptionTooLong, containsNUL
    }

    /// - Parameter slug: made from the name when empty.
    package static func parse(
        name: String, slug: String = "", description: String = ""
    ) throws(Problems<Problem>) -> CategoryText {
        var problems: [Problem] = []
        let texts = [name, slug, description].map { TypedText.singleLine($0) }
        guard let name = texts[0], let typedSlug = texts[1], let description = texts[2] else {
            throw Problems([.containsNUL])
        }
        if name.unicodeScalars.count < 2 { problems.append(.nameTooShort) }
        if name.unicodeScalars.count > 60 { problems.append(.nameTooLong) }
        if description.unicodeScalars.count > 500 { problems.append(.descriptionTooLong) }
        let slug = typedSlug.isEmpty ? Slug(madeFrom: name) : Slug(typedSlug)
        if slug == nil, !name.isEmpty || !typedSlug.isEmpty { problems.append(.slugUnfit) }
        guard problems.isEmpty, let slug else { throw Problems(problems) }
        return CategoryText(name: name, slug: slug, description: description)
    }

    static func opened(from event: RecordedEvent) throws -> Personal<CategoryText> {
        try event.personal { (sealed) throws(MalformedEvent) in
            let description = try sealed.optionalText(.categoryDescription) ?? ""
            let name = try sealed.text(.categoryName)
            return CategoryText(
                name: name, slug: try sealed.value(.categorySlug) { Slug($0) }, description: description)
        }
    }
}

extension Personal<CategoryText> {
    /// A category is nobody's: it is its own owner.
    func sealed(for category: CategoryID) -> SealedPart {
        SealedPart(Subject(.category, category), of: Owner(category)) { sealed in
            sealed.text(.categoryDescription, value.flatMap { $0.description.isEmpty ? nil : $0.description })
            sealed.text(.categoryName, value?.name)
            sealed.text(.categorySlug, value?.slug.text)
        }
    }
}
