package import Events

/// The events by which a person becomes a member, or does not.
package enum RegistrationEvent: Hashable, Sendable {
    case signedUp(Sealed<Identity>)
    case reviewRequested(ReviewReason)
    case reviewApproved
    case reviewRejected(RejectionReason)
    /// From here on the member exists.
    case confirmed(NumberStanding)
    case signUpLapsed
}

/// Why staff must review a sign-up before it becomes a member. No longer appended: such a sign-up becomes an account without the number.
package enum ReviewReason: String, ClosedCode, CaseIterable {
    /// The personal identity number belongs to another member (P-16.6).
    case numberTaken = "number-taken"
}

/// Why a sign-up did not become a member. Shown to staff only.
package enum RejectionReason: String, ClosedCode, CaseIterable {
    /// No proof that the personal identity number belongs to the person who signed up.
    case numberNotProved = "number-not-proved"
    /// The e-mail address or the username belongs to another member by now.
    case namesTaken = "names-taken"
    /// The person who signed up no longer wants to be a member.
    case withdrawn
}

package enum RegistrationEventName: String, AccountStreamEventName {
    case signedUp = "accounts.signed-up"
    case confirmed = "accounts.confirmed"
    case reviewRequested = "accounts.review-requested"
    case reviewApproved = "accounts.review-approved"
    case reviewRejected = "accounts.review-rejected"
    case signUpLapsed = "accounts.sign-up-lapsed"

    package var schema: Int {
        switch self {
        // v1 knew only accounts that hold their number.
        case .confirmed: 2
        case .signedUp, .reviewRequested, .reviewApproved, .reviewRejected, .signUpLapsed: 1
        }
    }
}

extension RegistrationEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .signedUp(let identity): event(.signedUp, sealing: identity.part)
        case .reviewRequested(let reason): event(.reviewRequested, .reviewReason, reason)
        case .reviewApproved: event(.reviewApproved)
        case .reviewRejected(let reason): event(.reviewRejected, .rejectionReason, reason)
        case .confirmed(let standing): event(.confirmed, .number, standing)
        case .signUpLapsed: event(.signUpLapsed)
        }
    }

    package init(_ name: RegistrationEventName, _ event: RecordedEvent) throws {
        switch name {
        case .signedUp: self = .signedUp(try event.onlySealed())
        case .reviewRequested: self = .reviewRequested(try event.clear(.reviewReason))
        case .reviewApproved: self = try event.bare(.reviewApproved)
        case .reviewRejected: self = .reviewRejected(try event.clear(.rejectionReason))
        case .confirmed:
            self = event.type.schema == 1 ? try event.bare(.confirmed(.held)) : .confirmed(try event.clear(.number))
        case .signUpLapsed: self = try event.bare(.signUpLapsed)
        }
    }
}

extension ClearField<NumberStanding> {
    static var number: Self { "number" }
}

extension ClearField<ReviewReason> {
    fileprivate static var reviewReason: Self { "reason" }
}

extension ClearField<RejectionReason> {
    fileprivate static var rejectionReason: Self { "reason" }
}
