package import Accounts
package import Events
package import Projections

/// Publishes a version; if it takes effect at once, rebuilds the views that it changes.
package struct PublishingVersions: Sendable {
    package enum Outcome: String, Sendable {
        case inForce = "in-force"
        case announced
        case alreadyPublished = "already-published"
    }

    package let application: Application

    package init(application: Application) {
        self.application = application
    }

    package func publish(
        _ draft: VersionDraft, by actor: Actor, command: CommandID, progress: @escaping ProgressReport = { _ in }
    ) async throws -> Outcome {
        guard try !isPublished(draft) else { return .alreadyPublished }
        try await application.accounts.publish(draft, by: actor, command: command)
        try await application.bringVersionsIntoForce(progress: progress)
        await application.waitForViews()
        return draft.version.startInStockholm <= application.clock.now() ? .inForce : .announced
    }

    private func isPublished(_ draft: VersionDraft) throws -> Bool {
        switch draft {
        case .policy(let document): try application.accounts.policies().version(document.version) == document
        case .terms(let document): try application.accounts.terms().version(document.version) == document
        }
    }
}
