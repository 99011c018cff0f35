import Foundation

extension LogExaminations {
    /// Checks that the vault has every event's key for its subject, and that exactly the keys of fenced subjects are destroyed.
    func agreement(at now: Instant) throws -> Examination {
        let (log, identity) = try openLog()
        let fences = Fences(
            try WriterStart.erasures(in: log).map(\.scope)
                + ErasureLedger(directory: files.keys).erasures(of: identity).map(\.scope))
        let vault = try openVault()
        let noted = try vault.integer("SELECT assigned_through FROM vault") ?? 0
        let row = try vault.statement("SELECT wrapped IS NULL, subject, owner FROM keys WHERE id = ?")
        let used = try log.statement(
            "SELECT key, subject, owner, min(position) FROM events WHERE key IS NOT NULL GROUP BY key")
        defer { used.reset() }
        var (unended, lost, strange) = (0, 0, 0)
        while try used.step() {
            guard let subject = Subject(used.text(1)), let owner = Owner(used.text(2)) else { strange += 1; continue }
            row.bind(1, used.integer(0))
            defer { row.reset() }
            guard try row.step() else { throw LogUnusable.vaultOlderThanLog(position: used.integer(3)) }
            let isFenced = fences.cover(subject, of: owner)
            if row.integer(0) != 0 {
                if !isFenced { lost += 1 }
            } else if isFenced {
                unended += 1
            } else if used.integer(3) <= noted,
                row.optionalText(1) != subject.description || row.optionalText(2) != owner.description
            {
                strange += 1
            }
        }
        if strange > 0 { return Examination("vault and log", .wrong, "\(strange) keys are noted for somebody else") }
        if lost > 0 {
            return Examination("vault and log", .wrong, "\(lost) keys are destroyed though nothing was erased")
        }
        if unended > 0 {
            let fenced = try log.integer("SELECT max(time) FROM events WHERE type = 'erasure.fenced'") ?? 0
            // A running site may be between the fence and the destruction of the keys.
            let isUnderWay = now.milliseconds - Int64(fenced) < 60_000
            return Examination(
                "vault and log", isUnderWay ? .warning : .wrong,
                "\(unended) keys of what was erased are still there; \(isUnderWay ? "look again in a minute" : "start the site to end them")"
            )
        }
        return Examination("vault and log", .ok, "every key is where it should be")
    }

    /// Reports fences whose erasure is not complete.
    func erasures(at now: Instant) throws -> Examination {
        let (log, _) = try openLog()
        let open = try log.statement(
            """
            SELECT count(*), min(time) FROM events fence WHERE type = 'erasure.fenced'
              AND NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = fence.stream AND e.type = 'erasure.completed')
            """
        ).rows { (count: $0.integer(0), since: $0.optionalInteger(1)) }.first
        let all = try log.integer("SELECT count(*) FROM events WHERE type = 'erasure.fenced'") ?? 0
        guard let open, open.count > 0, let since = open.since else {
            return Examination("erasures", .ok, "\(all), all complete")
        }
        let hours = (now.milliseconds - Int64(since)) / 3_600_000
        return Examination(
            "erasures", hours < 24 ? .warning : .wrong,
            "\(open.count) of \(all) are not complete, the oldest since \(Instant(milliseconds: Int64(since)))")
    }

    /// Checks that the ledger and the log name the same erasures.
    func ledger(_ ledger: ErasureLedger, _ what: String) throws -> Examination {
        let (log, identity) = try openLog()
        let inLog = try WriterStart.fences(in: log)
        let inLedger = Set(try ledger.erasures(of: identity).map(\.fence))
        let (missing, forgotten) = (inLog.subtracting(inLedger).count, inLedger.subtracting(inLog).count)
        if forgotten > 0 {
            return Examination(
                "ledger", .wrong, "\(what) names \(forgotten) erasures that the log has forgotten; restore with it")
        }
        if missing > 0 {
            return Examination("ledger", .warning, "\(what) lacks \(missing) erasures; the next start adds them")
        }
        return Examination("ledger", .ok, "\(what) names the same \(inLog.count) erasures as the log")
    }

    /// Checks that the last signed checkpoint is this log's and is signed with its key.
    func checkpoint(_ path: String, _ what: String) throws -> Examination {
        guard let note = try? String(contentsOfFile: path, encoding: .utf8) else {
            return Examination(
                "checkpoint", .warning, "none was signed yet; a site signs one every hour and when it stops")
        }
        let signed = try SignedCheckpoint(note: note)
        let kept = signed.checkpoint
        let (log, identity) = try openLog()
        let tree = TreeReader(connection: log, roots: TileRoots())
        let origins = try CheckpointOrigins(of: identity, in: log)
        guard origins[kept.origin] != nil else {
            return Examination("checkpoint", .wrong, "\(what) is of another log, \(kept.origin)")
        }
        guard try Keyring(directory: files.keys).verifierKey(of: kept.origin).verify(signed) == .valid else {
            return Examination("checkpoint", .wrong, "\(what) is not signed by this site's key")
        }
        guard try tree.size() >= kept.size else {
            return Examination("checkpoint", .wrong, "the log is shorter than \(what), which has \(kept.size) events")
        }
        guard try tree.root(at: kept.size) == kept.root else {
            return Examination("checkpoint", .wrong, "the log is not the one that \(what) was signed over")
        }
        return Examination("checkpoint", .ok, "the log goes on from \(what), \(kept.size) events, rightly signed")
    }

    func anchor() throws -> Examination {
        guard let anchor = files.anchored else {
            return Examination(
                "anchor", .warning,
                "none is set (anchor.directory); if data and keys are lost together, no backup can be restored")
        }
        try anchor.require()
        for found in [
            try ledger(anchor.ledger, "the anchor's ledger"),
            try checkpoint(anchor.checkpoint.path, "the anchor's checkpoint"),
        ] where found.verdict != .ok {
            return Examination("anchor", found.verdict, found.words)
        }
        let device = try LogExaminations.device(anchor.directory.path)
        let others = try [files.data, files.keys].map { try LogExaminations.device($0.path) }
        return others.contains(device)
            ? Examination("anchor", .warning, "it is complete, but lies on a medium with the data or the keys")
            : Examination("anchor", .ok, "it is complete, on a medium of its own")
    }

    func backups(at now: Instant) throws -> Examination {
        let (log, identity) = try openLog()
        let statement = try log.statement(
            "SELECT \(EventRow.columns) FROM events WHERE stream = ? ORDER BY version DESC")
        statement.bind(1, BackupBegun.stream.description)
        let ledger = ErasureLedger(directory: files.keys)
        // The ledger names only backups that were finished.
        let finished = try statement.rows { try EventRow($0).recorded(content: .none) }.first { event in
            try BackupBegun(event).map { ledger.names($0.id, log: identity) } ?? false
        }
        guard let time = finished?.time.milliseconds else {
            return Examination("backups", .warning, "none was made yet; 'mikroforetag backup DIR' makes one")
        }
        let hours = max(0, now.milliseconds - time) / 3_600_000
        let words = "the newest is \(hours < 48 ? "\(hours) hours" : "\(hours / 24) days") old"
        return Examination("backups", hours < 48 ? .ok : .warning, words)
    }

    func clock(at now: Instant) throws -> Examination {
        let (log, identity) = try openLog()
        let last = try log.integer("SELECT time FROM events ORDER BY position DESC LIMIT 1").map { Int64($0) }
        let newest = Instant(milliseconds: max(last ?? 0, identity.created.milliseconds))
        // Times of events never decrease, so a clock that ran ahead once is noticed until the time has caught up.
        guard now.milliseconds >= newest.milliseconds - 60_000 else {
            return Examination("clock", .wrong, "it says \(now), but the last event is of \(newest); set the clock")
        }
        return Examination("clock", .ok, "\(now), after the last event")
    }
}
