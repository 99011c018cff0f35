package import Events

/// Name, slug and description of a category.
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
}

extension CategoryText: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        description = try fields(.categoryDescription) { $0.description.isEmpty ? nil : $0.description } ?? ""
        name = try fields(.categoryName, \.name)
        slug = try fields(.categorySlug, \.slug)
    }
}

extension Slug: SealedElement {
    package init?(recorded text: String) { self.init(text) }
    package var recorded: String { text }
}
