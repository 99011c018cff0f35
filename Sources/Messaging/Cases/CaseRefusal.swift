import Events

/// Why nothing is done in a case.
package enum CaseRefusal: DecisionRefusal, Hashable, Sendable {
    /// Never there, or erased with its time.
    case noSuchCase
    case notAParty
    /// Staff do not handle cases that concern themselves, nor judge appeals against their own decisions (P-08.2).
    case ownMatter
    /// There is nobody else in this case.
    case noOtherParty
    case alreadyClosed, notClosed
    /// There is no decision to appeal against, or one has done so already.
    case nothingToAppeal
    case tooLateToAppeal
    /// Only requests for one's rights are put off, once, and before the first time is over.
    case notExtendable
    case disputeWithOneself
    /// Somebody has looked at it already.
    case noSuchMail
    /// The other party of a dispute has neither said anything nor been asked (P-08.4).
    case otherNotHeard
    /// The identity of whoever asks is not proved yet (P-17.2).
    case notIdentified
}
