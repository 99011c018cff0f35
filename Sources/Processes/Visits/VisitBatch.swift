import Accounts
import Events

/// Requests that are written together; values that many of them share are computed once per batch.
struct VisitBatch {
    private let policies: PolicyCalendar
    private var rules: [Int64: VisitLogRules?] = [:]
    private var devices: [String: VisitDevice] = [:]

    init(policies: PolicyCalendar) { self.policies = policies }

    /// Cached per second: a version comes into force at midnight, so the rules do not change within a second.
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
