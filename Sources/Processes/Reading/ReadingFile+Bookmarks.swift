import Events

extension ReadingFile {
    /// A bookmark as it is stored.
    struct BookmarkRow {
        let post: PostID
        let saved: Instant
        /// Nil without a note.
        let note: [UInt8]?
    }

    /// The newest first.
    func bookmarks(of member: MemberID) throws -> [BookmarkRow] {
        guard try hasSavedTables else { return [] }
        let statement = try connection.statement(
            "SELECT post, saved, note FROM bookmarks WHERE member = ? ORDER BY saved DESC, post")
        statement.bind(1, member.description)
        return try statement.rows { BookmarkRow($0) }.compactMap(\.self)
    }

    func countBookmarks(of member: MemberID) throws -> Int {
        let statement = try connection.statement("SELECT count(*) FROM bookmarks WHERE member = ?")
        statement.bind(1, member.description)
        return try statement.rows { $0.integer(0) }.first ?? 0
    }

    func hasBookmark(on post: PostID, of member: MemberID) throws -> Bool {
        let statement = try connection.statement("SELECT 1 FROM bookmarks WHERE member = ? AND post = ?")
        statement.bind(1, member.description)
        statement.bind(2, post.description)
        return try !statement.rows { _ in true }.isEmpty
    }

    /// Adds a bookmark, or replaces the note of one, which keeps its time.
    func put(_ bookmark: BookmarkRow, of member: MemberID) throws {
        let statement = try connection.statement(
            """
            INSERT INTO bookmarks(member, post, saved, note) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET note = excluded.note
            """)
        statement.bind(1, member.description)
        statement.bind(2, bookmark.post.description)
        statement.bind(3, Int(bookmark.saved.milliseconds))
        statement.bind(4, blob: bookmark.note)
        try statement.execute()
        if bookmark.note == nil { try destroyUnusedKey(of: member) }
    }

    /// Deletes a bookmark, and the member's key if nothing else is sealed under it.
    func removeBookmark(on post: PostID, of member: MemberID) throws {
        try durably {
            let statement = try connection.statement("DELETE FROM bookmarks WHERE member = ? AND post = ?")
            statement.bind(1, member.description)
            statement.bind(2, post.description)
            try statement.execute()
            try destroyUnusedKey(of: member)
        }
    }
}

extension ReadingFile.BookmarkRow {
    fileprivate init?(_ row: Statement) {
        guard let post = PostID(row.text(0)) else { return nil }
        self.init(
            post: post, saved: Instant(milliseconds: Int64(row.integer(1))), note: row.isNull(2) ? nil : row.bytes(2))
    }
}
