package import Events

/// The state of an enabled second factor.
package struct TwoFactor: Hashable, Sendable {
    package let secret: Sealed<TOTPSecret>
    package let since: Instant
    package internal(set) var lastStep: Int
    package internal(set) var codes: Sealed<RecoveryCodeHashes>?
    package internal(set) var usedCodes: Set<Int> = []

    package var codesLeft: Int { codes == nil ? 0 : RecoveryCodes.count - usedCodes.count }

    /// At this many unused codes or fewer, the member is asked to make new ones.
    package static let fewRecoveryCodes = 3

    /// The subjects that are erased when it is disabled.
    package var subjects: [Subject] { [secret.subject] + [codes?.subject].compactMap(\.self) }
}

/// An administrator's proposal to remove a member's second factor, because the device is lost. Another administrator decides.
package struct ResetProposal: Hashable, Sendable {
    package let reason: Sealed<ResetReason>
    package let at: Instant

    /// After it, the proposal counts as declined.
    static let lasts = Period(days: 7)

    package var end: Instant { at.adding(ResetProposal.lasts) }
}

/// Why a second factor is to be reset: how the member was recognised.
package struct ResetReason: Hashable, Sendable, Redacted {
    package let text: String

    /// Nil when it is empty or longer than 500 characters.
    package init?(_ text: String) {
        guard let text = TypedText.visibleLines(text), text.count <= 500 else { return nil }
        self.init(recorded: text)
    }

    package init(recorded text: String) { self.text = text }
}

extension Account {
    mutating func evolve(_ event: TwoFactorEvent, at time: Instant) {
        switch event {
        case .enabled(let secret, let step): twoFactor = TwoFactor(secret: secret, since: time, lastStep: step)
        case .codesMade(let codes):
            twoFactor?.codes = codes
            twoFactor?.usedCodes = []
        case .shown(let step):
            twoFactor?.lastStep = step
            // A member who has the device needs no way around it.
            resetProposal = nil
        case .codeUsed(let number):
            twoFactor?.usedCodes.insert(number)
            resetProposal = nil
        case .wrongCodes: wrongCodesAt = time
        case .resetProposed(let reason): resetProposal = ResetProposal(reason: reason, at: time)
        case .resetDeclined: resetProposal = nil
        case .disabled, .reset:
            twoFactor = nil
            resetProposal = nil
        }
    }

    /// A proposal that can still be approved.
    package func openProposal(at time: Instant) -> ResetProposal? {
        resetProposal.flatMap { time < $0.end ? $0 : nil }
    }
}

extension ResetReason: SealedText {
    package static let field = PersonalField.resetReason
    package var recorded: String { text }
}
