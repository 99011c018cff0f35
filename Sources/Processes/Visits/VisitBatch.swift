import Accounts
import Events

/// Requests that are written together: what many of them have in common is worked out once, and forgotten with them.
struct VisitBatch {
    private let policies: PolicyCalendar
    private var rules: [Int64: VisitLogRules?] = [:]
    private var devices: [String: VisitDevice] = [:]

    init(policies: PolicyCalendar) { self.policies = policies }

    /// A version comes into force at midnight, so the rules are the same for a whole second.
    mutating func rules(at time: Instant) -> VisitLogRules? {
        let second = time.milliseconds / 1000
        if let known = rules[second] { return known }
        let found = policies.inForce(at: time)?.rules.visitLog
        rules[second] = .some(found)
        return found
    }

    mutating func device(of userAgent: String?) -> VisitDevice {
        let agent = userAgent ?? ""
        if let known = devices[agent] { return known }
        let device = VisitDevice(userAgent: agent)
        devices[agent] = device
        return device
    }
}
