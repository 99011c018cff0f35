import Accounts
package import Projections

extension Application {
    /// Brings every version into force whose day has begun, and rebuilds the views if it changes what is visible of members.
    package func bringVersionsIntoForce(progress: @escaping ProgressReport = { _ in }) async throws {
        try await accounts.bringVersionsIntoForce()
        try await views.followRules(progress: progress)
    }
}
