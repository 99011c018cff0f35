package import Events

/// An event in the stream of one case.
package enum CaseEvent: Hashable, Sendable {
    case opened(CaseOpening)
    case contactGiven(Sealed<CaseContact>)
    case stated(CaseAddition)
    case replied(CaseAnswer)
    case noted(Sealed<CaseNote>)
    /// Nil: no assignee.
    case assigned(MemberID?)
    case warned(step: Int)
    case closed
    case reopened
    case decided(CaseDecision)
    case appealed(Sealed<CaseStatement>, by: CaseParty)
    case extended(Sealed<CaseReasons>)
    case identityChecked(Sealed<IdentityVerdict>)
    case identified(MemberID)
    case mailSetAside(Sealed<SetAsideMail>, SetAsideCause, number: Int)
    /// A staff member accepted a set-aside mail as the party's.
    case mailFiled(number: Int, asks: Bool)
    case mailReceived(ReceivedMail)
    /// Selects the address that later answers are sent to.
    case answersDirected(AnswerChoice)
    /// An administrator erased the case before its retention period ended.
    case erased(TextErasureReason)
}

/// The payload of `opened`.
package struct CaseOpening: Hashable, Sendable {
    package let id: CaseID
    package let topic: CaseTopic
    package let channel: CaseChannel
    package let opener: MemberID?
    package let statement: Sealed<CaseStatement>
    package let trouble: MailTrouble?
    package let at: Instant
}

/// A further statement by a party.
package struct CaseAddition: Hashable, Sendable {
    package let statement: Sealed<CaseStatement>
    package let party: CaseParty
    package let channel: CaseChannel
    /// Starts a new answer period, because the party has no earlier open question.
    package let asks: Bool
    package let trouble: MailTrouble?
    package let at: Instant
}

/// A reply by the staff to one party or both.
package struct CaseAnswer: Hashable, Sendable {
    package let reply: Sealed<CaseReply>
    package let audience: CaseAudience
    /// The reply asks the party a question.
    package let awaits: Bool
    package let at: Instant
}

/// Why a mail must be reviewed by the staff before it becomes part of a case.
package enum SetAsideCause: String, ClosedCode, CaseIterable {
    /// Sent from another address than the case's.
    case otherSender = "other-sender"
    /// Sent by a program.
    case automatic
}

/// Wire names of the case events.
package enum CaseEventName: String, WireName {
    case opened = "cases.opened"
    case contactGiven = "cases.contact-given"
    case stated = "cases.stated"
    case replied = "cases.replied"
    case noted = "cases.noted"
    case assigned = "cases.assigned"
    case warned = "cases.warned"
    case closed = "cases.closed"
    case reopened = "cases.reopened"
    case decided = "cases.decided"
    case appealed = "cases.appealed"
    case extended = "cases.extended"
    case identityChecked = "cases.identity-checked"
    case identified = "cases.identified"
    case mailSetAside = "cases.mail-set-aside"
    case mailReceived = "cases.mail-received"
    case answersDirected = "cases.answers-directed"
    case mailFiled = "cases.mail-filed"
    case erased = "cases.erased"

    package static let prefix = "cases."
}
