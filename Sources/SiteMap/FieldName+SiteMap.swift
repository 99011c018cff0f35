package import Events

/// Fields that the site's own links put into a query.
extension FieldName {
    /// What was just done, so that the page that follows says so.
    package static let done: FieldName = "klart"
    package static let correctedField: FieldName = "uppgift"
    package static let filter: FieldName = "visa"
    package static let refresh: FieldName = "uppdatera"
    package static let version: FieldName = "version"
    package static let writing: FieldName = "skriv"
}
