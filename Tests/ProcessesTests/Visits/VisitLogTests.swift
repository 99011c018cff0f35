import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-05.1")) struct `The visit log` {
    @Test func `keeps exactly the fields that the policy in force names`() throws {
        let all = try LoggedVisits()
        let fewer = try LoggedVisits(rules: [
            #"["time","visit","member","page","status","referrer","device","ipAddress"]"#:
                #"["time","status"]"#
        ])
        for visits in [all, fewer] { visits.visit { $0.referrer = "https://example.com/x" } }
        let row = try #require(try all.rows().first)
        #expect(row.page == "/" && row.status == 200 && row.referrer == "https://example.com")
        #expect(row.device == "computer" && row.browser == "firefox" && row.address == "192.0.2.0/24")
        #expect(row.visit != nil && row.member == nil)
        let time = Int(fewer.time.now.milliseconds)
        #expect(
            try fewer.rows() == [
                VisitRow(
                    time: time, visit: nil, member: nil, page: nil, pageID: nil, status: 200, referrer: nil,
                    device: nil,
                    browser: nil, address: nil)
            ])
    }

    @Test func `keeps nothing when the policy leaves out the time, by which it is pruned`() throws {
        let visits = try LoggedVisits(rules: [#"["time","visit","#: #"["visit","#])
        visits.visit()
        #expect(try visits.rows().isEmpty)
    }

    @Test func `cuts visitors' addresses as the policy says, and keeps those of members whole`() throws {
        let visits = try LoggedVisits(rules: [#""ipv4":24"#: #""ipv4":16"#])
        visits.visit()
        visits.visit(by: KitSite.karin)
        #expect(try visits.rows().map(\.address) == ["192.0.0.0/16", "192.0.2.77"])
    }

    @Test func `judges each of the requests that are written together by the policy of its moment`() throws {
        let visits = try LoggedVisits()
        let dawn = try #require(CalendarDate("2027-01-01")).startInStockholm
        try visits.publish("2027-01-01", replacing: [#""ipv4":24"#: #""ipv4":16"#])
        for time in [dawn.advanced(seconds: -1), dawn, dawn.advanced(seconds: -1)] {
            visits.visit(at: time)
        }
        #expect(try visits.rows().map(\.address) == ["192.0.2.0/24", "192.0.0.0/16", "192.0.2.0/24"])
    }

    @Test func `tells the devices of requests that are written together apart`() throws {
        let visits = try LoggedVisits()
        for agent in [firefox, "curl/8", firefox] { visits.visit(agent: agent) }
        #expect(try visits.rows().map(\.device) == ["computer", "robot", "computer"])
    }

    @Test func `is for nobody else to read, and never holds what the browser said`() throws {
        let visits = try LoggedVisits()
        visits.visit { request in
            request.route = .confirm
            request.path = "/bekrafta/hemligt"
            request.referrer = "https://anna:losen@example.com/anna?q=19121212-1212"
        }
        try visits.log.flush()
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: visits.log.path + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        let bytes = visits.bytes()
        #expect(bytes.contains("/bekrafta/{token}") && bytes.contains("https://example.com"))
        for secret in ["hemligt", "anna", "losen", "1212", "Mozilla", "192.0.2.77"] { #expect(!bytes.contains(secret)) }
    }

    @Test func `loses what it has no room for, and counts it, instead of making anybody wait`() throws {
        let visits = try LoggedVisits(capacity: 3)
        for _ in 0..<5 { visits.visit() }
        #expect(visits.log.dropped == 2)
        #expect(try visits.rows().count == 3)
        visits.visit()
        #expect(try visits.rows().count == 4 && visits.log.dropped == 2)
    }

    @Test func `is pruned after the time that the policy says`() throws {
        let visits = try LoggedVisits()
        visits.visit()
        visits.time.advance(seconds: 1)
        visits.visit()
        visits.time.advance(by: Period(days: 90))
        try visits.log.flush()
        try visits.log.prune(at: visits.time.now.advanced(seconds: -1))
        #expect(try visits.log.count() == 2)
        try visits.log.prune(at: visits.time.now)
        #expect(try visits.log.count() == 1)
        #expect(try visits.log.oldest() == .testStart.advanced(seconds: 1))
        try visits.log.prune(at: visits.time.now.advanced(seconds: 1))
        #expect(try visits.log.oldest() == nil)
    }

    @Test func `a later policy shortens the time of what is there already, but never lengthens it`() throws {
        for (days, isGone) in [("P30D", true), ("P365D", false)] {
            let visits = try LoggedVisits()
            visits.visit()
            try visits.publish("2026-03-12", replacing: [#""visitLog":"P90D""#: #""visitLog":"\#(days)""#])
            try visits.log.flush()
            try visits.log.prune(at: .testStart.adding(Period(days: 31)))
            #expect(try visits.log.count() == (isGone ? 0 : 1))
            try visits.log.prune(at: .testStart.adding(Period(days: 91)))
            #expect(try visits.log.count() == 0)
        }
    }

    @Test func `a clock that is put back prunes nothing early, and nothing stays for having been dated ahead`() throws {
        let visits = try LoggedVisits()
        visits.visit()
        visits.time.advance(by: Period(days: 1000))
        visits.visit()
        visits.time.advance(by: Period(days: -1000))
        visits.visit()
        try visits.log.flush()
        try visits.log.prune(at: visits.time.now)
        #expect(try visits.log.count() == 3)
        try visits.log.prune(at: visits.time.now.adding(Period(days: -10)))
        #expect(try visits.log.count() == 3)
        try visits.log.prune(at: visits.time.now.adding(Period(days: 91)))
        #expect(try visits.log.count() == 0)
    }

    @Test func `what was pruned is in none of the files any more`() throws {
        let visits = try LoggedVisits()
        visits.visit(by: KitSite.karin)
        try visits.log.flush()
        #expect(visits.bytes().contains("192.0.2.77"))
        try visits.log.prune(before: visits.time.now.advanced(seconds: 1), at: visits.time.now)
        #expect(!visits.bytes().contains("192.0.2.77") && !visits.bytes().contains(KitSite.karin.description))
    }
}

@Suite(.clause("P-05.2")) struct `The number of a visit` {
    @Test func `is the same for a visitor's whole day, and another tomorrow`() throws {
        let visits = try LoggedVisits()
        visits.visit()
        visits.time.advance(seconds: 3600)
        visits.visit(from: "192.0.2.1")
        visits.time.advance(by: Period(days: 1))
        visits.visit()
        visits.time.advance(by: Period(days: -1))
        visits.visit()
        let numbers = try visits.rows().map(\.visit)
        #expect(numbers[0] == numbers[1])
        #expect(Set(numbers).count == 3, "the day before does not come back either")
    }

    @Test func `differs by network and device, and from one run of the site to the next`() throws {
        let (visits, again) = (try LoggedVisits(), try LoggedVisits())
        visits.visit()
        visits.visit(from: "198.51.100.7")
        visits.visit(agent: "Mozilla/5.0 (iPhone) Safari/604.1")
        again.visit()
        #expect(Set(try (visits.rows() + again.rows()).map(\.visit)).count == 4)
    }

    @Test func `changes with signing in or out, and that request belongs to neither visit`() throws {
        let visits = try LoggedVisits()
        visits.visit()
        visits.visit { $0.changesSession = true }
        visits.visit()
        let numbers = try visits.rows().map(\.visit)
        #expect(Set(numbers).count == 3)
    }

    @Test func `is forgotten for everybody rather than remembered for too many`() {
        var numbers = VisitorNumbers()
        let device = VisitDevice(userAgent: nil)
        let before = numbers.number(of: "a", device, at: .testStart)
        for number in 0...10_000 { numbers.renew("\(number)", device, at: .testStart) }
        #expect(numbers.number(of: "a", device, at: .testStart) != before)
    }
}

@Suite(.clause("P-16.5")) struct `Unlinking a member's visits` {
    @Test func `takes member, address and the visit's number out of every row, and out of the files`() throws {
        let visits = try LoggedVisits()
        let visit = VisitID(rawValue: 77)
        for _ in 0..<2 { visits.visit(by: KitSite.karin, in: visit) }
        visits.time.advance(by: Period(days: 1))
        visits.visit(by: KitSite.karin, in: visit)
        visits.visit(by: KitSite.eva, in: VisitID(rawValue: 78))
        #expect(try visits.log.visits(of: KitSite.karin).count == 3)
        #expect(try visits.log.visits(of: KitSite.karin).first?.value(of: .ipAddress) == "192.0.2.77")
        #expect(try visits.log.forget(KitSite.karin))
        #expect(try visits.log.visits(of: KitSite.karin).isEmpty)
        #expect(try visits.log.visits(of: KitSite.eva).count == 1)
        let rows = try visits.rows()
        #expect(rows.prefix(3).allSatisfy { $0.member == nil && $0.address == nil && $0.visit != visit.description })
        #expect(rows[0].visit == rows[1].visit && rows[1].visit != rows[2].visit)
        let bytes = visits.bytes()
        #expect(!bytes.contains(KitSite.karin.description) && !bytes.contains(visit.description))
    }

    @Test func `holds for the answer that was under way, as that to closing the account`() throws {
        let visits = try LoggedVisits()
        visits.visit(by: KitSite.karin, in: VisitID(rawValue: 77))
        try visits.log.forget(KitSite.karin)
        visits.visit(by: KitSite.karin, in: VisitID(rawValue: 77))
        let rows = try visits.rows()
        #expect(rows.allSatisfy { $0.member == nil } && rows[0].visit != rows[1].visit)
        #expect(rows[1].address == "192.0.2.0/24")
        // A returning visitor begins a new visit.
        visits.visit(by: KitSite.karin, in: VisitID(rawValue: 79))
        #expect(try visits.log.visits(of: KitSite.karin).count == 1)
    }
}
