import Accounts
import Events
import Foundation

/// What the visit log held. It is separate from the event log, and no event records the deletion of its rows.
struct VisitsSeen: SeenFile {
    /// One visit of one member: the time of its first and last row.
    struct MemberVisit: Sendable {
        let member: MemberID
        let first: Instant
        let last: Instant
    }

    let position: Int
    /// Nil when there are no rows.
    var oldest: Instant?
    var columns: [String] = []
    /// The networks of visitors, as stored.
    var networks: [String] = []
    var memberVisits: [MemberVisit] = []
    /// The number of visits with rows of a member, and rows of another or of none.
    var mixedVisits = 0

    /// The sign-ins of each member, and when each ended.
    private var signIns: [MemberID: [(began: Instant, ended: Instant?)]] = [:]
    private var begun: [StreamName: (member: MemberID, index: Int)] = [:]
    /// Sessions of a lost part of the log may have gone on.
    private var continued: Instant?

    static let checks: [InvariantName] = [.visitsGo, .visitorsAreTruncated, .visitsAreNotStitched]

    /// In seconds: rows of the request that signs in or out.
    private static let leeway: Double = 2

    init(position: Int) { self.position = position }

    /// Reads the file, also while another process writes to it.
    /// - Parameters:
    ///   - position: the log's head before.
    ///   - time: before that head; later rows may belong to a sign-in after it.
    /// - Throws: when there is no such file, or when it cannot be read.
    init(_ file: URL, at position: Int, through time: Instant) throws {
        let connection = try SQLiteConnection.reading(file.path)
        self.position = position
        oldest = try connection.integer("SELECT min(time) FROM visits").map { Instant(milliseconds: Int64($0)) }
        columns = try connection.statement("SELECT name FROM pragma_table_info('visits')").rows { $0.text(0) }
        networks = try connection.statement(
            "SELECT DISTINCT ip_address FROM visits WHERE member IS NULL AND ip_address IS NOT NULL"
        ).rows { $0.text(0) }
        memberVisits = try connection.statement(
            """
            SELECT member, min(time), max(time) FROM visits WHERE member IS NOT NULL AND time <= \(time.milliseconds)
            GROUP BY member, visit
            """
        ).rows { row in
            MemberID(row.text(0)).map { member in
                MemberVisit(
                    member: member, first: Instant(milliseconds: Int64(row.integer(1))),
                    last: Instant(milliseconds: Int64(row.integer(2))))
            }
        }.compactMap(\.self)
        mixedVisits =
            try connection.integer(
                """
                SELECT count(*) FROM (SELECT 1 FROM visits WHERE visit IS NOT NULL GROUP BY visit
                  HAVING count(DISTINCT coalesce(member, '')) > 1)
                """) ?? 0
    }

    mutating func take(_ event: AuditedEvent) {
        switch event.kind {
        case .accounts(.signIn(.signedIn(let member, _))):
            begun[event.recorded.stream] = (member, signIns[member]?.count ?? 0)
            signIns[member, default: []].append((event.time, nil))
        case .accounts(.signIn(.signedOut)):
            guard let (member, index) = begun.removeValue(forKey: event.recorded.stream) else { return }
            signIns[member]?[index].ended = event.time
        case .other where (try? LogContinued(event.recorded)) != nil: continued = event.time
        default: break
        }
    }

    func check(_ history: History, at now: Instant, _ found: inout FoundViolations) {
        if let oldest, let limit = history.policies.calendar.limit(judgedAt: now.lastLate, \.visitLog), oldest < limit {
            found.add(.visitsGo, "the oldest row is of \(oldest)", at: position)
        }
        if let rules = history.policies.document?.rules.visitLog { checkFields(rules, &found) }
        if mixedVisits > 0 {
            found.add(
                .visitsAreNotStitched, "\(mixedVisits) visits have rows of a member and of somebody else", at: position)
        }
        for visit in memberVisits where !wasSignedIn(visit, history, at: now) {
            found.add(
                .visitsAreNotStitched, "a visit that began at \(visit.first) is tied to one who was not signed in",
                at: history.members[visit.member]?.since ?? position, of: visit.member)
        }
    }

    private func checkFields(_ rules: VisitLogRules, _ found: inout FoundViolations) {
        let listed = Set(rules.fields.flatMap(\.columns)).union(["id"])
        for column in columns where !listed.contains(column) {
            found.add(.visitorsAreTruncated, "the policy does not list what the column \(column) has", at: position)
        }
        let whole = networks.count { !isNetwork($0, rules) }
        if whole > 0 {
            found.add(.visitorsAreTruncated, "\(whole) addresses of visitors are not truncated", at: position)
        }
    }

    private func isNetwork(_ text: String, _ rules: VisitLogRules) -> Bool {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let address = ClientAddress(parts[0]), let bits = Int(parts[1]) else { return false }
        let most = address.isIPv6 ? rules.anonymousBitsOfIPv6 : rules.anonymousBitsOfIPv4
        return bits <= most && address.keeping(bits: bits) == address
    }

    private func wasSignedIn(_ visit: MemberVisit, _ history: History, at now: Instant) -> Bool {
        if let continued, visit.first < continued { return true }
        return signIns[visit.member]?.contains { signIn in
            // A session that was not ended lasts no longer than the rule.
            let calendar = history.policies.calendar
            let end = signIn.ended ?? calendar.deadline(from: signIn.began, judgedAt: now, \.sessionLifetime)
            return signIn.began <= visit.first.advanced(seconds: VisitsSeen.leeway)
                && end.map { visit.last <= $0.advanced(seconds: VisitsSeen.leeway) } ?? true
        } ?? false
    }
}

extension VisitField {
    /// The columns of the visit log that hold it; none for a field that is no longer kept.
    fileprivate var columns: [String] {
        switch self {
        case .time: ["time"]
        case .visit: ["visit"]
        case .member: ["member"]
        case .page: ["page", "page_id"]
        case .status: ["status"]
        case .referrer: ["referrer"]
        case .device: ["device", "browser"]
        case .ipAddress: ["ip_address"]
        }
    }
}
