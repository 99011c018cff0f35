import Events

/// The keys of bookmarks' notes and of drafts.
extension ReadingFile {
    private static let rewrappedAtOnce = 500

    /// Nil when nothing of the member is sealed.
    func key(of member: MemberID) throws -> WrappedMemberKey? {
        let statement = try connection.statement("SELECT epoch, wrapped FROM member_keys WHERE member = ?")
        statement.bind(1, member.description)
        return try statement.rows {
            WrappedMemberKey(member: member, epoch: $0.integer(0), bytes: $0.bytes(1))
        }.first
    }

    func add(_ key: WrappedMemberKey) throws {
        let statement = try connection.statement("INSERT INTO member_keys(member, epoch, wrapped) VALUES (?, ?, ?)")
        statement.bind(1, key.member.description)
        statement.bind(2, key.epoch)
        statement.bind(3, blob: key.bytes)
        try statement.execute()
    }

    /// Destroys a member's key if nothing is sealed under it any more.
    func destroyUnusedKey(of member: MemberID) throws {
        try delete("FROM member_keys WHERE member = ? AND \(ReadingFile.sealsNothing)", member)
    }

    /// Destroys every key under which nothing is sealed any more.
    func destroyUnusedKeys() throws {
        try connection.run("DELETE FROM member_keys WHERE \(ReadingFile.sealsNothing)")
    }

    private static let sealsNothing = """
        NOT EXISTS (SELECT 1 FROM drafts WHERE drafts.member = member_keys.member)
          AND NOT EXISTS (SELECT 1 FROM bookmarks WHERE bookmarks.member = member_keys.member AND note IS NOT NULL)
        """

    /// The epochs of the master keys that wrap keys in this file, the oldest first.
    func epochs() throws -> [Int] { try WrappedMemberKey.epochs(of: connection) }

    /// Wraps every key under the newest master key, in batches: a crash leaves each key under the old or the new one.
    func rewrap(with keys: MemberKeys) throws {
        let newest = keys.newestEpoch
        var reached = ""
        while let last = try rewrapSome(with: keys, olderThan: newest, after: reached) { reached = last }
        _ = try emptyWriteAheadLog()
    }

    /// - Returns: the last member whose key was rewrapped; nil when there was none.
    private func rewrapSome(
        with keys: MemberKeys, olderThan epoch: Int, after reached: String
    ) throws -> String? {
        let select = try connection.statement(
            """
            SELECT member, epoch, wrapped FROM member_keys WHERE member > ? AND epoch < ?
            ORDER BY member LIMIT \(ReadingFile.rewrappedAtOnce)
            """)
        select.bind(1, reached)
        select.bind(2, epoch)
        let rows = try select.rows { (member: $0.text(0), epoch: $0.integer(1), bytes: $0.bytes(2)) }
        guard let last = rows.last else { return nil }
        try durably {
            let update = try connection.statement("UPDATE member_keys SET epoch = ?, wrapped = ? WHERE member = ?")
            for row in rows {
                guard let member = MemberID(row.member) else { continue }
                let key = try keys.rewrap(WrappedMemberKey(member: member, epoch: row.epoch, bytes: row.bytes))
                update.bind(1, key.epoch)
                update.bind(2, blob: key.bytes)
                update.bind(3, row.member)
                try update.execute()
            }
        }
        return last.member
    }
}
