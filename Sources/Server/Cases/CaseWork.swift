import Accounts
import Events
import Foundation
import Logging
import Messaging
import Projections
import ServiceLifecycle

/// What a running site does about cases by itself: reads the mail that has come, says which questions have waited for long, and closes
/// what has been quiet.
struct CaseWork: Service {
    let community: Community
    let mail: IncomingMailDesk
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await work()
                // Woken early only to stop.
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    func work() async {
        await mail.work()
        do {
            _ = await community.views.reach(community.log.head)
            try await warn()
            try await closeQuiet()
        } catch {
            logger.error("cases are not seen to", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Once for each step of the policy (P-18.2): the log says which have been.
    private func warn() async throws {
        let now = community.clock.now()
        let policies = try community.accounts.policies()
        for entry in try community.views.read({ try CaseList.asked(before: now, in: $0) }) {
            guard let asked = entry.askedAt else { continue }
            let rules = try policies.caseRules(from: asked, judgedAt: now)
            guard CaseClock.warningsDue(entry.matter, askedAt: asked, at: now, rules) > entry.warnings else { continue }
            _ = try await community.messaging.warn(of: entry.id, rules)
        }
    }

    private func closeQuiet() async throws {
        let end = community.clock.now().subtracting(Messaging.quietCasesCloseAfter)
        for id in try community.views.read({ try CaseList.answered(before: end, in: $0) }) {
            _ = try await community.messaging.closeQuiet(id)
        }
    }
}
