import Events
import Messaging

/// P-08.4: mail about a case cannot be switched off.
struct CaseMailsAreNeverSwitchedOff: Invariant {
    static let name = InvariantName.caseMailsAreNeverSwitchedOff
    static let sources: Set<ProjectedEvent.Source> = [.mail]

    func take(_ event: AuditedEvent, after _: History, _ violations: inout Violations) {
        guard case .mail(.suppressed(let mail, .switchedOff)) = event.kind, mail.key.name.isAboutCase else { return }
        violations.add("\(mail.key.name.rawValue) was switched off", at: event.position, of: mail.key.member)
    }
}

extension MailName {
    fileprivate var isAboutCase: Bool { rawValue.hasPrefix("case-") || rawValue == "dispute-opened" }
}
