import Accounts
import Events
import Projections

extension RetentionEngine {
    /// Erases expired details of sign-ins in large groups: there may be a million, and each append waits for the disk.
    func endSignInDetails(_ run: inout RetentionRun) async {
        let group = 20 * RetentionEngine.page
        do {
            while true {
                let entries = try views.retention.erasable(by: .signIn, limit: group)
                let count = try await accounts.erase(signIns: entries.map { ($0.subject, $0.since) })
                if count > 0 { run.done[.signInDetails, default: 0] += count }
                guard count == group, await views.waitUntil(position: log.head) else { return }
            }
        } catch {
            run.failed[.signInDetails, default: 0] += 1
        }
    }

    func due(
        by rule: RetentionRule, _ held: RetentionSchedule.SubjectRule, at time: Instant, _ policies: PolicyCalendar
    ) throws -> [RetentionDue] {
        let limit: (RetentionRules) -> Period =
            switch held {
            case .signIn: \.signInDetails
            case .correction: \.correctionCase
            }
        return try views.retention.erasable(by: held, limit: 20 * RetentionEngine.page)
            .compactMap { entry in
                guard let end = policies.deadline(from: entry.since, judgedAt: time, limit), time >= end else {
                    return nil
                }
                let id = held == .signIn ? entry.subject.description : entry.id
                return RetentionDue(rule: rule, id: id, since: entry.since, due: end)
            }
    }
}
