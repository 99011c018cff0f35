package import Events

/// State of a case: a question, dispute, report or rights request to the administration.
package enum CaseState: Hashable, Sendable {
    case none
    case known(CaseFile)
}

/// The folded state of a case, without its texts.
package struct CaseFile: Hashable, Sendable {
    package let id: CaseID
    package let topic: CaseTopic
    package let channel: CaseChannel
    package let openedAt: Instant
    /// Nil if the opener was not signed in and has not been identified as a member since.
    package internal(set) var opener: MemberID?
    /// The member as whom the opener has proved her identity in the case; nil without such a proof.
    package internal(set) var identifiedAs: MemberID?
    /// The other party of a dispute, or the author of a reported text once the report is decided.
    package internal(set) var other: MemberID?
    package internal(set) var contact: Sealed<CaseContact>?
    package internal(set) var phase: CasePhase = .open
    /// The open question of each party: an answer to one party of a dispute does not answer the other's.
    package internal(set) var questions: [CaseParty: CaseQuestion] = [:]
    /// Parties that have made a statement or received a reply.
    package internal(set) var heard: Set<CaseParty> = [.opener]
    package internal(set) var assignee: MemberID?
    package internal(set) var decision: CaseDecision?
    /// Parties that have appealed.
    package internal(set) var appellants: Set<CaseParty> = []
    package internal(set) var appealedAt: Instant?
    /// Staff whose decision was appealed against: other staff must judge the appeal (P-08.2).
    package internal(set) var overruled: Set<MemberID> = []
    /// When the time for a rights request was extended (GDPR Art. 12.3).
    package internal(set) var extendedAt: Instant?
    /// Subjects of the parties' statements, erased with the case.
    package internal(set) var subjects: [Subject]
    package internal(set) var isErased: Bool
    /// Numbers of the set-aside mails that wait for review.
    package internal(set) var setAside: Set<Int> = []
    /// Number of mails ever set aside, including those already reviewed.
    package internal(set) var mailsSetAside = 0
    /// All mails received in the case, oldest first.
    package internal(set) var mails: [ReceivedMail] = []
    /// Nil until the staff has chosen an address.
    package internal(set) var answersTo: AnswerChoice?
}

/// Phase of a case. Independent of `questions`: a new question may be open while another has been answered.
package enum CasePhase: Hashable, Sendable {
    case open
    case answered(at: Instant)
    /// The administration asked a question and waits for the party.
    case waiting(since: Instant)
    case closed(at: Instant)
    case reopened(at: Instant)
}

/// An unanswered question.
package struct CaseQuestion: Hashable, Sendable {
    package let party: CaseParty
    package let askedAt: Instant
    /// Number of warnings sent.
    package internal(set) var warnings = 0
}

/// The kinds of cases.
package enum CaseMatter: String, ClosedCode, CaseIterable {
    case support, correction, report, dispute, rights
    /// Another person has used the opener's personal identity number (P-16.6).
    case number
}

/// What a case is about.
package enum CaseTopic: Hashable, Sendable {
    case support, correction
    case report(ReportReason, ReportedThing)
    case dispute(with: MemberID, DisputeGround)
    case rights(RightKind)
    /// Another person has used the opener's personal identity number; decided by her own identification (P-16.6).
    case number

    package var matter: CaseMatter {
        switch self {
        case .support: .support
        case .correction: .correction
        case .report: .report
        case .dispute: .dispute
        case .rights: .rights
        case .number: .number
        }
    }
}

/// Why something is reported (DSA Art. 16, P-11.3).
package enum ReportReason: String, ClosedCode, CaseIterable {
    case unlawful
    /// The only reason for which a notice may be anonymous (DSA Art. 16.2 c).
    case childAbuse = "child-abuse"
    case personalData = "personal-data"
    case abuse, spam, other
}

/// What a report is about.
package enum ReportedThing: Hashable, Sendable {
    case post(PostID)
    /// The thread's title or first post.
    case thread(ThreadID)
    case member(MemberID)
    case message(MessageID, in: ConversationID)
    /// A page of the site, whose address is in the statement.
    case page
}

/// Where a dispute arose.
package enum DisputeGround: Hashable, Sendable {
    case thread(ThreadID)
    case conversation(ConversationID)
    case other
}

/// A right under the GDPR (P-17.1).
package enum RightKind: String, ClosedCode, CaseIterable {
    case access, portability, rectification, restriction, objection, erasure
}

/// How a case or statement arrived.
package enum CaseChannel: String, ClosedCode, CaseIterable {
    case page, mail
    /// Opened by the staff without a report. The member affected can appeal as in any other case.
    case staff
}

/// Why a mail could not be read completely.
package enum MailTrouble: String, ClosedCode, CaseIterable {
    /// It had attachments, which were left out.
    case attachments
    /// No text could be read.
    case unreadable
    case shortened
    /// Only its subject was read.
    case tooLarge = "too-large"
}

/// A party to a case.
package enum CaseParty: String, ClosedCode, CaseIterable {
    case opener
    case other
}

/// The parties that a reply is addressed to.
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

/// The decision in a case.
package struct CaseDecision: Hashable, Sendable {
    package enum Outcome: String, ClosedCode, CaseIterable { case upheld, partly, rejected }

    package let outcome: Outcome
    package let reasons: Sealed<CaseReasons>
    /// The member the decision goes against if she is no party yet: the author of the reported text.
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
    /// The oldest open question; nil when every question is answered.
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

    /// Whether the staff opened the case together with a decision, without a report.
    package var isUnasked: Bool { channel == .staff }

    /// Whether each party reads the other's statements: in a dispute both are heard (P-08.4); a report does not reveal its reporter.
    package var isSharedByParties: Bool {
        switch topic {
        case .dispute: true
        case .support, .correction, .report, .rights, .number: false
        }
    }
}
