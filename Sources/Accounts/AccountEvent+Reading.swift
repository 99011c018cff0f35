package import Events

extension AccountEvent {
    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    package static func decode(_ event: RecordedEvent) throws -> AccountEvent? {
        guard let name = try AccountEventName(event) else { return nil }
        switch name {
        case .policyPublished: return .policyPublished(try PolicyDocument(published: event))
        case .policyInForce: return .policyInForce(try event.clear(version))
        case .termsPublished: return .termsPublished(try TermsDocument(published: event))
        case .termsInForce: return .termsInForce(try event.clear(version))
        case .signedUp:
            try event.clear(nothing)
            return .signedUp(try event.held(Identity.init), at: event.time)
        case .emailGiven:
            try event.clear(nothing)
            return .emailGiven(try event.held(.emailAddress, EmailAddress.init(recorded:)))
        case .municipalityDeclared:
            try event.clear(nothing)
            return .municipalityDeclared(try event.held(.municipality, Municipality.init(code:)))
        case .passwordSet:
            let cause: PasswordCause = try event.clear { (json) throws(MalformedEvent) in try json.code("cause") }
            return .passwordSet(try event.held(.passwordHash, PasswordHash.init(phc:)), cause)
        case .policyAccepted: return .policyAccepted(try event.clear(Acceptance.init))
        case .termsAccepted: return .termsAccepted(try event.clear(Acceptance.init))
        case .consentGiven:
            return try event.clear { (json) throws(MalformedEvent) in
                let form = try json.hash("form")
                return .consentGiven(try json.code("purpose"), form: form)
            }
        case .consentWithdrawn:
            return .consentWithdrawn(try event.clear { (json) throws(MalformedEvent) in try json.code("purpose") })
        case .newsletterAnswered:
            let schema = event.type.schema
            return try event.clear { (json) throws(MalformedEvent) in
                let isYes = try json.bool("answer")
                return .newsletterAnswered(
                    NewsletterAnswer(isYes: isYes, form: schema == 1 ? nil : try json.optionalHash("form")))
            }
        case .mailChoiceSet:
            return try event.clear { (json) throws(MalformedEvent) in
                let choice: MailChoice = try json.code("choice")
                return .mailChoiceSet(try json.code("kind"), choice)
            }
        case .usernameChanged:
            try event.clear(nothing)
            return .usernameChanged(try event.held(.username, Username.init(recorded:)))
        case .confirmed:
            try event.clear(nothing)
            return .confirmed(at: event.time)
        case .signUpLapsed:
            try event.clear(nothing)
            return .signUpLapsed
        case .reviewRequested:
            let reason: ReviewReason = try event.clear { (json) throws(MalformedEvent) in try json.code("reason") }
            return .reviewRequested(reason, at: event.time)
        case .passwordResetRequested:
            try event.clear(nothing)
            return .passwordResetRequested(at: event.time)
        case .compromiseReported:
            try event.clear(nothing)
            return .compromiseReported(at: event.time)
        case .emailChangeRequested:
            try event.clear(nothing)
            return .emailChangeRequested(
                try event.held(.emailAddress, EmailAddress.init(recorded:)), at: event.time)
        case .emailChanged:
            try event.clear(nothing)
            return .emailChanged(at: event.time)
        case .emailChangeUndone:
            try event.clear(nothing)
            return .emailChangeUndone(at: event.time)
        case .emailChangeSettled:
            try event.clear(nothing)
            return .emailChangeSettled
        case .handlingSet:
            try event.clear(nothing)
            return .handlingSet(try event.held(.handling, Handling.init(rawValue:)))
        case .identityCorrected:
            try event.clear(nothing)
            return .identityCorrected(try event.held(Identity.init))
        case .closed: return .closed(try Closing(event))
        case .textsChosen:
            return try event.clear { (json) throws(MalformedEvent) in
                let choice: TextsChoice = try json.code("choice")
                return .textsChosen(choice, erasing: try json.subjects("erasing"))
            }
        case .wayBackRequested:
            try event.clear(nothing)
            return .wayBackRequested(at: event.time)
        case .restored:
            try event.clear(nothing)
            return .restored(at: event.time)
        case .deactivated:
            let until = try event.clear { (json) throws(MalformedEvent) in try json.instant("until") }
            return .deactivated(
                Deactivation(at: event.time, until: until, reasons: try event.held(StatementOfReasons.init)))
        case .returned:
            try event.clear(nothing)
            return .returned(at: event.time)
        case .appealed:
            try event.clear(nothing)
            return .appealed(try event.held(.appealText, AppealText.init(recorded:)), at: event.time)
        case .appealRejected:
            try event.clear(nothing)
            return .appealRejected(try event.held(StatementOfReasons.init), at: event.time)
        case .unusedWarned:
            try event.clear(nothing)
            return .unusedWarned(at: event.time)
        case .purgeAnnounced:
            try event.clear(nothing)
            return .purgeAnnounced(at: event.time)
        case .purged:
            let schema = event.type.schema
            return .purged(
                try event.clear { (json) throws(MalformedEvent) in
                    schema == 1 ? nil : try json.optionalCode("order")
                }, at: event.time)
        case .twoFactorEnabled: return .twoFactor(try .enabled(from: event), at: event.time)
        case .twoFactorDisabled: return try bare(.disabled, event)
        case .recoveryCodesMade: return .twoFactor(try .codesMade(from: event), at: event.time)
        case .recoveryCodeUsed: return .twoFactor(try .codeUsed(from: event), at: event.time)
        case .secondFactorShown: return .twoFactor(try .shown(from: event), at: event.time)
        case .wrongCodesNoticed: return try bare(.wrongCodes, event)
        case .twoFactorResetProposed: return .twoFactor(try .resetProposed(from: event), at: event.time)
        case .twoFactorResetDeclined: return try bare(.resetDeclined, event)
        case .twoFactorReset: return try bare(.reset, event)
        case .reviewApproved:
            try event.clear(nothing)
            return .reviewApproved
        case .reviewRejected:
            let reason: RejectionReason = try event.clear { (json) throws(MalformedEvent) in try json.code("reason") }
            return .reviewRejected(reason, at: event.time)
        case .signedIn:
            let member: MemberID = try event.clear { (json) throws(MalformedEvent) in try json.id("member") }
            return .signedIn(member, try event.held(SignInOrigin.init), at: event.time)
        case .signedOut:
            let cause: SignOutCause = try event.clear { (json) throws(MalformedEvent) in try json.code("cause") }
            return .signedOut(cause, at: event.time)
        case .signInsHeldBack:
            try event.clear(nothing)
            return .signInsHeldBack(at: event.time)
        case .roleGranted:
            let (role, member) = try event.clear(roleOfMember)
            return .roleGranted(role, member)
        case .roleRevoked:
            let (role, member) = try event.clear(roleOfMember)
            return .roleRevoked(role, member)
        }
    }

    private static func nothing(_ json: inout ClearReader) throws(MalformedEvent) {}

    private static func version(_ json: inout ClearReader) throws(MalformedEvent) -> CalendarDate {
        try json.date("version")
    }

    private static func roleOfMember(_ json: inout ClearReader) throws(MalformedEvent) -> (Role, MemberID) {
        let member: MemberID = try json.id("member")
        return (try json.code("role"), member)
    }
}

/// A published text whose hash is not the one beside it.
package struct PublishedTextDiffers: Error, Hashable {
    package let position: Int
}

extension PolicyDocument {
    fileprivate init(published event: RecordedEvent) throws {
        let (hash, rules, text) = try event.clear { (json) throws(MalformedEvent) in
            _ = try json.code("change") as DocumentChange
            let parts = (try json.hash("hash"), try json.published("rules").text, try json.published("text").text)
            _ = try json.date("version")
            return parts
        }
        try self.init(text: text, rules: rules, directory: "event \(event.position)/")
        guard self.hash == hash else { throw PublishedTextDiffers(position: event.position) }
    }
}

extension TermsDocument {
    fileprivate init(published event: RecordedEvent) throws {
        let (change, hash, text, version) = try event.clear { (json) throws(MalformedEvent) in
            let change: DocumentChange = try json.code("change")
            return (change, try json.hash("hash"), try json.published("text").text, try json.date("version"))
        }
        try self.init(text: text, version: version, change: change, file: "event \(event.position)/terms.md")
        guard self.hash == hash else { throw PublishedTextDiffers(position: event.position) }
    }
}

extension Identity {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        name = PersonName(recorded: try json.text(.name))
        number = try json.value(.personalIdentityNumber, PersonalIdentityNumber.init(twelveDigits:))
        correctedSex = try json.optionalValue(.sex, Sex.init(rawValue:))
        username = Username(recorded: try json.text(.username))
    }
}

extension SignInOrigin {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        address = try json.text(.signInAddress)
        device = try json.text(.signInDevice)
    }
}

extension Acceptance {
    fileprivate init(_ json: inout ClearReader) throws(MalformedEvent) {
        form = try json.hash("form")
        text = try json.hash("text")
        version = try json.date("version")
    }
}

extension Closing {
    fileprivate init(_ event: RecordedEvent) throws {
        let (cause, marked, receipt, texts) = try event.clear { (json) throws(MalformedEvent) in
            let cause: ClosingCause = try json.code("cause")
            let marked = try json.subjects("marked")
            let receipt = try json.hash("receipt")
            let texts: TextsChoice = try json.code("texts")
            return (cause, marked, receipt, texts)
        }
        let reasons = event.subject == nil ? nil : try event.held(StatementOfReasons.init)
        self.init(cause, texts: texts, marked: marked, receipt: receipt, at: event.time, reasons: reasons)
    }
}

extension StatementOfReasons {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        let facts = try json.text(.statementFacts)
        self.init(recordedRule: try json.text(.statementRule), facts: facts)
    }
}
