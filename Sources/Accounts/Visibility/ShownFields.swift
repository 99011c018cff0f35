package import Events

/// What of its members a version of the policy lets others see at all (P-11.1, P-11.2). To whom and where, the visibility matrix says.
package struct ShownFields: Hashable, Sendable {
    private let fields: Set<ProfileField>

    package init(_ rules: FieldRules) { fields = Set(rules.alwaysVisibleToMembers + rules.optional.joined()) }

    /// The username is the name under which somebody writes: without it there is nobody to see.
    package func contains(_ field: ProfileField) -> Bool { field == .username || fields.contains(field) }
}

extension ShownFields: LosslessStringConvertible {
    /// As a generation of views keeps it: the fields' names, in their order.
    package var description: String { fields.map(\.rawValue).sorted().joined(separator: ",") }

    package init?(_ description: String) {
        let names = description.split(separator: ",").map(String.init)
        fields = Set(names.compactMap(ProfileField.init))
        guard fields.count == names.count else { return nil }
    }
}

extension PolicyCalendar {
    /// By the last version whose coming into force the log tells; nil before the first.
    package var shownFields: ShownFields? { lastInForce.map { ShownFields($0.rules.fields) } }
}

extension Accounts {
    /// Nil before the first version.
    package func shownFields(at time: Instant) throws -> ShownFields? {
        try policies().inForce(at: time).map { ShownFields($0.rules.fields) }
    }
}
