import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A visit log in a temporary directory, under policies that a test may change.
final class LoggedVisits: Sendable {
    let time = TestClock()
    let log: VisitLog
    private let directory: URL
    private let versions: Guarded<PolicyCalendar>

    /// Rows are written only on request.
    init(capacity: Int = 8192, rules: [String: String] = [:]) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "visits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let versions = Guarded(PolicyCalendar.given(.policyPublished(try LoggedVisits.policy(replacing: rules))))
        self.versions = versions
        log = try VisitLog(
            at: directory.appending(path: "visits.sqlite").path, baseURL: try #require(BaseURL("http://localhost")),
            logger: .silent, capacity: capacity,
            pause: .seconds(86_400),
            policies: { versions.value })
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func publish(_ version: String, replacing rules: [String: String]) throws {
        let policy = try LoggedVisits.policy(version, replacing: rules)
        versions.update { $0.evolve(.policyPublished(policy)) }
    }

    /// Records a visit to the start page.
    func visit(
        from address: String = "192.0.2.77", by member: MemberID? = nil, in visit: VisitID = VisitID(rawValue: 1),
        agent: String = firefox, at moment: Instant? = nil, change: (inout VisitingRequest) -> Void = { _ in }
    ) {
        var request = VisitingRequest(time: moment ?? time.now, route: .start)
        request.client = ClientAddress(address) ?? .unknown
        request.userAgent = agent
        request.signedIn = member.map { VisitingRequest.SignedIn(member: $0, visit: visit) }
        change(&request)
        log.note(request)
    }

    func rows() throws -> [VisitRow] { try log.rows() }

    /// The bytes of all files, as a thief of the files would see them.
    func bytes() -> String {
        ["", "-wal"].map { suffix in
            let data = FileManager.default.contents(atPath: log.path + suffix) ?? Data()
            return String(decoding: data, as: UTF8.self)
        }.joined()
    }

    private static func policy(_ version: String = "2019-08-18", replacing rules: [String: String]) throws
        -> PolicyDocument
    {
        let first = try PolicyDocument.first()
        var json = first.rules.json.replacing("2019-08-18", with: version)
        for (old, new) in rules {
            #expect(json.contains(old))
            json = json.replacing(old, with: new)
        }
        return try PolicyDocument(text: first.text.markdown, rules: json)
    }
}

let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

/// A row of the visit log as stored in the file.
struct VisitRow: Hashable, Sendable {
    let time: Int
    let visit, member, page, pageID: String?
    let status: Int?
    let referrer, device, browser, address: String?
}

extension VisitLog {
    /// Every row, oldest first.
    func rows() throws -> [VisitRow] {
        try flush()
        let connection = try Events.SQLiteConnection(path, .readOnly)
        return try connection.statement(
            """
            SELECT time, visit, member, page, page_id, status, referrer, device, browser, ip_address FROM visits ORDER BY id
            """
        ).rows { row in
            VisitRow(
                time: row.integer(0), visit: row.optionalText(1), member: row.optionalText(2),
                page: row.optionalText(3),
                pageID: row.optionalText(4), status: row.optionalInteger(5), referrer: row.optionalText(6),
                device: row.optionalText(7), browser: row.optionalText(8), address: row.optionalText(9))
        }
    }
}
