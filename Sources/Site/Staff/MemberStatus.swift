import Accounts
import Events
import HTML

/// A member's status as shown to staff; contains no personal data.
enum MemberStatus: Sendable {
    case active
    case awaitingReview(since: Instant)
    case deactivated(at: Instant, until: Instant, appeal: AppealStatus?)
    case closed(ClosingCause, at: Instant, purge: Instant, isDue: Bool, appeal: AppealStatus?)

    enum AppealStatus: Sendable { case made, rejected }

    /// Nil when there never was such a member, or the member is erased.
    init?(_ member: Member, at now: Instant, _ policies: PolicyCalendar) {
        switch member {
        case .active: self = .active
        case .awaitingReview(_, _, let since): self = .awaitingReview(since: since)
        case .deactivated(_, let deactivation):
            self = .deactivated(
                at: deactivation.at, until: deactivation.until, appeal: AppealStatus(deactivation.appeal))
        case .closed(_, let closing):
            let purge = closing.purgeDue(judgedAt: now, policies)
            self = .closed(
                closing.cause, at: closing.at, purge: purge, isDue: now >= purge, appeal: AppealStatus(closing.appeal))
        case .nobody, .unconfirmed, .rejected, .lapsed, .purged: return nil
        }
    }

    var title: String {
        switch self {
        case .active: "Medlem"
        case .awaitingReview: "Anmälan som väntar på kontroll"
        case .deactivated: "Avstängt konto"
        case .closed: "Avslutat konto"
        }
    }

    var words: String {
        switch self {
        case .active: "Aktivt"
        case .awaitingReview: "Väntar på kontroll"
        case .deactivated: "Avstängt"
        case .closed(let cause, _, _, _, _):
            switch cause {
            case .own: "Avslutat av medlemmen"
            case .breach: "Stängt av oss"
            case .unreturned: "Avslutat: ingen har loggat in efter avstängningen"
            case .unused: "Avslutat: ingen har loggat in på länge"
            case .duplicate: "Avslutat: personnumret hör till ett annat konto"
            }
        }
    }

    /// True when the time to restore is over, so that nothing can be opened or decided any more (P-16.3).
    var isOver: Bool {
        if case .closed(_, _, _, true, _) = self { true } else { false }
    }

    /// Closed because the number is another account's (P-16.6).
    var isDuplicate: Bool {
        if case .closed(.duplicate, _, _, _, _) = self { true } else { false }
    }

    var appeal: AppealStatus? {
        switch self {
        case .active, .awaitingReview: nil
        case .deactivated(_, _, let appeal), .closed(_, _, _, _, let appeal): appeal
        }
    }

    func writeFacts(into html: inout HTMLWriter) {
        html.fact("Konto", words)
        switch self {
        case .active: break
        case .awaitingReview(let since): html.fact("Sedan") { $0.exactTime(since) }
        case .deactivated(let time, let end, _):
            html.fact("Avstängt den") { $0.exactTime(time) }
            html.fact("Avstängt till") { $0.exactTime(end) }
        case .closed(_, let time, let purge, let isDue, _):
            html.fact("Avslutat den") { $0.exactTime(time) }
            html.fact(isDue ? "Raderat den" : "Raderas den") { $0.exactTime(purge) }
        }
        switch appeal {
        case .made: html.fact("Omprövning", "Begärd, väntar på svar")
        case .rejected: html.fact("Omprövning", "Avslagen")
        case nil: break
        }
    }
}

extension MemberStatus.AppealStatus {
    init?(_ appeal: Appeal?) {
        switch appeal {
        case .made: self = .made
        case .rejected: self = .rejected
        case nil: return nil
        }
    }
}
