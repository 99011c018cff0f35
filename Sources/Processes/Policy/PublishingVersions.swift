package import Accounts
package import Events
package import Projections



/// Publishes a version, and where it takes effect at once builds the views that it changes.
package struct PublishingVersions: Sendable {
    package enum Outcome: String, Sendable {
        case inForce = "in-force"
        case announced
        case alreadyPublished = "already-published"
    }

    package let community: Community

    package init(community: Community) {
        self.community = community
    }

    package func publish(
        _ draft: VersionDraft, by actor: Actor, command: CommandID, progress: @escaping ProgressReport = { _ in }
    ) async throws -> Outcome {
        guard try !isPublished(draft) else { return .alreadyPublished }
        try await community.accounts.publish(draft, by: actor, command: command)
        try await community.bringVersionsIntoForce(progress: progress)
        await community.settle()
        return draft.version.startInStockholm <= community.clock.now() ? .inForce : .announced
    }

    private func isPublished(_ draft: VersionDraft) throws -> Bool {
        switch draft {
        case .policy(let document): try community.accounts.policies().version(document.version) == document
        case .terms(let document): try community.accounts.terms().version(document.version) == document
        }
    }
}
