package import Events
import HTML

/// Page views as figures for publication, none of which covers fewer persons than the policy's minimum (P-08.3).
///
/// All tables count the same requests, so that nothing can be derived by subtracting one from another.
package struct VisitFigures: Sendable {
    package let days: Counts<Int>
    package let pages: Counts<String>
    package let devices: Counts<String>
    package let browsers: Counts<String>

    /// Reads the file over a second, read-only connection; leaves out unsuccessful requests, robots and the current day.
    package init(of path: String, minimum: Int, at now: Instant) throws {
        let connection = try SQLiteConnection(path, .readOnly)
        func counts<Key: Hashable>(by expression: String, _ key: (Statement) -> Key?) throws -> Counts<Key> {
            let statement = try connection.statement(
                """
                SELECT \(expression), member, CASE WHEN member IS NULL THEN ip_address END, count(*) FROM visits
                WHERE time < ? AND status BETWEEN 200 AND 299 AND device IS NOT 'robot' GROUP BY 1, 2, 3
                """)
            statement.bind(1, now.startOfDay)
            var cells: [Key: Cell] = [:]
            _ = try statement.rows { row in
                guard let key = key(row) else { return }
                cells[key, default: Cell()].add(
                    row.integer(3), member: row.optionalText(1), network: row.optionalText(2))
            }
            return Counts(cells, minimum: minimum)
        }
        days = try counts(by: "time / 3600000") { row in
            StockholmClock(Instant(milliseconds: Int64(row.integer(0)) * 3_600_000)).day
        }
        pages = try counts(by: "coalesce(page, '')") { $0.text(0) }
        devices = try counts(by: "coalesce(device, '')") { $0.text(0) }
        browsers = try counts(by: "coalesce(browser, '')") { $0.text(0) }
    }
}

extension VisitFigures {
    /// Requests that are counted together, and who made them.
    package struct Cell: Sendable {
        package private(set) var views = 0
        private var members: Set<String> = []
        private var networks: Set<String> = []

        /// A lower bound: one person may use several networks, be signed in or not, and make several visits.
        package var persons: Int { max(members.count, networks.count) }

        package mutating func add(_ views: Int, member: String?, network: String?) {
            self.views += views
            if let member { members.insert(member) }
            if let network { networks.insert(network) }
        }

        mutating func merge(_ other: Cell) {
            views += other.views
            members.formUnion(other.members)
            networks.formUnion(other.networks)
        }
    }

    /// Views by day, page or device.
    package struct Counts<Key: Hashable & Sendable>: Sendable {
        package let shown: [(key: Key, views: Int)]
        /// The views in groups too small to be shown alone; nil if these together are still too few persons.
        package let others: Int?

        /// Merges groups below the minimum, and with them the next smallest until the merged group is large enough.
        package init(_ cells: [Key: Cell], minimum: Int) {
            var rising = cells.sorted { $0.value.persons < $1.value.persons }[...]
            var others = Cell()
            while let (_, cell) = rising.first, cell.persons < minimum || others.views > 0 && others.persons < minimum {
                others.merge(cell)
                rising.removeFirst()
            }
            let isEnough = others.views > 0 && others.persons >= minimum
            self.others = isEnough ? others.views : nil
            shown = rising.map { (key: $0.key, views: $0.value.views) }.sorted { $0.views > $1.views }
        }
    }
}

extension Instant {
    /// The start of the day in Stockholm, in milliseconds.
    fileprivate var startOfDay: Int { Int(stockholmDate.startInStockholm.milliseconds) }
}
