import Accounts
import Events

/// P-12.2: after an account is reported as compromised, it needs a new password before any sign-in.
struct CompromisedNeedNewPassword: Invariant {
    static let name = InvariantName.compromisedNeedNewPassword

    func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        guard case .accounts(.signIn(.signedIn(let member, _))) = event.kind,
            let account = history.member(member).account, account.password == nil
        else { return }
        violations.add("signed in without a password", at: event.position, of: member)
    }
}
