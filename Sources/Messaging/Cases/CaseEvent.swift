package import Events

/// What happens in a case, in a stream of its own.
package enum CaseEvent: Hashable, Sendable {
    case opened(CaseOpening)
    case contactGiven(Sealed<CaseContact>)
    case stated(CaseAddition)
    case replied(CaseAnswer)
    case noted(Sealed<CaseNote>)
    /// Nil: to nobody in particular.
    case assigned(MemberID?)
    case warned(step: Int)
    case closed(at: Instant)
    case reopened(at: Instant)
    case decided(CaseDecision)
    case appealed(Sealed<CaseStatement>, by: CaseParty, at: Instant)
    case extended(Sealed<CaseReasons>, at: Instant)
    case identityChecked(Sealed<IdentityVerdict>)
    case identified(MemberID)
    case mailSetAside(Sealed<SetAsideMail>, SetAsideCause, number: Int)
    /// A person has looked at a mail that was set aside, and it is the party's.
    case mailFiled(number: Int, asks: Bool, at: Instant)
    case mailReceived(ReceivedMail)
    /// Where answers go from now on.
    case answersDirected(AnswerChoice)
    /// Before its time: an administrator had a reason.
    case erased(TextErasureReason, at: Instant)
}

/// How a case begins.
package struct CaseOpening: Hashable, Sendable {
    package let id: CaseID
    package let topic: CaseTopic
    package let channel: CaseChannel
    package let opener: MemberID?
    package let statement: Sealed<CaseStatement>
    package let trouble: MailTrouble?
    package let at: Instant
}

/// What a party adds.
package struct CaseAddition: Hashable, Sendable {
    package let statement: Sealed<CaseStatement>
    package let party: CaseParty
    package let channel: CaseChannel
    /// Begins a time within which it is to be answered: no earlier question of the party's is open.
    package let asks: Bool
    package let trouble: MailTrouble?
    package let at: Instant
}

/// What a person of the staff says to a party.
package struct CaseAnswer: Hashable, Sendable {
    package let reply: Sealed<CaseReply>
    package let audience: CaseAudience
    /// It asks something back.
    package let awaits: Bool
    package let at: Instant
}

/// Why a mail waits for somebody to look at it before it belongs to a case.
package enum SetAsideCause: String, ClosedCode, CaseIterable {
    /// From another address than the case's.
    case otherSender = "other-sender"
    /// Written by a program.
    case automatic
}

/// The events of cases by their names on the wire.
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
