import Accounts
import Events

/// P-14.1: nothing is kept of a replaced password or second factor that guesses could be tested against.
struct ReplacedPasswordsAreErased: Invariant {
    static let name = InvariantName.replacedPasswordsAreErased

    private struct Replaced: Sendable {
        let subject: Subject
        let owner: Owner
        let member: MemberID
        let position: Int
    }

    private var replaced: [Replaced] = []

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard let member = event.member, let before = history.member(member).account else { return }
        for subject in ReplacedPasswordsAreErased.replaced(by: event, of: before) {
            replaced.append(Replaced(subject: subject, owner: Owner(member), member: member, position: event.position))
        }
    }

    private static func replaced(by event: AuditedEvent, of before: Account) -> [Subject] {
        guard case .accounts(.member(let change)) = event.kind else { return [] }
        let password = [before.password?.subject].compactMap(\.self)
        if case .password(.set(let new, _)) = change { return password.filter { $0 != new.subject } }
        if case .password(.compromiseReported) = change { return password }
        guard case .twoFactor(let change) = change, let factor = before.twoFactor else { return [] }
        switch change {
        case .enabled, .disabled, .reset: return factor.subjects
        case .codesMade: return [factor.codes?.subject].compactMap(\.self)
        case .shown, .codeUsed, .wrongCodes, .resetProposed, .resetDeclined: return []
        }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for old in replaced where !history.fences.cover(old.subject, of: old.owner) {
            violations.add("what it replaces is kept", at: old.position, of: old.member)
        }
    }
}
