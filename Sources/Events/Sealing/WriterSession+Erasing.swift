import CSQLite

extension WriterSession {
    /// What follows fences: the ledger, then the keys. Whatever a crash left undone is done; what is done stays as it is.
    /// - Throws: `LogUnusable.anchorUnreachable` when nothing else is left to do.
    func destroyKeys(of erasures: [Erasure]) throws {
        try ledger.record(erasures)
        try vault.noteAll()
        try vault.destroyKeys(erasures.flatMap { try keys(of: $0.scope) })
        // Last, for an anchor that is away must not keep keys alive. Then the erasure is not done, and it is tried again.
        try ledger.keepInAnchor()
    }

    private func keys(of scope: Erasure.Scope) throws -> [Int] {
        switch scope {
        case .owner(let owner): return try vault.keys(of: owner).map(\.id)
        case .kinds(let kinds, let owner):
            return try vault.keys(of: owner).filter { kinds.contains($0.subject.kind) }.map(\.id)
        case .subjects(let subjects):
            let key = try connection.statement("SELECT key FROM events WHERE subject = ? LIMIT 1")
            return try subjects.flatMap { subject in
                key.bind(1, subject.description)
                return try key.rows { $0.integer(0) }
            }
        }
    }

    func subjects(of owner: Owner) throws -> [Subject] {
        try vault.noteAll()
        return try vault.subjects(of: owner)
    }

    /// Moves the log and the vault into their files and empties their WALs, which may still hold what was erased.
    /// - Returns: the files whose WAL somebody was reading.
    func emptyWriteAheadLogs() throws -> [ErasureCompleted.File] {
        // Appends wait meanwhile, so a reader is waited for no longer than this.
        connection.waitForOthers(milliseconds: 100)
        defer { connection.waitForOthers(milliseconds: SQLiteConnection.usualWait) }
        var busy: [ErasureCompleted.File] = []
        if try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0 { busy.append(.log) }
        if try !vault.emptyWriteAheadLog() { busy.append(.vault) }
        return busy
    }

    /// In the transaction of the fence, so that nobody ever finds a name held by somebody erased.
    func releaseClaims(of scope: Erasure.Scope) throws {
        switch scope {
        case .owner(let owner): for kind in Claim.Kind.allCases { try release(kind, of: owner) }
        case .kinds(let kinds, let owner):
            for kind in Claim.Kind.allCases where kinds.contains(kind.subject) { try release(kind, of: owner) }
        // Which of an owner's names a subject held only its hash could tell: whoever replaces a name releases its claim.
        case .subjects: break
        }
    }

    /// Those that a fence from before claims were released with it, or the fence of another log's ledger, has left.
    func releaseClaims(covered fences: Fences) throws {
        let held = try connection.statement("SELECT DISTINCT kind, holder FROM claims").rows { row in
            (kind: Claim.Kind(rawValue: row.text(0)), holder: Owner(row.text(1)))
        }
        for case (let kind?, let holder?) in held where fences.cover(kind.subject, of: holder) {
            try release(kind, of: holder)
        }
    }

    private func release(_ kind: Claim.Kind, of holder: Owner) throws {
        let row = try connection.statement("DELETE FROM claims WHERE kind = ? AND holder = ?")
        row.bind(1, kind.rawValue)
        row.bind(2, holder.description)
        try row.execute()
    }
}

extension Claim.Kind {
    /// With which of an owner's subjects the claim goes.
    var subject: SubjectKind {
        switch self {
        case .email: .email
        case .username, .personalIdentityNumber: .identity
        }
    }
}
