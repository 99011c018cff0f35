import Foundation

/// Checks a log file against its format, its own tree, and checkpoints that were kept.
///
/// Needs neither keys nor vault and writes nothing.
package struct LogVerifier: Sendable {
    private let path: String
    private let checkpoint: SignedCheckpoint?
    private let others: [SignedCheckpoint]
    private let key: VerifierKey?

    /// - Parameters:
    ///   - path: `log.sqlite` or a copy of it; a running site may be writing to it.
    ///   - checkpoint: A head of this log from earlier. Read it before verifying a log that grows.
    ///   - others: Further heads from earlier.
    ///   - key: Checks the checkpoint's signature.
    package init(
        path: String, checkpoint: SignedCheckpoint? = nil, others: [SignedCheckpoint] = [], key: VerifierKey? = nil
    ) {
        self.path = path
        self.others = others
        self.checkpoint = checkpoint
        self.key = key
    }

    /// Reads the whole log once, in memory that does not grow with it.
    /// - Throws: `LogUnusable.noLog`, or `SQLiteError` when the file cannot be read at all (rights, I/O).
    package func run(progress: (VerificationProgress) -> Void = { _ in }) throws -> LogVerification {
        try LogUnusable.requireLog(at: path)
        guard !isInUse else { return try verify(.readOnly, progress) }
        // No process has the file open: reading it as immutable works on a read-only medium, and leaves no WAL next to a copy.
        let before = try fingerprint()
        let verification = try verify(.immutable, progress)
        return try isInUse || fingerprint() != before ? verify(.readOnly, progress) : verification
    }

    private var isInUse: Bool { DatabaseFiles(path).hasCompanions }

    private func fingerprint() throws -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw LogUnusable(errno: errno, opening: path) }
        return [Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    private func verify(_ mode: SQLiteConnection.Mode, _ progress: (VerificationProgress) -> Void) throws
        -> LogVerification
    {
        var findings = FindingList()
        var opened: SQLiteConnection?
        var identity: LogIdentity?
        var origins: CheckpointOrigins?
        try findings.guardingDamage { findings in
            let connection = try SQLiteConnection(path, mode)
            try connection.run("PRAGMA trusted_schema=OFF; PRAGMA mmap_size=1073741824; BEGIN")
            let structure = StructureCheck(connection)
            identity = try structure.identity(&findings)
            guard try structure.schema(&findings) else { return }
            opened = connection
            origins = try identity.map { try CheckpointOrigins(of: $0, in: connection) }
        }
        let side = SideChecks.start(path, mode, hasRows: opened != nil)
        let events = try check(opened, &findings, progress)
        progress(VerificationProgress(phase: .structure, done: 0, total: 1))
        findings.add(try side.finish())
        progress(VerificationProgress(phase: .structure, done: 1, total: 1))
        let consistency = checkpoint.map { compare($0, events, origins, &findings) } ?? .notChecked
        let others = others.map { compare($0, events, origins, &findings) }
        let signature = checkSignature(&findings)
        let head = events?.root.flatMap { root in
            origins.map { Checkpoint(origin: $0.current, size: root.size, root: root.hash) }
        }
        return LogVerification(
            events: events?.count ?? 0, head: head, lastTime: events?.lastTime, signature: signature,
            consistency: consistency, others: others, findings: findings.kept, furtherFindings: findings.further)
    }

    /// Nil when no row can be read.
    private func check(
        _ connection: SQLiteConnection?, _ findings: inout FindingList, _ progress: (VerificationProgress) -> Void
    ) throws -> EventCheck? {
        guard let connection else { return nil }
        var check: EventCheck?
        try findings.guardingDamage { findings in
            let total = try connection.integer("SELECT max(position) FROM events") ?? 0
            let sizes = ([checkpoint].compactMap(\.self) + others).map(\.checkpoint.size)
            check = try EventCheck(connection, rootsWantedAt: Set(sizes))
            try check?.run(&findings) { progress(VerificationProgress(phase: .events, done: $0, total: total)) }
        }
        return check
    }

    private func compare(
        _ signed: SignedCheckpoint, _ events: EventCheck?, _ origins: CheckpointOrigins?, _ findings: inout FindingList
    ) -> LogVerification.Consistency {
        let kept = signed.checkpoint
        let defect: Defect?
        if let origins, origins[kept.origin] == nil {
            defect = .otherOrigin(kept.origin)
        } else if let through = origins?[kept.origin]?.through, through < kept.size {
            defect = .lost(from: through + 1, through: kept.size)
        } else if let events, events.isComplete, events.count < kept.size {
            defect = .shorterThanCheckpoint(events: events.count, size: kept.size)
        } else if let root = events?.wantedRoots[kept.size] {
            defect = root == kept.root ? nil : .rootDiffers(size: kept.size)
        } else {
            defect = .rootNotComparable
        }
        guard let defect else { return .consistent(size: kept.size) }
        findings.add(.checkpoint, defect)
        return .inconsistent
    }

    private func checkSignature(_ findings: inout FindingList) -> LogVerification.SignatureCheck {
        guard let checkpoint, let key else { return .notChecked }
        switch key.verify(checkpoint) {
        case .valid: return .valid
        case .absent: findings.add(.checkpoint, .notSignedByKey)
        case .wrong: findings.add(.checkpoint, .wrongSignature)
        }
        return .wrong
    }
}
