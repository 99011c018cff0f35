import Accounts
import Events
import Processes
import Projections

/// An account whose number is another account's, as the staff sees it (P-16.6).
struct DuplicateEntry: Sendable {
    /// The state of the account that holds the number.
    enum Holder: Sendable {
        /// Closed for breach: the person may have come back under another name.
        case banned
        case suspended
        case other
        /// The holder has left and is erased, or has another number by now.
        case nobody
    }

    let member: MemberID
    let since: Instant
    /// When the account ends by itself.
    let end: Instant
    let holder: Holder

    var isUrgent: Bool {
        switch holder {
        case .banned, .suspended: true
        case .other, .nobody: false
        }
    }
}

extension Application {
    /// The duplicates that the reader may see: neither her own account nor one with her number. Those of banned and suspended holders come
    /// first, then the oldest.
    func duplicates(for reader: MemberID) throws -> [DuplicateEntry] {
        let listed = try views.retention.entries(.duplicateAccount, after: nil, limit: 1000)
        let entries = try listed.compactMap { entry -> DuplicateEntry? in
            guard let member = MemberID(entry.id), try !accounts.concerned(byNumberOf: member).contains(reader) else {
                return nil
            }
            return try duplicate(member)
        }
        return entries.filter(\.isUrgent) + entries.filter { !$0.isUrgent }
    }

    /// Nil for a reader concerned by it as well.
    func duplicate(_ member: MemberID, for reader: MemberID?) throws -> DuplicateEntry? {
        guard let reader, try !accounts.concerned(byNumberOf: member).contains(reader) else { return nil }
        return try duplicate(member)
    }

    /// Nil unless the account is open and without its number.
    func duplicate(_ member: MemberID) throws -> DuplicateEntry? {
        let account: Account
        switch try accounts.member(member) {
        case .active(let open), .deactivated(let open, _): account = open
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .closed, .lapsed, .purged: return nil
        }
        guard let since = account.duplicateSince,
            let end = account.endDue(judgedAt: clock.now(), try accounts.policies())
        else { return nil }
        let holder = try accounts.holderOfNumber(of: member).map { try accounts.member($0) }
        return DuplicateEntry(member: member, since: since, end: end, holder: DuplicateEntry.Holder(holder))
    }
}

extension DuplicateEntry.Holder {
    fileprivate init(_ member: Member?) {
        switch member {
        case .closed(_, let closing): self = closing.cause == .breach ? .banned : .other
        case .deactivated: self = .suspended
        case .active: self = .other
        case .nobody, .unconfirmed, .awaitingReview, .rejected, .lapsed, .purged, nil: self = .nobody
        }
    }

    var words: String {
        switch self {
        case .banned: "Hör till ett konto som vi har stängt"
        case .suspended: "Hör till ett konto som är avstängt"
        case .other: "Hör till ett annat konto"
        case .nobody: "Hör inte till något konto nu"
        }
    }
}
