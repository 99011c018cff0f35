import Events
import GRDB

/// A row of a query, read by column name.
struct ViewRow {
    private let row: Row
    private let columns: ColumnIndices

    init(_ row: Row, _ columns: ColumnIndices) {
        self.row = row
        self.columns = columns
    }

    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(name: StaticString) -> Value {
        row[columns[name]]
    }

    subscript<Kind>(name: StaticString) -> Identifier<Kind> { Identifier(column: row[columns[name]]) }

    subscript<Kind>(name: StaticString) -> Identifier<Kind>? {
        (row[columns[name]] as Int64?).map(Identifier.init(column:))
    }

    subscript(name: StaticString) -> Instant { Instant(milliseconds: row[columns[name]]) }

    subscript(name: StaticString) -> Instant? { (row[columns[name]] as Int64?).map(Instant.init(milliseconds:)) }

    /// Nil for NULL, and for a code that this program does not know.
    func code<Code: RawRepresentable<String>>(_ name: StaticString) -> Code? {
        (row[columns[name]] as String?).flatMap(Code.init(rawValue:))
    }
}

/// The column indices of a statement. A name is looked up at the first row; later rows find its index by the address of the literal.
final class ColumnIndices {
    private let names: [String]
    private var known: [(name: UnsafePointer<UInt8>, index: Int)] = []
    /// Where to look first: rows are read alike, so the name that followed the last one in the previous row comes next.
    private var next = 0

    init(of statement: GRDB.Statement) { names = statement.columnNames }

    /// - Precondition: the statement has a column of that name.
    subscript(name: StaticString) -> Int {
        if next < known.count, known[next].name == name.utf8Start { return step(from: next) }
        if let place = known.firstIndex(where: { $0.name == name.utf8Start }) { return step(from: place) }
        guard let index = names.firstIndex(of: "\(name)") else {
            preconditionFailure("no column \(name) among \(names)")
        }
        known.append((name.utf8Start, index))
        return step(from: known.count - 1)
    }

    private func step(from place: Int) -> Int {
        next = place + 1 == known.count ? 0 : place + 1
        return known[place].index
    }
}
