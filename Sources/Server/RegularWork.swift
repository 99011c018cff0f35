import Accounts
import Events
import Foundation
import Logging
import ServiceLifecycle

/// What a running site does by itself every hour: signs a checkpoint, and forgets sessions and tokens that have run out.
struct RegularWork: Service {
    let community: Community
    let site: Site
    let signIns: SignInRecords

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await work()
                // Woken early only to stop.
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }

    private func work() async {
        do {
            _ = try await community.log.checkpoint()
            try await signIns.expireSessions(of: site.sessions, at: community.clock.now(), in: community.accounts)
            try OneTimeTokens(store: site.runtime).prune(at: community.clock.now())
            try await community.accounts.bringVersionsIntoForce()
        } catch {
            site.logger.error("regular work failed", metadata: ["kind": "\(type(of: error))"])
        }
    }
}
