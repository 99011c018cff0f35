/// The statements that every append needs, prepared once.
struct AppendStatements {
    let begin: Statement
    let commit: Statement
    let rollback: Statement
    let savepoint: Statement
    let release: Statement
    let rollBackTo: Statement
    let insert: Statement
    let version: Statement
    let repetition: Statement
    let knownSubject: Statement

    init(_ connection: SQLiteConnection) throws {
        begin = try connection.statement("BEGIN IMMEDIATE")
        commit = try connection.statement("COMMIT")
        rollback = try connection.statement("ROLLBACK")
        savepoint = try connection.statement("SAVEPOINT append")
        release = try connection.statement("RELEASE append")
        rollBackTo = try connection.statement("ROLLBACK TO append")
        insert = try connection.statement(
            "INSERT INTO events(\(EventRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        version = try connection.statement("SELECT max(version) FROM events WHERE stream = ?")
        repetition = try connection.statement(
            "SELECT min(position), max(position), min(actor) FROM events WHERE command = ?")
        knownSubject = try connection.statement("SELECT key, owner FROM events WHERE subject = ? LIMIT 1")
    }
}
