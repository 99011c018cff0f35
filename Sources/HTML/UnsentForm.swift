package import Events
import Synchronization

/// What somebody typed into a form that was not carried out, so that a page can show it again, filled in.
///
/// It is held in pages only: the site stores nothing of it, and never sends it by itself. Passwords, codes and tokens are left out.
package struct UnsentForm: Sendable {
    private static let prefix = "oskickat."

    /// Where the form was sent to.
    package let place: ReturnPath
    /// The page that it stood on, when the browser says so.
    package let page: ReturnPath?
    package let fields: [(field: FieldName, value: String)]
    /// Whether something has to be typed anew.
    package let lacksSecrets: Bool
    private let placed = Placed()

    package init(place: ReturnPath, page: ReturnPath?, fields: [(field: FieldName, value: String)], lacksSecrets: Bool)
    {
        self.place = place
        self.page = page
        self.fields = fields
        self.lacksSecrets = lacksSecrets
    }

    /// As hidden fields of another form.
    package var carried: [(field: FieldName, value: String)] {
        fields.map { (FieldName(rawValue: UnsentForm.prefix + $0.field.rawValue), $0.value) }
            + (page.map { [(.unsentFrom, $0.description)] } ?? [])
    }

    /// The name that a carried field had in its own form; nil for a field of another form.
    package static func name(ofCarried name: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    /// Whether a page has taken it in.
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
