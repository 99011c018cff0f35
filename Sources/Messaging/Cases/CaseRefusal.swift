import Events

/// Why a command on a case is refused.
package enum CaseRefusal: DecisionRefusal, Hashable, Sendable {
    /// It never existed, or has been erased.
    case noSuchCase
    case notAParty
    /// Staff do not handle cases that concern themselves, nor judge appeals against their own decisions (P-08.2).
    case ownMatter
    /// The case has no other party.
    case noOtherParty
    case alreadyClosed, notClosed
    /// A case is not closed while a question in it waits for an answer (P-18.2).
    case unanswered
    /// A rights request ends with a decision (P-17.1).
    case undecided
    /// There is no decision to appeal against, or this party has appealed already.
    case nothingToAppeal
    case tooLateToAppeal
    /// Only rights requests can be extended, once, and before the first period ends.
    case notExtendable
    case disputeWithOneself
    /// There is no such mail, or it cannot be chosen: it was reviewed already, or answers go to a member's address.
    case noSuchMail
    /// The other party of a dispute has made no statement and received no reply (P-08.4).
    case otherNotHeard
    /// The requester's identity is not proved yet (P-17.2).
    case notIdentified
}
