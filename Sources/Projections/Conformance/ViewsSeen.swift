import Accounts
package import Events
package import Foundation
import GRDB

/// The members whom the views showed at a position, and which of their data.
package struct ViewsSeen: Sendable {
    package struct Shown: Sendable {
        let name: Bool
        let ageAndSex: Bool

        package init(name: Bool, ageAndSex: Bool) {
            self.name = name
            self.ageAndSex = ageAndSex
        }
    }

    package let position: Int
    let members: [MemberID: Shown]

    package init(position: Int, members: [MemberID: Shown]) {
        self.position = position
        self.members = members
    }

    fileprivate init(in views: ViewsSnapshot) throws {
        position = try views.position
        var members: [MemberID: Shown] = [:]
        try views.source.forEachRow(
            "SELECT id, name IS NOT NULL AS shows_name, shows_age_and_sex FROM members"
        ) { row in
            members[row["id"]] = Shown(name: row["shows_name"], ageAndSex: row["shows_age_and_sex"])
        }
        self.members = members
    }

    /// Reads the newest views of this program in a directory, also while another process uses them.
    /// - Returns: nil when there are none.
    package static func newest(in directory: URL) throws -> ViewsSeen? {
        guard
            let file = try Generation.numbers(in: directory).last(where: { number in
                let status = try Generation.status(number, in: directory)
                return status.isReady && status.isOfThisProgram
            })
        else { return nil }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: Generation.path(file, in: directory), configuration: configuration)
        return try queue.read { try ViewsSeen(in: ViewsSnapshot(database: $0)) }
    }

    /// P-11.2: a name, or age and sex, is shown only while its owner consents.
    func checkConsents(_ history: History, _ violations: inout Violations) {
        for (id, shown) in members {
            let consents = history.member(id).account?.consents ?? []
            let since = history.members[id]?.since ?? position
            if shown.name, !consents.contains(.visibleName) {
                violations.add("the name is shown without consent", at: since, of: id)
            }
            if shown.ageAndSex, !consents.contains(.visibleAgeAndSex) {
                violations.add("age and sex are shown without consent", at: since, of: id)
            }
        }
    }

    /// P-16.2: only those who are members at the time are shown.
    func checkPresence(_ history: History, _ violations: inout Violations) {
        for id in members.keys where history.member(id).phase != .active {
            violations.add(
                "shown while \(history.member(id).phase.rawValue)", at: history.members[id]?.since ?? position, of: id)
        }
    }
}

extension MemberDirectory.Queries {
    /// The position and the members, from one snapshot of the views.
    package func seen() throws -> ViewsSeen { try source.read { try ViewsSeen(in: $0) } }
}
