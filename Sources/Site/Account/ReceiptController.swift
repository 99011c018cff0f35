import Accounts
import Events
import Foundation
import Hummingbird
import Processes
import SiteMap
import Web

/// `/kvitto/{token}`: the outcome of an erasure, for a reader who was given the link before it.
struct ReceiptController: Sendable {
    let application: Application

    func add(to routes: inout Routes) {
        routes.get(.receipt) { _, context in try await receipt(context) }
    }

    private func receipt(_ context: SiteContext) async throws -> Response {
        let log = application.log
        guard let token = try SecretToken(context.place("token")),
            let fenced = try log.erasure(withReceipt: token.receipt)
        else { return context.page(ReceiptNotReadyPage(), status: .notFound) }
        guard let completion = fenced.completion else {
            return context.page(ErasureUnderWayPage(fenced: fenced.time))
        }
        guard let proof = try await log.proof(ofEventAt: fenced.position),
            let leaf = try log.leafInput(ofEventAt: fenced.position)
        else { throw PageError.unavailable }
        return context.page(
            ReceiptPage(
                position: fenced.position, fenced: fenced.time, completion: completion, proof: proof,
                leafHash: TreeHashing.leaf(leaf), key: log.verifierKey,
                lastBackup: try lastBackup(from: completion.time, judgedAt: context.now)))
    }

    /// The expiry of the last backup in the log made before the erasure; without one, the policy's limit, which also covers copies made
    /// another way.
    private func lastBackup(from completed: Instant, judgedAt now: Instant) throws -> Instant? {
        let policies = try application.accounts.policies()
        let known = try application.log.lastBackupExpiry(ofErasedAt: completed) { begun in
            policies.deadline(from: begun, judgedAt: now, \.backup) ?? begun
        }
        return known ?? policies.deadline(from: completed, judgedAt: now, \.backup)
    }
}

extension SecretToken {
    /// The hash of the receipt's token, as the fence of the erasure stores it.
    var receipt: TextHash { TextHash(of: description) }
}
