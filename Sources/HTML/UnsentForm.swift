package import Events
import Synchronization

/// The fields of a posted form that was not carried out, so that a page can show the form again with its values.
///
/// It exists only in pages: the site neither stores it nor submits it by itself. Passwords, codes and tokens are left out.
package struct UnsentForm: Sendable {
    private static let prefix = "oskickat."

    /// The address that the form was posted to.
    package let place: ReturnPath
    /// The page that contained the form, if known.
    package let page: ReturnPath?
    package let fields: [(field: FieldName, value: String)]
    /// Whether a secret was left out, which has to be typed again.
    package let lacksSecrets: Bool
    private let placed = Placed()

    package init(place: ReturnPath, page: ReturnPath?, fields: [(field: FieldName, value: String)], lacksSecrets: Bool)
    {
        self.place = place
        self.page = page
        self.fields = fields
        self.lacksSecrets = lacksSecrets
    }

    /// The fields as hidden fields of another form, with prefixed names, and the address of the page.
    package var carried: [(field: FieldName, value: String)] {
        fields.map { (FieldName(rawValue: UnsentForm.prefix + $0.field.rawValue), $0.value) }
            + (page.map { [(.unsentFrom, $0.description)] } ?? [])
    }

    /// The original name of a carried field; nil for a field without the prefix.
    package static func name(ofCarried name: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    /// Whether a page shows it filled in or carries it along.
    package var isPlaced: Bool { placed.value.withLock { $0 } }

    package func notePlaced() { placed.value.withLock { $0 = true } }

    package func value(of field: FieldName) -> String? { fields.first { $0.field == field }?.value }

    package var values: [FieldName: [String]] {
        fields.reduce(into: [:]) { $0[$1.field, default: []].append($1.value) }
    }
}

private final class Placed: Sendable {
    let value = Mutex(false)
}

extension FieldName {
    package static let unsentFrom: FieldName = "oskickat-sida"
}
