/// Checks that the versions of each stream have no gaps and follow the positions, in one walk along the index.
struct StreamCheck {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func run(_ findings: inout FindingList) throws(SQLiteError) {
        let rows = try connection.statement("SELECT stream, version, position FROM events ORDER BY stream, version")
        defer { rows.reset() }
        var stream: [UInt8] = []
        var (version, position) = (0, 0)
        while try rows.step() {
            let name = rows.raw(0)
            if !name.elementsEqual(stream) {
                stream = Array(name)
                (version, position) = (0, 0)
            }
            let found = (version: rows.integer(1), position: rows.integer(2))
            if found.version != version + 1 {
                findings.add(
                    .event(position: found.position), .versionGap(expected: version + 1, found: found.version),
                    column: "version")
            } else if found.position <= position {
                findings.add(.event(position: found.position), .outOfOrder, column: "version")
            }
            (version, position) = found
        }
    }
}
