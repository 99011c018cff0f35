package import Events

/// Query fields that the site's own links use.
extension FieldName {
    /// The change just made, which the next page reports.
    package static let done: FieldName = "klart"
    package static let correctedField: FieldName = "uppgift"
    package static let filter: FieldName = "visa"
    package static let refresh: FieldName = "uppdatera"
    package static let version: FieldName = "version"
    package static let writing: FieldName = "skriv"
}
