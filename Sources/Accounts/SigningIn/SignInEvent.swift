package import Events

/// One sign-in, and how its session ended; each sign-in has a separate stream.
package enum SignInEvent: Hashable, Sendable {
    case signedIn(MemberID, Sealed<SignInOrigin>)
    case signedOut(SignOutCause)
}

/// Where a member signed in from.
package struct SignInOrigin: Hashable, Sendable, Redacted {
    package let address: String
    package let device: String

    /// - Parameter device: the name it reports; a long one is truncated.
    package init(address: String, device: String) {
        self.address = address
        self.device = String(device.prefix(200))
    }
}

/// Why a session ended.
package enum SignOutCause: String, ClosedCode, CaseIterable {
    /// By the sign-out button.
    case chosen
    /// Unused for longer than the policy says.
    case expired
    /// Ended from another device, or because the password changed.
    case ended
}

package enum SignInEventName: String, AccountStreamEventName {
    case signedIn = "accounts.signed-in"
    case signedOut = "accounts.signed-out"
}

extension SignInEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .signedIn(let member, let origin): event(.signedIn, sealing: origin.part) { $0.write(.member, member) }
        case .signedOut(let cause): event(.signedOut, .cause, cause)
        }
    }

    package init(_ name: SignInEventName, _ event: RecordedEvent) throws {
        switch name {
        case .signedIn: self = .signedIn(try event.clear(.member), try event.sealed())
        case .signedOut: self = .signedOut(try event.clear(.cause))
        }
    }
}

extension SignInOrigin: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        address = try fields(.signInAddress, \.address)
        device = try fields(.signInDevice, \.device)
    }
}

extension ClearField<MemberID> {
    fileprivate static var member: Self { "member" }
}

extension ClearField<SignOutCause> {
    fileprivate static var cause: Self { "cause" }
}
