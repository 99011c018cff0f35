import Accounts
import Events
import Foundation

/// What a draft of the policy would change in the views.
package struct ViewsPreview: Sendable {
    package let difference: ViewsDifference
    package let visibility: [VisibilityChange]
    /// The number of current members.
    package let members: Int
    /// The number of events that the views were built from.
    package let events: Int
    package let seconds: Double
}

/// The number of members of whom a field becomes hidden, or visible.
package struct VisibilityChange: Hashable, Sendable {
    package enum Field: String, CaseIterable, Sendable {
        case name, municipality
        case ageAndSex = "age-and-sex"
    }

    package let field: Field
    package let hidden: Int
    package let shown: Int
}

extension Projector {
    /// The generation is registered during its whole life, so that an erasure reaches it, and leaves no file.
    func preview(showing shown: ShownFields, progress: @escaping ProgressReport) async throws -> ViewsPreview {
        let number = registerSideGeneration()
        defer { removeSideGeneration(number) }
        return try await LongWork.run("views preview") { [self] work in
            let start = ContinuousClock.now
            let draft = try build(alongside: number, showing: shown) { step in
                progress(step)
                try work.checkCancellation()
            }
            let current = current
            // The transaction freezes the views in use; the draft is brought to the same event.
            let connection = try ViewsDifference.reading(current.path, draft.path)
            try beginAtSameEvent(draft, connection)
            return ViewsPreview(
                difference: try ViewsDifference(in: connection),
                visibility: try MemberDirectory.changes(in: connection),
                members: try connection.integer("SELECT count(*) FROM main.members") ?? 0,
                events: try connection.integer("SELECT position FROM main.generation") ?? 0,
                seconds: start.duration(to: .now) / .seconds(1))
        }
    }

    /// Retries when an erasure has advanced the draft beyond the snapshot of the views in use.
    private func beginAtSameEvent(_ draft: Generation, _ connection: SQLiteConnection) throws {
        while true {
            try connection.run("BEGIN")
            let position = try connection.integer("SELECT position FROM main.generation") ?? 0
            try catchUp(draft, through: position)
            if try connection.integer("SELECT position FROM other.generation") == position { return }
            try connection.run("ROLLBACK")
            Thread.sleep(forTimeInterval: 0.01)
        }
    }
}

extension MemberDirectory {
    /// Counts the members who are in both generations.
    fileprivate static func changes(in connection: SQLiteConnection) throws -> [VisibilityChange] {
        try VisibilityChange.Field.allCases.map { field in
            let isSeen =
                switch field {
                case .name: "name IS NOT NULL"
                case .municipality: "municipality IS NOT NULL"
                case .ageAndSex: "shows_age_and_sex"
                }
            let counts = try connection.statement(
                """
                SELECT total(x.\(isSeen) AND NOT (y.\(isSeen))) AS hidden, total(y.\(isSeen) AND NOT (x.\(isSeen))) AS shown
                FROM main.members x JOIN other.members y USING (id)
                """
            ).rows { (hidden: $0.integer($0.column("hidden")), shown: $0.integer($0.column("shown"))) }.first
            return VisibilityChange(field: field, hidden: counts?.hidden ?? 0, shown: counts?.shown ?? 0)
        }
    }
}
