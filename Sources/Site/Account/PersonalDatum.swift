import Accounts
import Events
import HTML

/// One piece of a member's data on the settings page: what it is, where it comes from, and what can be done about it.
struct PersonalDatum: Sendable {
    enum Value: Sendable {
        case text(String)
        /// Shown only after the password was entered once more (P-12.3).
        case masked(String)
        case missing(String)
        /// Stands in a part of its own further down.
        case elsewhere(String, anchor: String)
    }

    let label: String
    let value: Value
    var origin: OwnRecord.Origin?
    var note: String?
    var action: (label: String, page: SiteLink)?
}

extension PersonalDatum {
    /// What the administration has written about somebody, or somebody to it.
    init(label: String, _ text: String?, _ time: Instant) {
        self.init(
            label: label, value: text.map { .text($0) } ?? .missing("Raderad"),
            note: "Den \(RelativeTime(time, now: time).exact).")
    }
}
