import Events

/// `reading.sqlite`: what each member has read, her bookmarks and her drafts. The only connection that writes to the file and checkpoints it;
/// erased rows do not stay in its pages.
final class ReadingFile {
    /// What a row marks as read.
    enum Kind: String {
        /// Everything up to the position.
        case everything
        /// A conversation, up to the message at the position.
        case conversation
        /// All notifications up to the position.
        case notifications
        /// The one notification at the position.
        case opened
    }

    struct Row {
        let member: MemberID
        let kind: Kind
        /// The id of a conversation, the position of an opened notification, else empty.
        let thing: String
        let position: Int
    }

    let connection: SQLiteConnection

    /// Opens or creates the file, readable by its owner only.
    /// - Throws: `ReadingUnusable`.
    init(at path: String, of log: LogIdentity) throws {
        try DatabaseFiles(path).makePrivate()
        connection = try SQLiteConnection(path, .create)
        do {
            // A crash may lose the newest markers, but damages nothing.
            try connection.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON")
            try prepare(for: log)
        } catch let error as SQLiteError where error.isDamage {
            throw ReadingUnusable.damaged(path)
        }
        guard try isOf(log) else { throw ReadingUnusable.ofAnotherLog(path) }
    }

    /// Opens an existing file for reading; leaves no files behind.
    init(reading path: String) throws { connection = try SQLiteConnection.reading(path) }

    private func prepare(for log: LogIdentity) throws {
        let version = try connection.integer("PRAGMA user_version") ?? 0
        guard version < ReadingFile.version else { return }
        try connection.atOnce {
            if version < 1 {
                try connection.run(ReadingFile.markerTables)
                let statement = try connection.statement("INSERT INTO reading VALUES (1, ?, 0, NULL)")
                statement.bind(1, log.id)
                try statement.execute()
            }
            try connection.run("\(ReadingFile.savedTables) PRAGMA user_version=\(ReadingFile.version)")
        }
    }

    /// Whether bookmarks and drafts have tables: a file that an earlier program made has none until a site has served it.
    var hasSavedTables: Bool {
        get throws { try connection.integer("PRAGMA user_version") ?? 0 >= ReadingFile.version }
    }

    func isOf(_ log: LogIdentity) throws -> Bool { try connection.text("SELECT log FROM reading") == log.id }

    var isImported: Bool {
        get throws { try connection.integer("SELECT imported FROM reading") != nil }
    }

    var floor: Int {
        get throws { try connection.integer("SELECT floor FROM reading") ?? 0 }
    }

    /// The members of whom the file has anything.
    func members() throws -> [MemberID] {
        let tables = try hasSavedTables ? ["markers", "bookmarks", "drafts", "member_keys"] : ["markers"]
        return try connection.statement(tables.map { "SELECT member FROM \($0)" }.joined(separator: " UNION "))
            .rows { $0.text(0) }.compactMap(MemberID.init)
    }

    /// Deletes everything of a member, her key first of all.
    func forget(_ member: MemberID) throws {
        try connection.atOnce {
            for table in ["member_keys", "drafts", "bookmarks", "markers"] {
                try delete("FROM \(table) WHERE member = ?", member)
            }
        }
    }

    func delete(_ rows: String, _ member: MemberID) throws {
        let statement = try connection.statement("DELETE \(rows)")
        statement.bind(1, member.description)
        try statement.execute()
    }

    /// Runs one transaction that is on disk when it returns, unlike those of markers.
    func durably<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.run("PRAGMA synchronous=FULL")
        defer { try? connection.run("PRAGMA synchronous=NORMAL") }
        return try connection.atOnce(body)
    }

    func mergeWriteAheadLog() throws { try connection.mergeWriteAheadLog() }

    func emptyWriteAheadLog() throws -> Bool { try connection.emptyWriteAheadLog() }

    /// Empties it unless somebody is reading the file.
    func emptyWriteAheadLogIfUnused() throws {
        connection.waitForOthers(milliseconds: 0)
        defer { connection.waitForOthers(milliseconds: SQLiteConnection.usualWait) }
        _ = try connection.emptyWriteAheadLog()
    }
}
