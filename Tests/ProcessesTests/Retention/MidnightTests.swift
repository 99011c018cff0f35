import Accounts
import Events
import Foundation
import Projections
import Testing
import Testkit

@testable import Processes
@testable import Site
@testable import SiteTestkit

/// Retention and the coming into force of versions run as services of their own, as in `serve`; one of them is held open.
@Suite(.clause("P-00.1"), .clause("P-16.3")) struct `Retention and midnight` {
    /// A site with a closed account and a version that is in force from the day on which the account is due for erasure.
    private func prepared(_ site: LeavingSite) async throws -> MemberID {
        let moa = try await site.join(.moa)
        let id = try site.id("moa")
        try await site.leave(moa)
        let due = site.time.now.adding(Period(years: 1))
        let example = try WrittenVersion(folder: PolicyStory.folder("policies", "2028-03-01"))
        let rules = example.rules.replacing("2028-03-01", with: due.stockholmDate.description)
        let draft = try site.application.accounts.read(WrittenVersion(.policy, text: example.text, rules: rules))
        try await site.application.accounts.publish(draft, by: .operator, command: site.command())
        try await site.time.advance(by: Period(years: 1), reminding: [id], by: site.application.accounts)
        await site.waitForViews()
        return id
    }

    /// Waits for an event of a type, without a limit: the test's own limit ends it.
    private func wait(for type: String, after head: Int, _ site: LeavingSite) async throws {
        for await _ in site.application.log.heads() where try site.events(after: head).contains(type) { return }
    }

    @Test(.timeLimit(.minutes(2))) func `a version comes into force while a retention run is held open`() async throws {
        try await LeavingSite.visited { site async throws in
            let id = try await prepared(site)
            let (head, gate) = (site.accounts.head, Gate())
            let confirmation = ErasureConfirmation { _ in { await gate.passWithoutBlocking() } }
            let jobs = HourlyJobs(
                application: site.application,
                retention: site.application.retention(of: site.accounts.site, confirmation: confirmation),
                logger: site.accounts.site.logger)
            let retention = Task { try await jobs.run() }
            await gate.waitForSomebody()
            let versions = Task {
                try await VersionWorker(application: site.application, logger: site.accounts.site.logger).run()
            }
            try await wait(for: "accounts.policy-in-force", after: head, site)
            guard case .purged = try site.application.accounts.member(id) else {
                Issue.record("the run is not held open after the erasure")
                return
            }
            gate.open()
            retention.cancel()
            versions.cancel()
            _ = try await (retention.value, versions.value)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `a retention run erases while the views are rebuilt for a version`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let id = try await prepared(site)
            let (head, gate) = (site.accounts.head, Gate())
            let versions = Task {
                try await VersionWorker(
                    application: site.application, logger: site.accounts.site.logger, progress: { _ in gate.pass() }
                ).run()
            }
            await gate.waitForSomebody()
            #expect(try site.events(after: head) == ["accounts.policy-in-force"])
            let generation = site.application.views.version.generation
            let jobs = HourlyJobs(application: site.application, site: site.accounts.site)
            let retention = Task { try await jobs.run() }
            try await wait(for: "accounts.purged", after: head, site)
            #expect(site.application.views.version.generation == generation)
            guard case .purged = try site.application.accounts.member(id) else {
                Issue.record("not purged")
                return
            }
            gate.open()
            retention.cancel()
            versions.cancel()
            _ = try await (retention.value, versions.value)
        }
    }
}
