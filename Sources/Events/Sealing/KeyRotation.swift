/// Returns the claims that an event may have taken for its owner. Only the module that wrote the event knows them; too many do no harm.
package typealias ClaimsOfEvent = @Sendable (RecordedEvent) throws -> [Claim]

/// A claim and its holder.
struct ClaimWithHolder: Sendable {
    let claim: Claim
    let holder: Owner
}

/// An epoch of keys that a newer one has replaced and that still opens old vaults.
package struct ReplacedEpoch: Hashable, Sendable {
    package let epoch: Int
    package let replaced: Instant
}

extension EventLog {
    /// Replaces master key and hash key: every key in the vault and in other files is wrapped anew, every claim whose event can be opened is hashed anew.
    ///
    /// The log stays readable and writable. An interrupted or cancelled rotation is continued by the next call. The old keys stay until
    /// `destroyEpoch`.
    /// - Returns: the new epoch's number.
    /// - Throws: `MaintenanceRefusal`.
    package func rotateKeys(
        claims: @escaping ClaimsOfEvent, by actor: Actor, at time: Instant,
        progress: @escaping MaintenanceProgress.Report = { _ in }
    ) async throws -> Int {
        try await maintenance.alone(.keyRotation) {
            let epoch = try isRotationUnfinished() ? keyring.completeEpoch() : keyring.addEpoch()
            try await finishRotation(to: epoch, claims, actor, time, progress)
            return epoch
        }
    }

    /// Continues a rotation that was interrupted, or that a restored older log or vault has not been through.
    /// - Returns: whether there was one.
    package func finishKeyRotation(
        claims: @escaping ClaimsOfEvent, at time: Instant, progress: @escaping MaintenanceProgress.Report = { _ in }
    ) async throws -> Bool {
        guard try isRotationUnfinished() else { return false }
        return try await maintenance.alone(.keyRotation) {
            try await finishRotation(to: keyring.completeEpoch(), claims, .system, time, progress)
            return true
        }
    }

    /// Waits while a rotation is under way.
    package func waitForKeyRotation() async { await maintenance.end(of: .keyRotation) }

    /// Destroys the keys of a replaced epoch. The caller decides when the policy allows it.
    /// - Throws: `MaintenanceRefusal`, `EpochInUse`.
    package func destroyEpoch(_ epoch: ReplacedEpoch, by actor: Actor, at time: Instant) async throws {
        try await maintenance.alone(.keyRotation) {
            guard epoch.epoch < keyring.newestEpoch.epoch, try !vault.hasKeys(under: epoch.epoch),
                try !wrappedKeys.needs(epoch.epoch)
            else {
                throw EpochInUse(epoch: epoch.epoch)
            }
            // A crash from here on leaves the keys destroyed and no event yet: the next call appends it.
            try keyring.destroyEpoch(epoch.epoch)
            _ = try await append(
                Append(
                    command: CommandID(named: "destroy epoch \(epoch.epoch)", at: epoch.replaced), actor: actor,
                    time: time,
                    streams: [
                        StreamAppend(
                            KeysRotated.stream, expected: .any,
                            encoded: [KeyEpochDestroyed(epoch: epoch.epoch).encoded()])
                    ]))
        }
    }

    private func isRotationUnfinished() throws -> Bool {
        let newest = keyring.newestEpoch.epoch
        if newest != keyring.newestHashEpoch { return true }
        if try vault.keysUnderOlderEpochs() > 0 { return true }
        guard newest > 1 else { return false }
        if try wrappedKeys.needs(newest - 1) { return true }
        return try !events(in: KeysRotated.stream).contains { try KeysRotated($0)?.epoch == newest }
    }

    /// The event comes last: it ends the rotation, and the retention period of the old keys starts from it.
    private func finishRotation(
        to epoch: Int, _ claims: @escaping ClaimsOfEvent, _ actor: Actor, _ time: Instant,
        _ progress: @escaping MaintenanceProgress.Report
    ) async throws {
        try await LongWork.run("maintenance") { [vault, wrappedKeys] work in
            try vault.rewrap { done, total in
                progress(MaintenanceProgress(step: "wrapping keys", done: done, total: total))
                try work.checkCancellation()
            }
            try wrappedKeys.rewrap()
        }
        try await moveClaims(claims, progress)
        guard try !events(in: KeysRotated.stream).contains(where: { try KeysRotated($0)?.epoch == epoch }) else {
            return
        }
        _ = try await append(
            Append(
                command: CommandID(at: time), actor: actor, time: time,
                streams: [
                    StreamAppend(KeysRotated.stream, expected: .any, encoded: [KeysRotated(epoch: epoch).encoded()])
                ]))
    }

    /// Claims taken during the rotation are hashed under the newest key already.
    private func moveClaims(_ claims: @escaping ClaimsOfEvent, _ progress: MaintenanceProgress.Report) async throws {
        let head = head
        var position = 0
        while position < head {
            try Task.checkCancellation()
            // Opening what is sealed takes long: not on a thread that requests share.
            let (renewed, last) = try await LongWork.run("maintenance") { [position] _ in
                let batch = try self.events(after: position, limit: 500)
                let renewed = try batch.flatMap { event -> [ClaimWithHolder] in
                    guard let owner = event.owner, case .open = event.content else { return [] }
                    return try claims(event).map { ClaimWithHolder(claim: $0, holder: owner) }
                }
                return (renewed, batch.last?.position)
            }
            guard let last else { return }
            if !renewed.isEmpty { try await writer.moveClaims(renewed) }
            position = last
            progress(MaintenanceProgress(step: "hashing claims", done: min(position, head), total: head))
        }
    }
}

/// The epoch is the newest, or still wraps keys.
package struct EpochInUse: Error, Hashable, CustomStringConvertible {
    package let epoch: Int
    package var description: String { "key epoch \(epoch) is in use; finish 'mikroforetag keys rotate' first" }
}

extension WriterSession {
    /// Moves claims to the newest hash key in one transaction, between appends.
    func moveClaims(_ claims: [ClaimWithHolder]) throws {
        try connection.statement("BEGIN IMMEDIATE").execute()
        do {
            let rows = ClaimRows(connection)
            for known in claims {
                for spelling in known.claim.spellings {
                    let hashes = keyring.hashes(of: spelling)
                    try rows.move(spelling, of: known.holder, from: Array(hashes.dropFirst()), to: hashes[0])
                }
            }
            try connection.statement("COMMIT").execute()
        } catch {
            try? connection.statement("ROLLBACK").execute()
            throw error
        }
    }
}
