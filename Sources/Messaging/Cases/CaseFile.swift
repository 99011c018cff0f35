package import Events

/// A matter between somebody and the administration: a question, a dispute, a request.
package enum CaseState: Hashable, Sendable {
    case none
    case known(CaseFile)
}

/// What is known of a case.
package struct CaseFile: Hashable, Sendable {
    package let id: CaseID
    package let topic: CaseTopic
    package let channel: CaseChannel
    package let openedAt: Instant
    /// Nil for whoever was not signed in and has not proved to be a member since.
    package internal(set) var opener: MemberID?
    /// Whom a dispute is with, or whose text was reported, once that is decided.
    package internal(set) var other: MemberID?
    package internal(set) var contact: Sealed<CaseContact>?
    package internal(set) var phase: CasePhase = .open
    /// What each party waits for an answer to: an answer to one of a dispute's is none to the other's.
    package internal(set) var questions: [CaseParty: CaseQuestion] = [:]
    /// Those who have said something, or whom the administration has written to.
    package internal(set) var heard: Set<CaseParty> = [.opener]
    package internal(set) var assignee: MemberID?
    package internal(set) var decision: CaseDecision?
    /// Those who have appealed against a decision.
    package internal(set) var appellants: Set<CaseParty> = []
    package internal(set) var appealedAt: Instant?
    /// Those whose decision was appealed against: somebody else judges it again (P-08.2).
    package internal(set) var overruled: Set<MemberID> = []
    /// The request was found to need more time (GDPR Art. 12.3).
    package internal(set) var extendedAt: Instant?
    /// What was erased with the case's time, or is going to be.
    package internal(set) var subjects: [Subject]
    package internal(set) var isErased: Bool
    /// Mails that a person has to look at, by their number in the stream.
    package internal(set) var setAside: Set<Int> = []
    /// How many have been set aside, those that were looked at included.
    package internal(set) var mailsSetAside = 0
    /// The mails that have come, the oldest first.
    package internal(set) var mails: [ReceivedMail] = []
    /// Nil until somebody has chosen.
    package internal(set) var answersTo: AnswerChoice?
}

/// Where a case stands. Whether a question is open is another matter: one may be asked while another is answered.
package enum CasePhase: Hashable, Sendable {
    case open
    case answered(at: Instant)
    /// We have asked something, and wait.
    case waiting(since: Instant)
    case closed(at: Instant)
    case reopened(at: Instant)
}

/// A question that waits for an answer.
package struct CaseQuestion: Hashable, Sendable {
    package let party: CaseParty
    package let askedAt: Instant
    /// How many warnings have gone out.
    package internal(set) var warnings = 0
}

/// The kinds of cases.
package enum CaseMatter: String, ClosedCode, CaseIterable {
    case support, correction, report, dispute, rights
}

/// What a case is about.
package enum CaseTopic: Hashable, Sendable {
    case support, correction
    case report(ReportReason, ReportedThing)
    case dispute(with: MemberID, DisputeGround)
    case rights(RightKind)

    package var matter: CaseMatter {
        switch self {
        case .support: .support
        case .correction: .correction
        case .report: .report
        case .dispute: .dispute
        case .rights: .rights
        }
    }
}

/// Why something is reported (DSA Art. 16, P-11.3).
package enum ReportReason: String, ClosedCode, CaseIterable {
    case unlawful
    case personalData = "personal-data"
    case abuse, spam, other
}

/// What a report is about.
package enum ReportedThing: Hashable, Sendable {
    case post(PostID)
    /// Its title, or what was written first in it.
    case thread(ThreadID)
    case member(MemberID)
    case message(MessageID, in: ConversationID)
    /// An address on the site, which stands in the statement.
    case page
}

/// Where a dispute arose.
package enum DisputeGround: Hashable, Sendable {
    case thread(ThreadID)
    case conversation(ConversationID)
    case other
}

/// What the data protection regulation gives a right to (P-17.1).
package enum RightKind: String, ClosedCode, CaseIterable {
    case access, portability, rectification, restriction, objection, erasure
}

/// By which way something came in.
package enum CaseChannel: String, ClosedCode, CaseIterable {
    case page, mail
    /// Opened by the staff without a report. The member affected can appeal as in any other case.
    case staff
}

/// What could not be taken of a mail.
package enum MailTrouble: String, ClosedCode, CaseIterable {
    /// Files came with it, and were left.
    case attachments
    /// Nothing of it could be read.
    case unreadable
    case shortened
    /// Only its subject was read.
    case tooLarge = "too-large"
}

/// One of those between whom a case is.
package enum CaseParty: String, ClosedCode, CaseIterable {
    case opener
    case other
}

/// To whom the administration speaks.
package enum CaseAudience: String, ClosedCode, CaseIterable {
    case opener, other, both

    package var parties: [CaseParty] {
        switch self {
        case .opener: [.opener]
        case .other: [.other]
        case .both: CaseParty.allCases
        }
    }
}

/// How a case was decided.
package struct CaseDecision: Hashable, Sendable {
    package enum Outcome: String, ClosedCode, CaseIterable { case upheld, partly, rejected }

    package let outcome: Outcome
    package let reasons: Sealed<CaseReasons>
    /// Whom it goes against, when that is no party yet: the author of what was reported.
    package let affected: MemberID?
    /// Nil when no member decided.
    package let by: MemberID?
    package let at: Instant

    init(
        outcome: Outcome, reasons: Sealed<CaseReasons>, affected: MemberID?, by member: MemberID? = nil,
        at time: Instant
    ) {
        self.outcome = outcome
        self.reasons = reasons
        self.affected = affected
        by = member
        at = time
    }
}

extension CaseFile {
    /// The one that has waited longest; nil when every question is answered.
    package var question: CaseQuestion? {
        questions.values.min { ($0.askedAt, $0.party.rawValue) < ($1.askedAt, $1.party.rawValue) }
    }

    package func party(of member: MemberID) -> CaseParty? {
        if opener == member { return .opener }
        return other == member ? .other : nil
    }

    package func member(_ party: CaseParty) -> MemberID? {
        switch party {
        case .opener: opener
        case .other: other
        }
    }

    package var isClosed: Bool {
        switch phase {
        case .closed: true
        case .open, .answered, .waiting, .reopened: false
        }
    }

    /// Whether a person of the staff began it with a decision of her own.
    package var isUnasked: Bool { channel == .staff }

    /// Whether the other party reads what this one says: in a dispute both are heard (P-08.4), and a report names nobody.
    package var isSharedByParties: Bool {
        switch topic {
        case .dispute: true
        case .support, .correction, .report, .rights: false
        }
    }
}
