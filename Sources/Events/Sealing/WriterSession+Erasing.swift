import CSQLite

extension WriterSession {
    /// Executes the steps that follow fences: the ledger, then the keys. Idempotent: it completes what a crash left undone.
    /// - Throws: `LogUnusable.anchorUnreachable` when only the copy of the ledger in the anchor directory is missing.
    func destroyKeys(of erasures: [Erasure]) throws {
        try ledger.record(erasures)
        try vault.noteAll()
        try vault.destroyKeys(erasures.flatMap { try keys(of: $0.scope) })
        // Last, because an unreachable anchor must not keep keys alive. The erasure is then incomplete and is tried again.
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

    /// Checkpoints the log and the vault into their main files and truncates their WALs, which may still hold erased data.
    /// - Returns: the files whose WAL a reader was using.
    func emptyWriteAheadLogs() throws -> [ErasureCompleted.File] {
        // Appends are blocked during this, so readers are waited for only briefly.
        connection.waitForOthers(milliseconds: 100)
        defer { connection.waitForOthers(milliseconds: SQLiteConnection.usualWait) }
        var busy: [ErasureCompleted.File] = []
        if try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0 { busy.append(.log) }
        if try !vault.emptyWriteAheadLog() { busy.append(.vault) }
        return busy
    }

    /// Releases claims in the transaction of the fence, so that a claim is never found held by an erased owner.
    func releaseClaims(of scope: Erasure.Scope) throws {
        switch scope {
        case .owner(let owner): for kind in Claim.Kind.allCases { try release(kind, of: owner) }
        case .kinds(let kinds, let owner):
            for kind in Claim.Kind.allCases where kinds.contains(kind.subject) { try release(kind, of: owner) }
        // Only the hash could tell which of an owner's claims belongs to a subject: the command that replaces a name releases its claim.
        case .subjects: break
        }
    }

    /// Releases the claims left by fences from before claims were released with them, and by fences that only the ledger has.
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
    /// The kind of the owner's subject with which the claim is erased.
    var subject: SubjectKind {
        switch self {
        case .email: .email
        case .username, .personalIdentityNumber: .identity
        }
    }
}
