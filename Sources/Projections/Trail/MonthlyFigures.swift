package import Events
import GRDB

/// The activity in the community by month, in figures that each cover at least as many persons as the policy says (P-08.3).
package struct MonthlyFigures: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// People who became members, whether or not they still are.
        case signUps
        case posts
        /// Members who signed in or wrote.
        case activeMembers
        case cases
    }

    package struct Month: Sendable {
        /// The first day of the month.
        package let start: CalendarDate
        /// Nil where the figure covers fewer persons than the minimum, unless nothing happened at all.
        package let counts: [Kind: Int?]
    }

    /// The oldest first, without the current month.
    package let months: [Month]

    fileprivate init(_ count: Int, before now: Instant, minimum: Int, from source: QuerySource) throws {
        let starts = MonthlyFigures.starts(count, before: now)
        let bounds = starts.map(\.startInStockholm.milliseconds)
        var cells = [[Kind: Cell]](repeating: [:], count: max(starts.count - 1, 0))
        guard let first = bounds.first, let last = bounds.last else {
            months = []
            return
        }
        var month = 0
        try source.forEachRow(
            """
            SELECT (SELECT word FROM trail_words WHERE number = type) AS type_word, time, coalesce(member, actor_member) AS person
            FROM trail
            WHERE time >= ? AND time < ? AND type IN (
              SELECT number FROM trail_words
              WHERE word GLOB 'accounts.confirmed.*' OR word GLOB 'accounts.signed-in.*'
                OR word GLOB 'forum.post-published.*' OR word GLOB 'cases.opened.*')
            ORDER BY position
            """, [first, last]
        ) { row in
            let (type, time, person): (String, Int64, Int64?) = (row["type_word"], row["time"], row["person"])
            // The rows are in the order of the log, in which time never goes backwards.
            while time >= bounds[month + 1] { month += 1 }
            for kind in MonthlyFigures.kinds(of: type) { cells[month][kind, default: Cell()].add(person) }
        }
        months = zip(starts, cells).map { start, cells in
            let counts = Kind.allCases.map { ($0, cells[$0] ?? Cell()) }
            return Month(
                start: start,
                counts: Dictionary(uniqueKeysWithValues: counts.map { ($0, $1.figure(of: $0, minimum: minimum)) }))
        }
    }

    private static func kinds(of type: String) -> [Kind] {
        if type.hasPrefix("accounts.confirmed.") { return [.signUps] }
        if type.hasPrefix("accounts.signed-in.") { return [.activeMembers] }
        if type.hasPrefix("forum.") { return [.posts, .activeMembers] }
        return [.cases]
    }

    /// The first days of the months, and of the current month.
    private static func starts(_ count: Int, before now: Instant) -> [CalendarDate] {
        let today = now.stockholmDate
        return (0...count).reversed().compactMap { back in
            let months = today.year * 12 + today.month - 1 - back
            return CalendarDate(year: months / 12, month: months % 12 + 1, day: 1)
        }
    }

    private struct Cell {
        private var events = 0
        private var members: Set<Int64> = []
        private var hasVisitors = false

        /// - Parameter person: nil for all who were not signed in; they may be the same person.
        mutating func add(_ person: Int64?) {
            events += 1
            if let person { members.insert(person) } else { hasVisitors = true }
        }

        private var persons: Int { members.count + (hasVisitors ? 1 : 0) }

        func figure(of kind: Kind, minimum: Int) -> Int? {
            guard events == 0 || persons >= minimum else { return nil }
            return kind == .activeMembers ? persons : events
        }
    }
}

extension AuditTrail.Queries {
    /// Reads every row of the trail in the period.
    /// - Parameter minimum: the smallest number of persons that a figure may cover.
    package func monthlyFigures(_ count: Int, before now: Instant, minimum: Int) throws -> MonthlyFigures {
        try MonthlyFigures(count, before: now, minimum: minimum, from: source)
    }
}
