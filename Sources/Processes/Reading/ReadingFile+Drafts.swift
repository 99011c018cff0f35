import Events

extension ReadingFile {
    /// A draft as it is stored.
    struct DraftRow {
        let place: DraftPlace
        let saved: Instant
        let sealed: [UInt8]
    }

    func drafts(of member: MemberID) throws -> [DraftRow] {
        guard try hasSavedTables else { return [] }
        let statement = try connection.statement(
            "SELECT kind, place, saved, text FROM drafts WHERE member = ? ORDER BY saved DESC, kind, place")
        statement.bind(1, member.description)
        return try statement.rows { DraftRow($0) }.compactMap(\.self)
    }

    func draftPlaces(of member: MemberID) throws -> [DraftPlace] {
        guard try hasSavedTables else { return [] }
        let statement = try connection.statement("SELECT kind, place FROM drafts WHERE member = ?")
        statement.bind(1, member.description)
        return try statement.rows { DraftPlace(row: $0) }.compactMap(\.self)
    }

    func draft(at place: DraftPlace, of member: MemberID) throws -> DraftRow? {
        guard try hasSavedTables else { return nil }
        let statement = try connection.statement(
            "SELECT kind, place, saved, text FROM drafts WHERE member = ? AND kind = ? AND place = ?")
        bind(statement, member, place)
        return try statement.rows { DraftRow($0) }.first ?? nil
    }

    func countDrafts(of member: MemberID) throws -> Int {
        let statement = try connection.statement("SELECT count(*) FROM drafts WHERE member = ?")
        statement.bind(1, member.description)
        return try statement.rows { $0.integer(0) }.first ?? 0
    }

    func put(_ draft: DraftRow, of member: MemberID) throws {
        let statement = try connection.statement(
            """
            INSERT INTO drafts(member, kind, place, saved, text) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET saved = excluded.saved, text = excluded.text
            """)
        bind(statement, member, draft.place)
        statement.bind(4, Int(draft.saved.milliseconds))
        statement.bind(5, blob: draft.sealed)
        try statement.execute()
    }

    /// Deletes a draft, and the member's key if nothing else is sealed under it.
    func removeDraft(at place: DraftPlace, of member: MemberID) throws {
        try durably {
            let statement = try connection.statement(
                "DELETE FROM drafts WHERE member = ? AND kind = ? AND place = ?")
            bind(statement, member, place)
            try statement.execute()
            try destroyUnusedKey(of: member)
        }
    }

    func removeDrafts(of member: MemberID) throws {
        try durably {
            try delete("FROM drafts WHERE member = ?", member)
            try destroyUnusedKey(of: member)
        }
    }

    func countDrafts(savedUntil limit: Instant) throws -> Int {
        try connection.integer("SELECT count(*) FROM drafts WHERE saved <= \(limit.milliseconds)") ?? 0
    }

    func pruneDrafts(savedUntil limit: Instant) throws -> Int {
        try durably {
            let count = try countDrafts(savedUntil: limit)
            guard count > 0 else { return 0 }
            try connection.run("DELETE FROM drafts WHERE saved <= \(limit.milliseconds)")
            try destroyUnusedKeys()
            return count
        }
    }

    /// When the draft that was saved first was saved.
    func oldestDraft() throws -> Instant? {
        guard try hasSavedTables else { return nil }
        return try connection.integer("SELECT min(saved) FROM drafts").map { Instant(milliseconds: Int64($0)) }
    }

    func membersWithDrafts() throws -> [MemberID] {
        guard try hasSavedTables else { return [] }
        return try connection.statement("SELECT DISTINCT member FROM drafts").rows { $0.text(0) }
            .compactMap(MemberID.init)
    }

    private func bind(_ statement: Statement, _ member: MemberID, _ place: DraftPlace) {
        statement.bind(1, member.description)
        statement.bind(2, place.kind.rawValue)
        statement.bind(3, place.id)
    }
}

extension DraftPlace {
    /// Nil for a place that this program does not know.
    fileprivate init?(row: Statement) {
        guard let kind = Kind(rawValue: row.text(0)) else { return nil }
        self.init(kind, id: row.text(1))
    }
}

extension ReadingFile.DraftRow {
    /// Nil for a place that this program does not know.
    fileprivate init?(_ row: Statement) {
        guard let place = DraftPlace(row: row) else { return nil }
        self.init(place: place, saved: Instant(milliseconds: Int64(row.integer(2))), sealed: row.bytes(3))
    }
}
