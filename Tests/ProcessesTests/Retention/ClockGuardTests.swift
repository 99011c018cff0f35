import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-16.3")) struct `A clock that has just jumped` {
    private static let hour = 3600.0

    /// The verdicts on successive readings, in hours: the wall clock's time and the time really passed.
    private func verdicts(_ times: [(wall: Double, passed: Double)]) -> [Bool] {
        var guardian = ClockGuard()
        return times.map { time in
            guardian.trusts(
                Instant.testStart.advanced(seconds: time.wall * Self.hour), at: .seconds(time.passed * Self.hour))
        }
    }

    @Test(arguments: [9000.0, -9000, 6.01, -6.01])
    func `is believed when it has kept still for a day`(jump: Double) {
        let times = [(0, 0), (1, 1), (2 + jump, 2), (3 + jump, 3), (25.9 + jump, 25.9), (26 + jump, 26)]
        #expect(verdicts(times) == [true, true, false, false, false, true])
    }

    @Test func `that jumps back again is distrusted for a day more`() {
        #expect(
            verdicts([(0, 0), (900, 1), (10, 10), (25, 25), (33.9, 33.9), (34, 34)])
                == [true, false, false, false, false, true])
    }

    @Test func `is none that was put right by a few hours, nor one of a machine that slept`() {
        #expect(!verdicts([(0, 0), (7, 1), (2, 2), (800, 800), (1600, 1600)]).contains(false))
    }

    @Test func `erases nobody; an administrator who has looked at it need not wait`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            _ = try await site.browser.register(.nils)
            await site.waitForViews()
            let work = HourlyJobs(application: site.application, site: site.accounts.site)
            var guardian = ClockGuard()
            func hour(_ passed: Double) async -> [String] {
                let head = site.accounts.head
                await work.work(isTimeTrusted: guardian.trusts(site.time.now, at: .seconds(passed * Self.hour)))
                return (try? site.events(after: head)) ?? ["?"]
            }
            let right = site.time.now
            #expect(await hour(0) == [])
            site.time.advance(by: try #require(Period("P5Y")))
            #expect(await hour(1) == [])
            #expect(try site.application.accounts.member(id).closing != nil)
            // The clock is corrected: everything is still there, and the account can be restored.
            site.time.set(right.advanced(seconds: 2 * Self.hour))
            #expect(await hour(2) == [])
            try await site.application.accounts.restore(id, by: .operator, command: site.command())
            try await site.application.accounts.closeOnRequest(
                of: id, erasing: [], by: .operator, command: site.command())
            await site.waitForViews()
            // This time the earlier clock was the wrong one: the new time is trusted after a day, or at once by command.
            site.time.advance(by: try #require(Period("P5Y")))
            #expect(await hour(3) == [])
            #expect(try await site.run().done == [.unconfirmedSignUp: 1, .purgeNotice: 1])
            site.time.advance(by: Period(days: 30))
            #expect(try await site.run().done == [.closedAccount: 1])
            guard case .purged = try site.application.accounts.member(id) else {
                Issue.record("not purged")
                return
            }
        }
    }

    @Test func `brings no version into force`() async throws {
        try await LeavingSite.visited { site async throws in
            let first = try PolicyDocument.first()
            let next = try PolicyDocument(
                text: first.text.markdown,
                rules: first.rules.json.replacing("\"version\":\"2019-08-18\"", with: "\"version\":\"2027-01-01\""),
                directory: "test/")
            try await site.application.accounts.publish(next, by: .operator, command: site.command())
            site.time.advance(by: try #require(Period("P1Y")))
            let versions = VersionWorker(application: site.application, logger: site.accounts.site.logger)
            let head = site.accounts.head
            await versions.work(isTimeTrusted: false)
            #expect(try site.events(after: head) == [])
            await versions.work(isTimeTrusted: true)
            #expect(try site.events(after: head) == ["accounts.policy-in-force"])
        }
    }
}
