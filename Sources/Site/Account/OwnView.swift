import Accounts
import Events
import Processes

/// One time that staff saw something of a member, as she reads it: never who it was (P-12.3).
struct OwnView: Sendable {
    let at: Instant
    let role: Role
    let reason: String
    let note: Sealed<ViewingNote>?
}

extension Accounts {
    /// Every opening of a member's data and every showing of a number of hers, the newest first.
    func ownViews(of member: MemberID) throws -> [OwnView] {
        let opened = try dataViews(of: member).map { entry in
            OwnView(
                at: entry.at, role: entry.view.role, reason: ViewingReasonWords.label(of: entry.view.reason),
                note: entry.view.note)
        }
        let shown = try numberViews(of: member).map { entry in
            OwnView(
                at: entry.at, role: entry.shown.role, reason: NumberWords.sentence(for: entry.shown),
                note: entry.shown.note)
        }
        return (opened + shown).sorted { $0.at > $1.at }
    }
}
