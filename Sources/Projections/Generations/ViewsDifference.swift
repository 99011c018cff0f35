import Events
import Foundation

/// The differences between the rows of two generations: counts only, no personal data.
package struct ViewsDifference: Sendable {
    package struct Table: Sendable {
        package let name: String
        package let added: Int
        package let removed: Int
        package let changed: Int
        /// How many of the changed rows differ in each column; columns without a difference are left out.
        package let columns: [(name: String, rows: Int)]

        package var isEqual: Bool { added + removed + changed == 0 }
    }

    /// The tables that both have, sorted by name.
    package let tables: [Table]
    /// The names of tables that are missing in one file or differ in their columns: the files are of different versions of the program.
    package let incomparable: [String]
    /// How far each has followed the log.
    package let positions: (first: Int, second: Int)

    package var isEqual: Bool { incomparable.isEmpty && tables.allSatisfy(\.isEqual) }
}

extension ViewsDifference {
    /// Compares two view files, also while other processes use them.
    /// - Throws: `NoViews` when one of them is not a view file.
    package static func between(_ first: String, _ second: String) throws -> ViewsDifference {
        let connection = try reading(first, second)
        try connection.run("BEGIN")
        return try ViewsDifference(in: connection)
    }

    /// A connection to two files: `main` is the first, `other` the second.
    static func reading(_ first: String, _ second: String) throws -> SQLiteConnection {
        for path in [first, second] {
            guard (try? SQLiteConnection.reading(path).integer("SELECT count(*) FROM generation")) == 1 else {
                throw NoViews(path: path)
            }
        }
        let connection = try SQLiteConnection.reading(first)
        try connection.attach(SQLiteConnection.readingName(of: second), as: "other")
        return connection
    }

    /// Compares within the transaction that the caller has begun on the connection.
    init(in connection: SQLiteConnection) throws {
        let position = "SELECT position FROM"
        positions = (
            try connection.integer("\(position) main.generation") ?? 0,
            try connection.integer("\(position) other.generation") ?? 0
        )
        let (first, second) = (try connection.tables(of: "main"), try connection.tables(of: "other"))
        let shared = first.filter { second[$0.key] == $0.value && !$0.value.key.isEmpty }
        incomparable = Set(first.keys).union(second.keys).subtracting(shared.keys).sorted()
        tables = try shared.sorted { $0.key < $1.key }.map { try Table($0.key, $0.value, in: connection) }
    }
}

/// A given path leads to no view file.
package struct NoViews: Error, Sendable {
    package let path: String
}

/// A table's columns, with those of the primary key separate.
private struct TableShape: Equatable {
    var key: [String] = []
    var rest: [String] = []
}

extension SQLiteConnection {
    fileprivate func tables(of schema: String) throws -> [String: TableShape] {
        let names = try statement(
            """
            SELECT name FROM pragma_table_list WHERE schema = '\(schema)' AND type = 'table'
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'generation'
            """
        ).rows { $0.text(0) }
        var shapes: [String: TableShape] = [:]
        for name in names {
            let columns = try statement("SELECT name, pk FROM pragma_table_info(?, '\(schema)') ORDER BY cid")
            columns.bind(1, name)
            var shape = TableShape()
            for (column, place) in try columns.rows({ ($0.text($0.column("name")), $0.integer($0.column("pk"))) }) {
                if place > 0 { shape.key.append(column) } else { shape.rest.append(column) }
            }
            shapes[name] = shape
        }
        return shapes
    }
}

extension ViewsDifference.Table {
    /// Matches rows by primary key.
    fileprivate init(_ name: String, _ shape: TableShape, in connection: SQLiteConnection) throws {
        let quoted = { (word: String) in "\"\(word)\"" }
        let differs = shape.rest.map { "x.\(quoted($0)) IS NOT y.\(quoted($0))" }
        let sums = (differs.isEmpty ? [] : [differs.joined(separator: " OR ")] + differs).map { "total(\($0))" }
        let sameRow = shape.key.map { "x.\(quoted($0)) = y.\(quoted($0))" }.joined(separator: " AND ")
        let counts =
            try connection.statement(
                """
                SELECT \((["count(*)"] + sums).joined(separator: ", "))
                FROM main.\(quoted(name)) x JOIN other.\(quoted(name)) y ON \(sameRow)
                """
            ).rows { row in (0...sums.count).map { row.integer(Int32($0)) } }.first ?? []
        let shared = counts.first ?? 0
        self.name = name
        added = (try connection.integer("SELECT count(*) FROM other.\(quoted(name))") ?? 0) - shared
        removed = (try connection.integer("SELECT count(*) FROM main.\(quoted(name))") ?? 0) - shared
        changed = counts.dropFirst().first ?? 0
        columns = zip(shape.rest, counts.dropFirst(2)).filter { $0.1 > 0 }.map { (name: $0, rows: $1) }
    }
}
