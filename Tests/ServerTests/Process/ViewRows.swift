import CSQLite
import Foundation
import Testing

extension ProgramSite {
    /// The rows of the newest generation of views, table by table, as a hash or a count.
    func viewRows() throws -> [String: Int] {
        let file = try #require(try files(ending: ".sqlite").filter { $0.hasPrefix("views-") }.sorted().last)
        var database: OpaquePointer?
        try #require(sqlite3_open_v2("\(data)/\(file)", &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        defer { sqlite3_close(database) }
        // For a full-text index only its query results matter, not the layout of its tables.
        let all = try column(
            database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        let inner = ["_data", "_idx", "_docsize", "_config"]
        let tables = all.filter { name in name != "generation" && !inner.contains(where: name.hasSuffix) }
        var rows: [String: Int] = [:]
        for table in tables {
            let columns = try column(database, "SELECT name FROM pragma_table_info('\(table)')")
            let all = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            var hasher = Hasher()
            for row in try column(database, "SELECT \(all) FROM \"\(table)\" ORDER BY 1") { hasher.combine(row) }
            rows[table] = hasher.finalize()
        }
        return rows
    }

    private func column(_ database: OpaquePointer?, _ sql: String) throws -> [String] {
        var statement: OpaquePointer?
        try #require(sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, "\(sql)")
        defer { sqlite3_finalize(statement) }
        var values: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            values.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
        }
        return values
    }
}
