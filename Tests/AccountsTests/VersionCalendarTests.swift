import Events
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-00.1")) struct `Versions of the policy` {
    let now = Sample.now

    func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test func `of a new site begin with one that is in force at once`() throws {
        let first = try Sample.policy()
        #expect(
            try PublishVersion(first, at: now).decide(given: .initial) == [
                .policyPublished(first), .policyInForce(first.version),
            ])
    }

    @Test func `dated in the future are announced at once and take effect on their date`() throws {
        let next = try Sample.policy("2026-05-01")
        let calendar = try Sample.policies()
        #expect(try PublishVersion(next, at: now).decide(given: calendar) == [.policyPublished(next)])

        var announced = calendar
        announced.evolve(.policyPublished(next))
        #expect(announced.upcoming(at: now) == [next])
        let midnight = try instant("2026-05-01T00:00:00+02:00")
        #expect(announced.inForce(at: midnight.advanced(seconds: -0.001))?.version == CalendarDate("2019-08-18"))
        #expect(announced.inForce(at: midnight) == next)
        #expect(announced.due(at: midnight) == [next])
        announced.evolve(.policyInForce(next.version))
        #expect(announced.due(at: midnight).isEmpty)
    }

    @Test func `are never dated in the past, nor published twice`() throws {
        let calendar = try Sample.policies()
        let past = try Sample.policy("2026-03-09")
        #expect(throws: AccountRefusal.datedInThePast(past.version)) {
            try PublishVersion(past, at: now).decide(given: calendar)
        }
        #expect(try PublishVersion(Sample.policy(), at: now).decide(given: calendar).isEmpty)
        let other = try PolicyDocument(text: "### P-00.1 Annat\n", rules: Sample.policy().rules.json)
        #expect(throws: AccountRefusal.versionExists(other.version)) {
            try PublishVersion(other, at: now).decide(given: calendar)
        }
    }

    @Test func `may shorten a period that was promised, never lengthen it`() throws {
        let shorter = try Sample.policy(
            "2026-03-12", replacing: ["\"unconfirmedSignUp\":\"P7D\"": "\"unconfirmedSignUp\":\"P3D\""])
        let longer = try Sample.policy(
            "2026-03-12", replacing: ["\"unconfirmedSignUp\":\"P7D\"": "\"unconfirmedSignUp\":\"P30D\""])
        let later = now.adding(try #require(Period("P4D")))
        for (document, days) in [(shorter, "P3D"), (longer, "P7D")] {
            var calendar = try Sample.policies()
            calendar.evolve(.policyPublished(document))
            let deadline = calendar.deadline(from: now, judgedAt: later, \.unconfirmedSignUp)
            #expect(deadline == now.adding(try #require(Period(days))))
            #expect(
                calendar.deadline(from: now, judgedAt: now, \.unconfirmedSignUp)
                    == now.adding(try #require(Period("P7D"))))
        }
    }

    @Test func `say from when on what began has outlived its period`() throws {
        let limit = { (calendar: PolicyCalendar, days: Int) in
            calendar.limit(judgedAt: self.now.adding(Period(days: days)), \.unconfirmedSignUp)
        }
        #expect(try limit(Sample.policies(), 7) == now)
        for (period, days, began) in [("P3D", 4, 1), ("P30D", 8, 1), ("P30D", 20, nil), ("P30D", 40, 10)] {
            var calendar = try Sample.policies()
            calendar.evolve(
                .policyPublished(
                    try Sample.policy(
                        "2026-03-12",
                        replacing: ["\"unconfirmedSignUp\":\"P7D\"": "\"unconfirmedSignUp\":\"\(period)\""])))
            let change = try instant("2026-03-12T00:00:00+01:00")
            // What began before the change keeps the shorter time promised then.
            #expect(limit(calendar, days) == began.map { now.adding(Period(days: $0)) } ?? change, "\(period) \(days)")
        }
    }

    @Test func `of the terms are independent of them`() throws {
        let terms: TermsCalendar = .given(
            .termsPublished(try Sample.terms()), .policyPublished(try Sample.policy("2026-05-01")))
        #expect(terms.versions.map(\.version.description) == ["2019-08-18"])
    }
}
