/// Checks that each subject keeps the owner and the key of its first event, and that keys are numbered in the order of their first use.
struct SubjectCheck {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func run(_ findings: inout FindingList) throws(SQLiteError) {
        let rows = try connection.statement(
            "SELECT position, key, owner, subject FROM events NOT INDEXED WHERE subject IS NOT NULL AND key IS NOT NULL ORDER BY position"
        )
        let firsts = try connection.statement(
            "SELECT position, key, owner FROM events WHERE subject = ? ORDER BY position LIMIT 1")
        defer { rows.reset() }
        var highestKey = 0
        while try rows.step() {
            let place = Finding.Place.event(position: rows.integer(0))
            let key = rows.integer(1)
            firsts.bindText(1, rows.raw(3).bindMemory(to: UInt8.self))
            defer { firsts.reset() }
            if try firsts.step(), firsts.integer(0) < rows.integer(0) {
                if firsts.integer(1) != key { findings.add(place, .unlikeItsFirst, column: "key") }
                if !firsts.raw(2).elementsEqual(rows.raw(2)) { findings.add(place, .unlikeItsFirst, column: "owner") }
            } else {
                if key <= highestKey { findings.add(place, .keyOfAnother, column: "key") }
                highestKey = max(highestKey, key)
            }
        }
    }
}
