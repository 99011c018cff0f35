import CSQLite

extension WriterSession {
    /// Executes the steps that follow fences: the ledger, then the keys. Idempotent: it completes what a crash left undone.
    /// - Throws: `LogUnusable.anchorUnreachable` when only the copy of the ledger in the anchor directory is missing.
    func destroyKeys(of erasures: [Erasure]) throws {
        try ledger.record(erasures)
        try vault.noteAll()
        try execute(erasures)
        // Last, because an unreachable anchor must not keep keys alive. The erasure is then incomplete and is tried again.
        try ledger.keepInAnchor()
    }

    /// Destroys the keys of fenced erasures. Afterwards a subject's destroyed key shows that it is fenced; what no key shows is noted in
    /// the vault. So neither memory nor start grows with the number of fenced subjects.
    func execute(_ erasures: [Erasure]) throws {
        guard !erasures.isEmpty else { return }
        var (keys, shown, lasting): ([Int], [Subject], [Erasure.Scope]) = ([], [], [])
        for erasure in erasures {
            switch erasure.scope {
            case .owner(let owner):
                keys += try vault.keys(of: owner).map(\.id)
                lasting.append(erasure.scope)
            case .kinds(let kinds, let owner):
                keys += try vault.keys(of: owner).filter { kinds.contains($0.subject.kind) }.map(\.id)
                lasting.append(erasure.scope)
            case .subjects(let subjects):
                for subject in subjects {
                    guard let key = try key(of: subject) else { lasting.append(.subjects([subject])); continue }
                    keys.append(key)
                    shown.append(subject)
                }
            }
        }
        let left = edge.unexecuted.subtracting(erasures.map(\.fence))
        let reached = left.isEmpty ? edge.head : nil
        let last = try reached.flatMap { try WriterStart.lastFence(upTo: $0, in: connection) }
        try vault.destroyKeys(keys, noting: lasting, through: reached, last: last)
        edge.unexecuted = left
        edge.fences.remove(shown)
    }

    private func key(of subject: Subject) throws -> Int? {
        let statement = try connection.statement("SELECT key FROM events WHERE subject = ? LIMIT 1")
        statement.bind(1, subject.description)
        return try statement.rows { $0.integer(0) }.first
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
