import Accounts
package import Events

/// What can be said of a completed erasure, without personal data: the fence, its proof, and what is gone.
package struct ErasureReceipt: Sendable {
    package let position: Int
    package let fenced: Instant
    package let completion: FencedErasure.Completion
    package let proof: EventProof
    package let leafHash: TreeHash
    package let key: VerifierKey
    /// When the last backup made before the erasure expires; nil while no policy says.
    package let lastBackup: Instant?
}

extension Application {
    /// Nil until the erasure is complete.
    package func receipt(of fenced: FencedErasure, at now: Instant) async throws -> ErasureReceipt? {
        guard let completion = fenced.completion, let proof = try await log.proof(ofEventAt: fenced.position),
            let leaf = try log.leafInput(ofEventAt: fenced.position)
        else { return nil }
        return ErasureReceipt(
            position: fenced.position, fenced: fenced.time, completion: completion, proof: proof,
            leafHash: TreeHashing.leaf(leaf), key: log.verifierKey,
            lastBackup: try lastBackup(from: completion.time, judgedAt: now))
    }

    /// The expiry of the last backup in the log made before the erasure; without one, the policy's limit, which also covers copies made
    /// another way.
    private func lastBackup(from completed: Instant, judgedAt now: Instant) throws -> Instant? {
        let policies = try accounts.policies()
        let known = try log.lastBackupExpiry(ofErasedAt: completed) { begun in
            policies.deadline(from: begun, judgedAt: now, \.backup) ?? begun
        }
        return known ?? policies.deadline(from: completed, judgedAt: now, \.backup)
    }
}

extension SecretToken {
    /// The hash of the receipt's token, as the fence of the erasure stores it.
    package var receipt: TextHash { TextHash(of: description) }
}
