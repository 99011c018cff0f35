extension EventLog {
    /// Fences what no legal hold defers, releases its claims and destroys its keys: from the returned position on, the erased data can
    /// neither be read nor written. What a hold defers is recorded in the hold's stream, in the same append (P-10.1).
    ///
    /// The fences come last, in one append with `others`: when a stream is not at its expected version, nothing is erased. An unreachable
    /// anchor does not fail the call: the erasure stays incomplete until `destroyKeys(of:)` has reached it.
    /// - Returns: the positions of the events of `others` and, last, of the fences.
    /// - Throws: `AppendFailure`, or `ErasureUnfinished` after the append: `destroyKeys(of:)` or the next start finishes the rest.
    @discardableResult
    package func erase(
        _ erasure: ErasureRequest, together others: [StreamAppend] = [], claims: [ClaimChange] = [], command: CommandID,
        by actor: Actor, because causation: Int? = nil, at time: Instant
    ) async throws -> Appended {
        try await erase(
            [erasure], together: others, claims: claims, command: command, by: actor, because: causation, at: time)
    }

    /// Several erasures in one atomic append with `others`.
    @discardableResult
    package func erase(
        _ erasures: [ErasureRequest], together others: [StreamAppend] = [], claims: [ClaimChange] = [],
        command: CommandID,
        by actor: Actor, because causation: Int? = nil, at time: Instant
    ) async throws -> Appended {
        var addition = Append(
            command: command, actor: actor, time: time, causation: causation, streams: others, claims: claims)
        addition.erasures = erasures
        return try await erase(addition)
    }

    /// Fences again what the ledger names and this log lacks, because it was restored from an earlier state. Asks for no hold: these
    /// erasures were fenced before.
    /// - Returns: how many they were.
    @discardableResult
    package func fenceForgottenErasures(by actor: Actor, at time: Instant) async throws -> Int {
        let forgotten = try forgottenErasures()
        for start in stride(from: 0, to: forgotten.count, by: 100) {
            var addition = Append(command: CommandID(at: time), actor: actor, time: time, streams: [])
            addition.fencesAgain = Array(forgotten[start..<min(start + 100, forgotten.count)])
            try await erase(addition)
        }
        return forgotten.count
    }

    @discardableResult
    private func erase(_ addition: Append) async throws -> Appended {
        let appended = try await append(addition)
        // A crash from here on leaves fences without the rest, which the next start completes before anything is read.
        defer { fenceFollowers.tell() }
        do {
            try await destroyKeys(of: readers.read { try $0.erasures(by: addition.command) })
        } catch LogUnusable.anchorUnreachable {
            // The keys are destroyed; a member who signs in or is erased cannot mount the missing medium.
        } catch {
            throw ErasureUnfinished(reason: error)
        }
        return appended
    }

    /// Whether the anchor directory can be written to; true when none is configured.
    package var isAnchorReachable: Bool {
        guard let anchor = files.anchored else { return true }
        return (try? anchor.require()) != nil
    }

    /// Executes the steps that follow fences: the ledger, then the keys. Idempotent.
    /// - Throws: `LogUnusable.anchorUnreachable` when only the copy of the ledger in the anchor directory is missing.
    package func destroyKeys(of erasures: [Erasure]) async throws { try await writer.destroyKeys(of: erasures) }

    /// Yields once at the start and again after each erasure; several erasures may be merged into one.
    package func fences() -> AsyncStream<Void> { fenceFollowers.follow() }

    /// The events of the fences after a position, in order: the erasures that a file made before them must still apply.
    package func fences(after position: Int) throws -> [RecordedEvent] {
        try readers.read { reader in
            try reader.fences(after: position).flatMap { try reader.events(after: $0 - 1, limit: 1) }
        }
    }

    /// The position of the newest fence; 0 while nothing was ever erased.
    package func lastFence() throws -> Int { try readers.read { try $0.lastFence() } }

    /// Fences whose erasure is not complete, the oldest first.
    package func unfinishedErasures() throws -> [FencedErasure] {
        try readers.read { reader in
            try reader.unfinishedFences().compactMap { try FencedErasure(reader.events(in: $0, after: 0)) }
        }
    }

    /// The erasure whose receipt's token has this hash.
    package func erasure(withReceipt receipt: TextHash) throws -> FencedErasure? {
        try readers.read { reader in
            guard let stream = try reader.fence(withReceipt: receipt) else { return nil }
            return try FencedErasure(reader.events(in: stream, after: 0))
        }
    }

    /// The erasure of everything that identifies a member. Reads much of the log: not for an event loop.
    package func erasure(of member: MemberID) throws -> FencedErasure? {
        try readers.read { reader in
            try reader.fences(of: Owner(member)).lazy
                .compactMap { try FencedErasure(reader.events(in: $0, after: 0)) }
                .first { $0.erasure.scope.covers(.identity, of: Owner(member)) }
        }
    }

    /// The erasure whose fence is at a position; nil when another event is there.
    package func erasure(fencedAt position: Int) throws -> FencedErasure? {
        try readers.read { reader in
            guard let event = try reader.events(after: position - 1, limit: 1).first, event.position == position
            else { return nil }
            let erasure = try FencedErasure(reader.events(in: event.stream, after: 0))
            return erasure?.position == position ? erasure : nil
        }
    }

    /// The erasures that the ledger has and this log lacks, because it was restored from an earlier state.
    package func forgottenErasures() throws -> [Erasure] {
        let logged = try readers.read { try WriterStart.fences(in: $0.connection) }
        return try ErasureLedger(directory: files.keys).erasures(of: identity) { !logged.contains($0) }
    }

    /// The keys that erasures destroyed, from the log, and checked in the vault. Reads much of the log: not for an event loop.
    /// - Throws: `KeysNotDestroyed`.
    package func destroyedKeys(of erasures: [Erasure]) throws -> [FenceID: DestroyedKeys] {
        try readers.read { try $0.keys(of: erasures) }.mapValues { numbers in
            for number in numbers {
                guard case .destroyed = try vault.key(number) else { throw KeysNotDestroyed() }
            }
            return DestroyedKeys(numbers)
        }
    }

    /// Checkpoints log and vault into their main files and truncates their WALs.
    /// - Returns: the files whose WAL a reader was using; those WALs may still hold erased data.
    package func emptyWriteAheadLogs() async throws -> [ErasureCompleted.File] {
        try await writer.emptyWriteAheadLogs()
    }

    /// Records that everything `fenced` asks for is done. Idempotent.
    @discardableResult
    package func complete(_ fenced: FencedErasure, _ done: ErasureCompleted, at time: Instant) async throws -> Appended
    {
        try await append(
            Append(
                command: CommandID(named: "complete \(fenced.erasure.fence)", at: fenced.time), actor: .system,
                time: time, causation: fenced.position,
                streams: [StreamAppend(StreamName(done.fence), expected: .exactly(1), encoded: [done.encoded()])]))
    }
}

/// The fences of an erasure are in the log, but its keys are not destroyed yet: a file could not be written.
package struct ErasureUnfinished: Error, CustomStringConvertible {
    package let reason: any Error

    package var description: String {
        "the erasure is in the log, and its keys are not destroyed yet (\(reason)); the site does it within a minute once that is mended, or at its next start"
    }
}

/// The vault still has a key that an erasure in the log should have destroyed.
package struct KeysNotDestroyed: Error {}
