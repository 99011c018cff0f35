import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-00.1"), .clause("P-11.2")) struct `A version that takes effect` {
    private func draft(_ version: String, _ site: LeavingSite) throws -> VersionDraft {
        let example = try WrittenVersion(folder: PolicyStory.folder("policies", "2028-03-01"))
        let rules = example.rules.replacing("2028-03-01", with: version)
        return try site.application.accounts.read(WrittenVersion(.policy, text: example.text, rules: rules))
    }

    private func show(_ username: String, _ site: LeavingSite) async throws {
        try await site.application.accounts.answer(
            AnswerConsent(.visibleAgeAndSex, isYes: true, wording: TextHash(of: "test")), of: site.id(username),
            command: site.command())
        await site.waitForViews()
    }

    @Test func `hides a field at the moment its day begins, before anything else has happened`() async throws {
        try await LeavingSite.visited { site async throws in
            let (moa, nils) = (try await site.join(.moa), try await site.join(.nils))
            try await show("moa", site)
            try await site.application.accounts.publish(
                draft("2026-03-12", site), by: .operator, command: site.command())
            let (profile, head) = ("/medlem/\(try site.id("moa"))", site.accounts.head)
            let midnight = try #require(Instant("2026-03-12T00:00:00+01:00"))
            site.time.set(midnight.advanced(seconds: -1))
            #expect(try await nils.get(profile).contains("<dt>Ålder</dt>"))
            site.time.set(midnight)
            try await accept(nils, version: "2026-03-12")
            let hidden = try await nils.get(profile)
            #expect(!hidden.contains("<dt>Ålder</dt>"), "although no row is changed yet")
            #expect(try site.events(after: head).allSatisfy { !$0.contains("in-force") })
            // The switch is gone, and a forged request for it is refused too.
            try await accept(moa, version: "2026-03-12")
            let settings = try await moa.get("/installningar")
            #expect(!settings.contains("Din ålder och ditt kön") && settings.contains("Ditt namn"))
            #expect(settings.contains("Ta tillbaka"), "the yes of before is still hers to take back")
            let refused = try await nils.post(
                "/installningar/samtycke", ["samtycke": "visible-age-and-sex", "svar": "ja"])
            #expect(refused.status == 403)
        }
    }

    private func accept(_ browser: Browser, version: String) async throws {
        _ = try await browser.get("/godkann")
        let answer = try await browser.post(
            "/godkann", ["policy": "ja", "terms": "ja", "policy-version": version, "terms-version": "2019-08-18"])
        #expect(answer.location == "/")
    }

    @Test func `is waited for to the second, and looked for again in between`() async throws {
        try await LeavingSite.visited { site async throws in
            let work = VersionWorker(application: site.application, logger: site.accounts.site.logger)
            #expect(work.pause(at: site.time.now) == .seconds(20))
            try await site.application.accounts.publish(
                draft("2026-03-12", site), by: .operator, command: site.command())
            let midnight = try #require(Instant("2026-03-12T00:00:00+01:00"))
            #expect(work.pause(at: midnight.advanced(seconds: -3600)) == .seconds(20))
            #expect(work.pause(at: midnight.advanced(seconds: -1.5)) == .milliseconds(1500))
            #expect(work.pause(at: midnight) == .seconds(20))
        }
    }

    @Test func `builds the views anew once, and only when it shows something else`() async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            try await show("moa", site)
            let first = site.application.views.version.generation
            let publishing = PublishingVersions(application: site.application)
            let today = try draft("2026-03-10", site)
            #expect(try await publishing.publish(today, by: .operator, command: site.command()) == .inForce)
            let second = site.application.views.version.generation
            #expect(second > first)
            #expect(try await publishing.publish(today, by: .operator, command: site.command()) == .alreadyPublished)
            try await site.application.bringVersionsIntoForce()
            #expect(site.application.views.version.generation == second)
        }
    }

    @Test func `is previewed without hindering an erasure`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            let id = try site.id("moa")
            // The account is purged in the middle of the rebuild.
            let erased = Guarded(false)
            let preview = try await site.application.preview(
                draft("2026-03-12", site), site.application.retention(confirmation: .none)
            ) { _ in
                guard !erased.value else { return }
                erased.update { $0 = true }
                let generations = try? site.application.views.forgetErased(through: site.application.log.head)
                #expect(generations == nil, "not certain yet")
            }
            #expect(erased.value && preview.members == 0)
            #expect(try await site.application.accounts.purge(id, ordered: .requested, by: .operator))
            await site.waitForViews()
            #expect(
                try site.application.views.forgetErased(through: site.application.log.head) == 1, "the draft's are gone"
            )
        }
    }
}
