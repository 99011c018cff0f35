package import Events

/// Everything the log knows about one member, with when and from where each piece came: for that one's own eyes (P-12.3).
package struct OwnRecord: Sendable {
    /// A piece of data that has a time and a source of its own. What was corrected since is told by its request: the identity from
    /// before is erased, and with it what differed.
    package enum Fact: Hashable, Sendable {
        case name, username, number, sex, email, municipality, password, handling, twoFactor
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
        /// Of the question's wording; a withdrawal has none.
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
        package let reasons: Held<StatementOfReasons>
        package let at: Instant
    }

    package struct Appealed: Hashable, Sendable {
        package let text: Held<AppealText>
        package let at: Instant
    }

    /// Why somebody of the staff wanted the second factor reset.
    package struct ResetReasoned: Hashable, Sendable {
        package let reason: Held<ResetReason>
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

    mutating func take(_ event: AccountEvent, by actor: Actor, at time: Instant) {
        note(event, by: actor, at: time)
        member.evolve(event)
    }

    private mutating func note(_ event: AccountEvent, by actor: Actor, at time: Instant) {
        let own = Origin(source: member.active == nil ? .registration : .oneself, at: time)
        switch event {
        case .signedUp:
            for fact in [Fact.name, .username, .number, .sex] { origins[fact] = own }
        case .emailGiven, .emailChanged, .emailChangeUndone: origins[.email] = own
        case .municipalityDeclared: origins[.municipality] = own
        case .passwordSet(_, .rehashed): break
        case .passwordSet: origins[.password] = own
        case .compromiseReported: origins[.password] = nil
        case .usernameChanged: origins[.username] = own
        case .handlingSet(let handling):
            let isOwn = handling.owner.id(MemberKind.self).map(Actor.member) == actor
            origins[.handling] = Origin(source: isOwn ? .oneself : .administration, at: time)
            if handling.value.value == .protected { origins[.municipality] = nil }
        case .policyAccepted(let acceptance):
            acceptedTexts.append(AcceptedText(kind: .policy, acceptance: acceptance, at: time))
        case .termsAccepted(let acceptance):
            acceptedTexts.append(AcceptedText(kind: .terms, acceptance: acceptance, at: time))
        case .consentGiven(let purpose, let form):
            consents[purpose] = ConsentAnswer(isYes: true, form: form, at: time)
        case .consentWithdrawn(let purpose):
            consents[purpose] = ConsentAnswer(isYes: false, form: nil, at: time)
        case .newsletterAnswered: newsletterAnsweredAt = time
        case .mailChoiceSet(let kind, _): mailChosenAt[kind] = time
        case .closed(let closing):
            if let reasons = closing.reasons { statements.append(Statement(reasons: reasons, at: time)) }
        case .deactivated(let deactivation):
            statements.append(Statement(reasons: deactivation.reasons, at: time))
        case .appealRejected(let reasons, at: _): statements.append(Statement(reasons: reasons, at: time))
        case .appealed(let text, at: _): appeals.append(Appealed(text: text, at: time))
        case .twoFactor(.enabled, _): origins[.twoFactor] = own
        case .twoFactor(.disabled, _), .twoFactor(.reset, _): origins[.twoFactor] = nil
        case .twoFactor(.resetProposed(let reason), let time):
            resetReasons.append(ResetReasoned(reason: reason, at: time))
        case .twoFactor(.codesMade, _), .twoFactor(.shown, _), .twoFactor(.codeUsed, _), .twoFactor(.wrongCodes, _),
            .twoFactor(.resetDeclined, _):
            break
        case .policyPublished, .policyInForce, .termsPublished, .termsInForce, .confirmed, .signUpLapsed,
            .reviewRequested, .passwordResetRequested, .signInsHeldBack, .emailChangeRequested, .emailChangeSettled,
            .identityCorrected,
            .textsChosen, .wayBackRequested, .reviewApproved, .reviewRejected, .restored, .returned, .unusedWarned,
            .purgeAnnounced, .purged, .signedIn, .signedOut,
            .roleGranted, .roleRevoked:
            break
        }
    }
}

extension Accounts {
    package func ownRecord(of member: MemberID) throws -> OwnRecord {
        var record = OwnRecord()
        for event in try log.events(in: StreamName(member)) {
            if let known = try AccountEvent.decode(event) { record.take(known, by: event.actor, at: event.time) }
        }
        return record
    }

    /// One signing in: when, from where as far as that is still kept, and how it ended.
    package func signInRecord(_ id: SignInID) throws -> SignInRecord? {
        var record: SignInRecord?
        for event in try log.events(in: StreamName(id)) {
            let known = try AccountEvent.decode(event)
            if case .signedIn(let member, let origin, let time) = known {
                record = SignInRecord(member: member, origin: origin.value, began: time)
            }
            if case .signedOut(let cause, let time) = known { record?.end = SignInRecord.End(cause: cause, at: time) }
        }
        return record
    }
}

/// One signing in: from where, and how it ended.
package struct SignInRecord: Hashable, Sendable {
    package struct End: Hashable, Sendable {
        package let cause: SignOutCause
        package let at: Instant
    }

    package let member: MemberID
    package let origin: Personal<SignInOrigin>
    package let began: Instant
    package internal(set) var end: End?
}
