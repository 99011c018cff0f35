import Accounts
import Events
import Foundation
import Logging
import ServiceLifecycle

/// What a running site does by itself every hour: signs a checkpoint, and ends the holding of everything whose time is out.
struct RegularWork: Service {
    let community: Community
    let site: Site
    let signIns: SignInRecords

    func run() async throws {
        let start = ContinuousClock.now
        await cancelWhenGracefulShutdown {
            var guardian = ClockGuard()
            while !Task.isCancelled {
                await work(isTimeTrusted: guardian.trusts(community.clock.now(), at: start.duration(to: .now)))
                // Woken early only to stop.
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }

    func work(isTimeTrusted: Bool) async {
        do {
            _ = try await community.log.checkpoint()
            try await signIns.expireSessions(of: site.sessions, at: community.clock.now(), in: community.accounts)
            try OneTimeTokens(store: site.runtime).prune(at: community.clock.now())
            try await community.accounts.bringVersionsIntoForce()
            guard isTimeTrusted else {
                return site.logger.warning(
                    "the machine's clock has jumped; nothing is erased until it has kept still for a day")
            }
            try site.visits?.prune(at: community.clock.now())
            try await KeyEpochs(community: community).work()
            let done = try await community.retention.run()
            if !done.isEmpty {
                let counts = done.map { ("\($0.key.rawValue)", Logger.MetadataValue.stringConvertible($0.value)) }
                site.logger.info("time was out", metadata: Logger.Metadata(uniqueKeysWithValues: counts))
            }
        } catch {
            site.logger.error("regular work failed", metadata: ["kind": "\(type(of: error))"])
        }
    }
}
