package import Events

/// The fields of members that a version of the policy makes visible at all (P-11.1, P-11.2). The visibility matrix decides to whom and
/// where.
package struct ShownFields: Hashable, Sendable {
    private let fields: Set<ProfileField>

    package init(_ rules: FieldRules) { fields = Set(rules.alwaysVisibleToMembers + rules.optional.joined()) }

    /// The username is always visible: it is the name that a member writes under.
    package func contains(_ field: ProfileField) -> Bool { field == .username || fields.contains(field) }
}

extension ShownFields: LosslessStringConvertible {
    /// As stored with a generation of views: the fields' names, sorted.
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
