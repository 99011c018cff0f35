import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Projections

@Suite struct `Conformance month by month` {
    private let anna = WrittenLog.anna

    private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test func `a breach counts in the month in which it was made`() throws {
        var log = try WrittenLog()
        log.time = try instant("2026-04-10T12:00:00Z")
        log.close(anna)
        log.signIn(anna, 10)
        let (first, last) = (log.last, log.last + 2)
        log.wait("P1D")
        log.about(WrittenLog.astrid, .consent(.withdrawn(.visibleName)))
        log.signIn(anna, 11)
        let months = try log.months("2026-04-01T00:00:00+02:00", "2026-06-30T12:00:00Z")
        #expect(months.map(\.name) == ["2026-04", "2026-05", "2026-06"])
        #expect(
            months.map { $0.conformance.outcomes[.onlyMembersSignIn]?.violations?.span } == [first...last, nil, nil])
        #expect(months.map { $0.conformance.verdict(on: .closing).kind } == [.broken, .notChecked, .notChecked])
        #expect(months[0].conformance.reports.first { $0.clause == .closing }?.span == first...last)
    }

    @Test func `what is overdue counts in every month at whose end it still is`() throws {
        var log = try WrittenLog()
        log.time = try instant("2026-04-10T12:00:00Z")
        log.signIn(anna, 10)
        // Erased on 20 December, two months late.
        log.time = try instant("2026-12-20T12:00:00Z")
        log.erase(.subjects([Subject(.signIn, MemberID(rawValue: 10))]))
        let months = try log.months("2026-09-01T00:00:00+02:00", "2027-01-31T12:00:00+01:00")
        let late = months.filter { $0.conformance.outcomes[.signInDetailsGo]?.violations != nil }
        #expect(late.map(\.name) == ["2026-10", "2026-11"])
    }

    @Test func `what files held is known by one verdict for each day`() throws {
        var log = try WrittenLog()
        func judge(_ day: String, broken: InvariantName? = nil) throws {
            log.time = try instant("\(day)T05:00:00Z")
            let held = InvariantName.allCases.filter { $0.evidence == .visits && $0 != broken }.map(\.code)
            let verdict = FilesJudged(head: log.last, held: held, broken: [broken?.code].compactMap(\.self))
            log.add(verdict.encoded(), in: FilesJudged.stream, by: .system)
        }
        for day in 1...30 { try judge("2026-04-\(day < 10 ? "0" : "")\(day)") }
        for day in 1...30 where day != 17 { try judge("2026-05-\(day < 10 ? "0" : "")\(day)") }
        try judge("2026-06-01", broken: .visitorsAreTruncated)
        let breach = log.last
        let months = try log.months("2026-03-01T00:00:00+01:00", "2026-06-01T12:00:00Z")
        let verdicts = months.map { $0.conformance.verdict(on: .visitLog) }
        #expect(
            verdicts == [
                .notChecked([.daysWithoutVerdict(31)]), .proved, .notChecked([.daysWithoutVerdict(2)]), .broken,
            ])
        #expect(months.last?.conformance.outcomes[.visitorsAreTruncated]?.violations?.span == breach...breach)
        #expect(months.last?.conformance.outcomes[.visitsGo]?.violations == nil)
    }

    @Test func `the verdict on files is written byte for byte as its fixture`() throws {
        let codes = ["names-have-one-holder", "shown-only-with-consent"].compactMap(CheckCode.init)
        let verdict = FilesJudged(head: 4711, held: codes, broken: [InvariantName.visitsGo.code])
        let fixture = try EventFixture(verdict.encoded().type)
        #expect(fixture.clear == verdict.encoded().clear.bytes)
        var log = try WrittenLog()
        log.add(verdict.encoded(), in: FilesJudged.stream, by: .system)
        #expect(try FilesJudged(try #require(log.events.last)) == verdict)
        #expect(try EventFixture.all(of: "conformance.").count == 1)
        for check in InvariantName.allCases { #expect(CheckCode(rawValue: check.rawValue) == check.code) }
    }
}

extension WrittenLog {
    fileprivate func months(_ from: String, _ to: String) throws -> [MonthlyConformance] {
        let (start, end) = (try #require(Instant(from)), try #require(Instant(to)))
        let period = start...end
        return try ConformanceAudit(over: events).months(of: period, at: period.upperBound)
    }
}
