import Events
import Foundation
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Relative times` {
    @Test(arguments: [
        ("2026-03-12T13:05:00Z", "2026-03-12T13:05:20Z", "nyss"),
        ("2026-03-12T13:05:30Z", "2026-03-12T13:05:00Z", "nyss"),
        ("2026-03-12T13:05:00Z", "2026-03-12T13:06:59Z", "för en minut sedan"),
        ("2026-03-12T13:05:00Z", "2026-03-12T13:08:00Z", "för tre minuter sedan"),
        ("2026-03-12T13:05:00Z", "2026-03-12T14:05:00Z", "för en timme sedan"),
        ("2026-03-12T08:05:00Z", "2026-03-12T14:05:00Z", "för sex timmar sedan"),
        ("2026-03-12T13:05:00Z", "2026-03-13T13:04:00Z", "i går 14.05"),
        ("2026-03-12T22:59:00Z", "2026-03-12T23:01:00Z", "för två minuter sedan"),
        ("2026-03-12T13:05:00Z", "2026-03-14T13:04:00Z", "12 mars"),
        ("2026-03-12T13:05:00Z", "2027-01-01T13:04:00Z", "12 mars 2026"),
        ("2026-07-31T22:30:00Z", "2026-08-15T13:04:00Z", "1 augusti"),
        ("2026-12-31T23:30:00Z", "2027-06-01T13:04:00Z", "1 januari"),
        ("2026-03-28T23:30:00Z", "2026-03-29T22:30:00Z", "i går 00.30"),
        ("2026-03-20T13:05:00Z", "2026-03-12T13:05:00Z", "20 mars 2026 kl. 14.05"),
    ])
    func `a moment is told as a Swede would`(moment: String, now: String, words: String) throws {
        let told = RelativeTime(try #require(Instant(moment)), now: try #require(Instant(now)))
        #expect(told.words == words)
    }

    @Test func `the clock agrees with the calendar through summer time, leap days and centuries`() throws {
        let formatter = DateFormatter()
        formatter.calendar = .stockholm
        formatter.timeZone = Calendar.stockholm.timeZone
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd HH.mm"
        for step in 0..<4000 {
            let moment = Instant(milliseconds: Int64(step) * 977_777_777 - 60_000_000_000)
            let clock = StockholmClock(moment)
            #expect("\(try #require(clock.date)) \(clock.time)" == formatter.string(from: moment.date))
            #expect(moment.machineReadable == moment.date.formatted(.iso8601))
        }
    }
}
