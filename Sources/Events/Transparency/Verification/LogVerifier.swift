import Foundation

/// Checks a log file against its format, its own tree, and a checkpoint that was kept.
///
/// Needs neither keys nor vault and writes nothing.
package struct LogVerifier: Sendable {
    private let path: String
    private let checkpoint: SignedCheckpoint?
    private let key: VerifierKey?

    /// - Parameters:
    ///   - path: `log.sqlite` or a copy of it; a running site may be writing to it.
    ///   - checkpoint: A head of this log from earlier. Read it before verifying a log that grows.
    ///   - key: Checks the checkpoint's signature.
    package init(path: String, checkpoint: SignedCheckpoint? = nil, key: VerifierKey? = nil) {
        self.path = path
        self.checkpoint = checkpoint
        self.key = key
    }

    /// Reads the whole log once, in memory that does not grow with it.
    /// - Throws: `LogUnusable.noLog`, or `SQLiteError` when the file cannot be read at all (rights, I/O).
    package func run(progress: (VerificationProgress) -> Void = { _ in }) throws -> LogVerification {
        guard FileManager.default.fileExists(atPath: path) else { throw LogUnusable.noLog(path) }
        guard !isInUse else { return try verify(.readOnly, progress) }
        // Nobody has it open, so it can be read where nothing may be written, and without leaving a WAL beside a copy.
        let before = try fingerprint()
        let verification = try verify(.immutable, progress)
        return try isInUse || fingerprint() != before ? verify(.readOnly, progress) : verification
    }

    private var isInUse: Bool {
        ["-wal", "-shm", "-journal"].contains { FileManager.default.fileExists(atPath: path + $0) }
    }

    private func fingerprint() throws -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw LogUnusable.noLog(path) }
        return [Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    private func verify(_ mode: Connection.Mode, _ progress: (VerificationProgress) -> Void) throws -> LogVerification {
        var findings = FindingList()
        var events: EventCheck?
        var identity: LogIdentity?
        let integrity = IntegrityCheck.start(path, mode)
        try guardingDamage(&findings) { findings in
            let connection = try Connection(path, mode)
            try connection.run(
                "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; BEGIN")
            let structure = StructureCheck(connection)
            identity = try structure.identity(&findings)
            guard try structure.schema(&findings) else { return }
            let total = try connection.integer("SELECT max(position) FROM events") ?? 0
            func report(_ phase: VerificationProgress.Phase, _ done: Int) {
                progress(VerificationProgress(phase: phase, done: done, total: total))
            }
            var check = try EventCheck(connection, rootWantedAt: checkpoint?.checkpoint.size)
            try guardingDamage(&findings) { try check.run(&$0) { report(.events, $0) } }
            events = check
            try guardingDamage(&findings) { try StreamCheck(connection).run(&$0) { report(.streams, $0) } }
            report(.structure, 0)
        }
        try guardingDamage(&findings) { $0.add(try integrity.finish()) }
        progress(VerificationProgress(phase: .structure, done: 1, total: 1))
        let consistency = compare(events, of: identity, &findings)
        let signature = checkSignature(&findings)
        let head = events?.root.flatMap { root in
            identity.map { Checkpoint(origin: CheckpointOrigin.name(of: $0), size: root.size, root: root.hash) }
        }
        return LogVerification(
            events: events?.count ?? 0, head: head, lastTime: events?.lastTime, signature: signature,
            consistency: consistency, findings: findings.kept, furtherFindings: findings.further)
    }

    /// Turns broken structure into a finding, so that what can still be read is checked.
    private func guardingDamage(_ findings: inout FindingList, _ body: (inout FindingList) throws -> Void) throws {
        do {
            try body(&findings)
        } catch let error as SQLiteError where error.isLikelyDamage {
            findings.add(.file, .damaged(error.message))
        }
    }

    private func compare(
        _ events: EventCheck?, of identity: LogIdentity?, _ findings: inout FindingList
    ) -> LogVerification.Consistency {
        guard let kept = checkpoint?.checkpoint else { return .notChecked }
        let defect: Defect?
        if let identity, kept.origin != CheckpointOrigin.name(of: identity) {
            defect = .otherOrigin(kept.origin)
        } else if let events, events.count < kept.size {
            defect = .shorterThanCheckpoint(size: kept.size)
        } else if let root = events?.wantedRoot {
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
