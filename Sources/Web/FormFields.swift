package import Events

/// The fields of `application/x-www-form-urlencoded`, parsed strictly: malformed input is refused, never repaired.
package struct FormFields: Sendable {
    package enum Malformed: Error { case badEncoding, tooManyFields, emptyName, repeated(String) }

    /// More than any form of the site needs.
    static let maximumCount = 200

    package private(set) var pairs: [(name: String, value: String)] = []

    package init() {}

    package init(parsing encoded: some Collection<UInt8>) throws(Malformed) {
        guard !encoded.isEmpty else { return }
        for pair in encoded.split(separator: UInt8(ascii: "&"), maxSplits: Self.maximumCount) {
            guard pairs.count < Self.maximumCount else { throw .tooManyFields }
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(halves[0], plusIsSpace: true),
                let value = percentDecoded(halves.count > 1 ? halves[1] : pair[pair.endIndex...], plusIsSpace: true)
            else { throw .badEncoding }
            guard !name.isEmpty else { throw .emptyName }
            pairs.append((name, value))
        }
    }

    package mutating func append(_ name: String, _ value: String) { pairs.append((name, value)) }

    /// Removes the fields whose names match, and returns them.
    package mutating func removeAll(where isMeant: (String) -> Bool) -> [(name: String, value: String)] {
        let removed = pairs.filter { isMeant($0.name) }
        pairs.removeAll { isMeant($0.name) }
        return removed
    }

    /// The first value of a field, even if the field is repeated; empty when there is none.
    package func first(_ field: FieldName) -> String { pairs.first { $0.name == field.rawValue }?.value ?? "" }

    /// The values by name; only a field in `lists` may be repeated.
    package func values(lists: Set<FieldName> = []) throws(Malformed) -> [FieldName: [String]] {
        var values: [FieldName: [String]] = [:]
        for (name, value) in pairs {
            let field = FieldName(rawValue: name)
            guard values[field] == nil || lists.contains(field) else { throw .repeated(name) }
            values[field, default: []].append(value)
        }
        return values
    }
}
