package import Events

/// Everything that the log holds about one member, with the time and source of each value, for the member herself (P-12.3).
package struct OwnRecord: Sendable {
    /// A value with its own time and source.
    ///
    /// A later correction is described by its request: the earlier identity is erased, and with it the difference.
    package enum Fact: Hashable, Sendable {
        case name, username, number, sex, email, municipality, password, identityProtection, twoFactor
    }

    package enum Source: Hashable, Sendable {
        case registration, oneself, correction, administration
    }

    package struct Origin: Hashable, Sendable {
        package let source: Source
        package let at: Instant

        package init(source: Source, at: Instant) {
            self.source = source
            self.at = at
        }
    }

    package struct ConsentAnswer: Hashable, Sendable {
        package let isYes: Bool
        /// Hash of the question's wording; a withdrawal has none.
        package let form: TextHash?
        package let at: Instant
    }

    package struct AcceptedText: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case policy, terms }

        package let kind: Kind
        package let acceptance: Acceptance
        package let at: Instant
    }

    package struct Statement: Hashable, Sendable {
        package let reasons: Sealed<StatementOfReasons>
        package let at: Instant
    }

    package struct Appealed: Hashable, Sendable {
        package let text: Sealed<AppealText>
        package let at: Instant
    }

    /// Why staff proposed to reset the second factor.
    package struct ResetReasoned: Hashable, Sendable {
        package let reason: Sealed<ResetReason>
        package let at: Instant
    }

    package private(set) var member = Member.initial
    package private(set) var origins: [Fact: Origin] = [:]
    /// The last answer to each question.
    package private(set) var consents: [ConsentPurpose: ConsentAnswer] = [:]
    package private(set) var acceptedTexts: [AcceptedText] = []
    package private(set) var newsletterAnsweredAt: Instant?
    package private(set) var mailChosenAt: [MailKind: Instant] = [:]
    package private(set) var statements: [Statement] = []
    package private(set) var appeals: [Appealed] = []
    package private(set) var resetReasons: [ResetReasoned] = []

    mutating func take(_ event: MemberEvent, by actor: Actor, at time: Instant) {
        note(event, by: actor, at: time)
        member.evolve(event, at: time)
    }

    private mutating func note(_ event: MemberEvent, by actor: Actor, at time: Instant) {
        let own = Origin(source: member.active == nil ? .registration : .oneself, at: time)
        switch event {
        case .registration(.signedUp): for fact in [Fact.name, .username, .number, .sex] { origins[fact] = own }
        case .email(.given), .email(.changed), .email(.changeUndone): origins[.email] = own
        case .profile(.municipalityDeclared): origins[.municipality] = own
        case .profile(.usernameChanged): origins[.username] = own
        case .profile(.identityProtectionSet(let protection)):
            let isOwn = protection.owner.id(MemberKind.self).map(Actor.member) == actor
            origins[.identityProtection] = Origin(source: isOwn ? .oneself : .administration, at: time)
            if protection.value.value == .protected { origins[.municipality] = nil }
        case .password(.set(_, let cause)): if cause != .rehashed { origins[.password] = own }
        case .password(.compromiseReported): origins[.password] = nil
        case .consent(let event): note(event, at: time)
        case .twoFactor(.enabled): origins[.twoFactor] = own
        case .twoFactor(.disabled), .twoFactor(.reset): origins[.twoFactor] = nil
        case .twoFactor(.resetProposed(let reason)): resetReasons.append(ResetReasoned(reason: reason, at: time))
        case .closing(let event): note(event, at: time)
        case .registration(.reviewRequested), .registration(.reviewApproved), .registration(.reviewRejected),
            .registration(.confirmed), .registration(.signUpLapsed), .email(.changeRequested), .email(.changeCompleted),
            .profile(.identityCorrected), .password(.resetRequested), .password(.signInsHeldBack),
            .twoFactor(.codesMade), .twoFactor(.shown), .twoFactor(.codeUsed), .twoFactor(.wrongCodes),
            .twoFactor(.resetDeclined):
            break
        }
    }

    private mutating func note(_ event: ConsentEvent, at time: Instant) {
        switch event {
        case .policyAccepted(let acceptance):
            acceptedTexts.append(AcceptedText(kind: .policy, acceptance: acceptance, at: time))
        case .termsAccepted(let acceptance):
            acceptedTexts.append(AcceptedText(kind: .terms, acceptance: acceptance, at: time))
        case .given(let purpose, let form): consents[purpose] = ConsentAnswer(isYes: true, form: form, at: time)
        case .withdrawn(let purpose): consents[purpose] = ConsentAnswer(isYes: false, form: nil, at: time)
        case .newsletterAnswered: newsletterAnsweredAt = time
        case .mailChoiceSet(let kind, _): mailChosenAt[kind] = time
        }
    }

    private mutating func note(_ event: ClosingEvent, at time: Instant) {
        switch event {
        case .closed(let decision):
            if let reasons = decision.reasons { statements.append(Statement(reasons: reasons, at: time)) }
        case .deactivated(let decision): statements.append(Statement(reasons: decision.reasons, at: time))
        case .appealRejected(let reasons): statements.append(Statement(reasons: reasons, at: time))
        case .appealed(let text): appeals.append(Appealed(text: text, at: time))
        case .textsChosen, .restoreLinkRequested, .restored, .returned, .unusedWarned, .purgeAnnounced, .purged: break
        }
    }
}

extension Accounts {
    package func ownRecord(of member: MemberID) throws -> OwnRecord {
        var record = OwnRecord()
        for event in try log.events(in: StreamName(member)) {
            if let known = try MemberEvent.decode(event) { record.take(known, by: event.actor, at: event.time) }
        }
        return record
    }

    /// One sign-in: when, from where, and how the session ended. After its time the origin counts as erased, also while a legal hold defers
    /// that: a secret hold must not show (P-10.1).
    package func signInRecord(_ id: SignInID) throws -> SignInRecord? {
        var record: SignInRecord?
        let (policies, now) = (try policies(), clock.now())
        for event in try log.events(in: StreamName(id)) {
            switch try SignInEvent.decode(event) {
            case .signedIn(let member, let origin):
                let end = policies.deadline(from: event.time, judgedAt: now, \.signInDetails)
                let isOver = end.map { now >= $0 } ?? false
                record = SignInRecord(
                    member: member, origin: isOver ? .erased : origin.value, subject: origin.subject,
                    began: event.time, end: nil, detailsEnd: isOver ? end : nil)
            case .signedOut(let cause): record?.end = SignInRecord.End(cause: cause, at: event.time)
            case nil: break
            }
        }
        return record
    }
}

/// One sign-in: from where, and how the session ended.
package struct SignInRecord: Hashable, Sendable {
    package struct End: Hashable, Sendable {
        package let cause: SignOutCause
        package let at: Instant
    }

    package let member: MemberID
    package let origin: Personal<SignInOrigin>
    package let subject: Subject
    package let began: Instant
    package internal(set) var end: End?
    /// When the time to keep the origin was over; nil before.
    package let detailsEnd: Instant?
}
