import Events
import GRDB

/// The rows that a read model's queries see: those of one snapshot, or the newest at each query.
package struct QuerySource {
    private enum Kind {
        case snapshot(ViewsSnapshot)
        case newest(Views)
    }

    private let kind: Kind

    init(_ snapshot: ViewsSnapshot) { kind = .snapshot(snapshot) }

    init(newestOf views: Views) { kind = .newest(views) }

    /// Runs several statements on the same snapshot.
    func read<Value>(_ query: (ViewsSnapshot) throws -> Value) throws -> Value {
        switch kind {
        case .snapshot(let snapshot): try query(snapshot)
        case .newest(let views): try views.read(query)
        }
    }
}

/// A statement that reads. A cached one stays prepared on each connection: for frequent queries whose text does not vary.
struct QueryStatement: ExpressibleByStringInterpolation {
    let sql: String
    let isCached: Bool

    static func cached(_ sql: String) -> QueryStatement { QueryStatement(sql: sql, isCached: true) }

    init(stringLiteral sql: String) { self.init(sql: sql, isCached: false) }

    private init(sql: String, isCached: Bool) {
        self.sql = sql
        self.isCached = isCached
    }

    fileprivate func prepared(in database: Database) throws -> GRDB.Statement {
        isCached ? try database.cachedStatement(sql: sql) : try database.makeStatement(sql: sql)
    }
}

extension QuerySource {
    /// The values that `read` makes of the rows, without nils.
    func rows<Value>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments(),
        _ read: (ViewRow) throws -> Value?
    ) throws -> [Value] {
        var values: [Value] = []
        try forEachRow(statement, arguments) { row in
            if let value = try read(row) { values.append(value) }
        }
        return values
    }

    /// The value that `read` makes of the first row; nil when there is no row.
    func row<Value>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments(),
        _ read: (ViewRow) throws -> Value?
    ) throws -> Value? {
        try self.read { snapshot in
            let statement = try statement.prepared(in: snapshot.database)
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            return try rows.next().flatMap { try read(ViewRow($0, ColumnIndices(of: statement))) }
        }
    }

    func forEachRow(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments(),
        _ body: (ViewRow) throws -> Void
    ) throws {
        try read { snapshot in
            let statement = try statement.prepared(in: snapshot.database)
            let columns = ColumnIndices(of: statement)
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try rows.next() { try body(ViewRow(row, columns)) }
        }
    }

    /// The only column of the first row; nil when there is no row, or NULL in it.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()
    ) throws -> Value? {
        try read { try Value.fetchOne(statement.prepared(in: $0.database), arguments: arguments) }
    }

    /// The only column of every row.
    func values<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Value] {
        try read { try Value.fetchAll(statement.prepared(in: $0.database), arguments: arguments) }
    }

    func count(_ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
        try value(statement, arguments) ?? 0
    }

    /// Whether there is a row.
    func exists(_ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()) throws -> Bool {
        try value(statement, arguments) as Int? != nil
    }

    func time(_ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()) throws -> Instant? {
        try (value(statement, arguments) as Int64?).map(Instant.init(milliseconds:))
    }

    func id<Kind>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()
    ) throws -> Identifier<Kind>? {
        try (value(statement, arguments) as Int64?).map(Identifier.init(column:))
    }

    func ids<Kind>(
        _ statement: QueryStatement, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Identifier<Kind>] {
        try (values(statement, arguments) as [Int64]).map(Identifier.init(column:))
    }
}
