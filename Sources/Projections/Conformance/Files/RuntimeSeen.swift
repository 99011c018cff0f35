import Accounts
import Events
import Foundation

/// The members whom the file of short-lived state names: by their sessions, links, devices and waiting mail.
struct RuntimeSeen: SeenFile {
    let position: Int
    private let time: Instant
    var sessions: Set<MemberID> = []
    /// By table.
    var others: [String: Set<MemberID>] = [:]

    static let checks: [InvariantName] = [.filesForgetTheErased, .sessionsAreOfMembers]

    init(position: Int, readAt time: Instant) { (self.position, self.time) = (position, time) }

    /// Reads the file, also while another process writes to it.
    /// - Throws: when there is no such file, or when it cannot be read.
    init(_ path: String, at position: Int, _ time: Instant) throws {
        let connection = try SQLiteConnection.reading(path)
        self.position = position
        self.time = time
        var found = try connection.membersByTable()
        sessions = found.removeValue(forKey: "sessions") ?? []
        others = found
    }

    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) {
        for (table, members) in others.sorted(by: { $0.key < $1.key }) {
            for member in members.sorted() where history.isErased(member) {
                found.add(
                    .filesForgetTheErased, "\(table) has a row of one who is erased",
                    at: history.members[member]?.since ?? position, of: member)
            }
        }
    }

    /// Somebody may have signed up, or come back, while the file was read.
    func checkAtEnd(_ history: History, _ found: inout FoundViolations) {
        for (table, members) in others.sorted(by: { $0.key < $1.key }) {
            for member in members.sorted() where history.members[member] == nil {
                found.add(
                    .filesForgetTheErased, "\(table) has a row of one who was never there", at: position, of: member)
            }
        }
        for member in sessions.sorted() where isLeft(member, history) {
            let known = history.members[member]
            let phase = history.member(member).phase.rawValue
            found.add(
                .sessionsAreOfMembers, "a session of one who is \(phase)", at: known?.since ?? position, of: member)
        }
        for member in sessions.sorted() where history.members[member] == nil {
            found.add(.sessionsAreOfMembers, "a session of one who was never there", at: position, of: member)
        }
    }

    /// Whether sessions should have ended: they end just after the event that says so.
    private func isLeft(_ member: MemberID, _ history: History) -> Bool {
        guard let known = history.members[member] else { return false }
        switch known.member {
        case .active: return false
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .deactivated, .closed, .lapsed, .purged:
            return known.sinceTime.isLate(at: time)
        }
    }
}

/// The members whom the file of what they read, save and write names.
struct ReadingSeen: SeenFile {
    let position: Int
    private let time: Instant
    var members: [String: Set<MemberID>] = [:]
    var oldestDraft: Instant?

    static let checks: [InvariantName] = [.readingBelongsToMembers]

    init(position: Int, readAt time: Instant) { (self.position, self.time) = (position, time) }

    /// Reads the file, also while another process writes to it.
    /// - Throws: when there is no such file, or when it cannot be read.
    init(_ path: String, at position: Int, _ time: Instant) throws {
        let connection = try SQLiteConnection.reading(path)
        self.position = position
        self.time = time
        members = try connection.membersByTable()
        oldestDraft = try connection.integer("SELECT min(saved) FROM drafts").map { Instant(milliseconds: Int64($0)) }
    }

    func check(_ history: History, at now: Instant, _ found: inout FoundViolations) {
        for (table, members) in members.sorted(by: { $0.key < $1.key }) {
            for member in members.sorted() where history.isErased(member) {
                found.add(
                    .readingBelongsToMembers, "\(table) has a row of one who is erased",
                    at: history.members[member]?.since ?? position, of: member)
            }
        }
        // Files are pruned by the time of their own reading: a later judgement says nothing about them.
        let judged = min(now, time).lastLate
        if let oldestDraft, let limit = history.policies.calendar.limit(judgedAt: judged, \.drafts), oldestDraft < limit
        {
            found.add(.readingBelongsToMembers, "the oldest draft is of \(oldestDraft)", at: position)
        }
    }
}

extension ReadingSeen {
    func checkAtEnd(_ history: History, _ found: inout FoundViolations) {
        for (table, members) in members.sorted(by: { $0.key < $1.key }) {
            for member in members.sorted() where history.members[member] == nil {
                found.add(
                    .readingBelongsToMembers, "\(table) has a row of one who was never there", at: position, of: member)
            }
        }
    }
}

extension SQLiteConnection {
    /// The members named by each table that has a column `member`.
    fileprivate func membersByTable() throws -> [String: Set<MemberID>] {
        let tables = try statement(
            """
            SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND c.name = 'member' AND c.type = 'TEXT'
            """
        ).rows { $0.text(0) }
        var found: [String: Set<MemberID>] = [:]
        for table in tables {
            let quoted = "\"" + table.replacing("\"", with: "\"\"") + "\""
            let members = try statement("SELECT DISTINCT member FROM \(quoted)").rows { MemberID($0.text(0)) }
            found[table] = Set(members.compactMap(\.self))
        }
        return found
    }
}
