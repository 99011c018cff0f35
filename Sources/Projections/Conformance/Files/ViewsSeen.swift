import Accounts
import Events
import Forum
import Foundation
import GRDB

/// The members whom the views showed at a position, and which of their data.
struct ViewsSeen: SeenFile {
    struct Shown: Sendable {
        let name: Bool
        let ageAndSex: Bool
        /// Whether the search finds her by her name.
        let isFoundByName: Bool
        /// The subject of the municipality that is shown.
        let municipality: Municipality

        enum Municipality: Sendable {
            case none
            case of(Subject)
            /// A municipality that the view has no source for.
            case unknown
        }

        init(name: Bool, ageAndSex: Bool, isFoundByName: Bool? = nil, municipality: Municipality = .none) {
            self.name = name
            self.ageAndSex = ageAndSex
            self.isFoundByName = isFoundByName ?? name
            self.municipality = municipality
        }
    }

    let position: Int
    let members: [MemberID: Shown]

    static let checks: [InvariantName] = [
        .shownOnlyWithConsent, .formerMembersAreHidden, .searchKnowsWhatIsShown, .municipalityStaysHidden,
    ]

    init(position: Int, members: [MemberID: Shown]) {
        self.position = position
        self.members = members
    }

    fileprivate init(in views: ViewsSnapshot) throws {
        position = try views.position
        var members: [MemberID: Shown] = [:]
        try views.source.forEachRow(
            """
            SELECT id, name IS NOT NULL AS shows_name, name_key IS NOT NULL AS finds_name, shows_age_and_sex,
              municipality IS NOT NULL AS shows_municipality, municipality_subject FROM members
            """
        ) { row in
            let subject: String? = row["municipality_subject"]
            let shown: Shown.Municipality =
                switch (row["shows_municipality"] as Bool, subject.flatMap(Subject.init)) {
                case (false, _): .none
                case (true, let subject?): .of(subject)
                case (true, nil): .unknown
                }
            members[row["id"]] = Shown(
                name: row["shows_name"], ageAndSex: row["shows_age_and_sex"], isFoundByName: row["finds_name"],
                municipality: shown)
        }
        self.members = members
    }

    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) {
        for (id, shown) in members.sorted(by: { $0.key < $1.key }) {
            let member = history.member(id)
            let since = history.members[id]?.since ?? position
            guard member.phase == .active else {
                let phase = member.phase.rawValue
                found.add(.formerMembersAreHidden, "shown while \(phase)", at: since, of: id)
                continue
            }
            let consents = member.account?.consents ?? []
            if shown.name, !consents.contains(.visibleName) {
                found.add(.shownOnlyWithConsent, "the name is shown without consent", at: since, of: id)
            }
            if shown.ageAndSex, !consents.contains(.visibleAgeAndSex) {
                found.add(.shownOnlyWithConsent, "age and sex are shown without consent", at: since, of: id)
            }
            if shown.isFoundByName != shown.name {
                found.add(.searchKnowsWhatIsShown, "the search knows another name than is shown", at: since, of: id)
            }
            check(shown.municipality, of: id, member, since, history, &found)
        }
    }

    /// A protected identity has erased or withdrawn the municipality, so that the log tells without keys what may be shown.
    private func check(
        _ shown: Shown.Municipality, of id: MemberID, _ member: Member, _ since: Int, _ history: History,
        _ found: inout FoundViolations
    ) {
        let given = member.account?.municipality?.subject
        switch shown {
        case .none: break
        case .of(let subject) where subject == given && !history.fences.cover(subject, of: Owner(id)): break
        case .of, .unknown:
            found.add(
                .municipalityStaysHidden, "a municipality is shown that is erased, withdrawn or not hers", at: since,
                of: id)
        }
    }
}

/// What the views showed, from one snapshot of their file.
struct ShownSeen: Sendable {
    let members: ViewsSeen
    let texts: TextsSeen

    /// Reads the newest views of this program in a directory, also while another process uses them.
    /// - Returns: nil when there are none.
    static func newest(in directory: URL, today: Instant) throws -> ShownSeen? {
        guard
            let file = try Generation.numbers(in: directory).last(where: { number in
                let status = try Generation.status(number, in: directory)
                return status.isReady && status.isOfThisProgram
            })
        else { return nil }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: Generation.path(file, in: directory), configuration: configuration)
        return try queue.read { try ShownSeen(in: ViewsSnapshot(database: $0), today: today) }
    }

    init(in views: ViewsSnapshot, today: Instant) throws {
        members = try ViewsSeen(in: views)
        texts = try TextsSeen(in: views, today: today)
    }
}
