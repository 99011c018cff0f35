import Accounts
import Events
import HTML

/// One item of a member's data on the settings page: its value, its origin, and the action offered on it.
struct PersonalDatum: Sendable {
    enum Value: Sendable {
        case text(String)
        /// Shown only after the password was entered once more (P-12.3).
        case masked(String)
        case missing(String)
        /// Shown in a section further down the page.
        case elsewhere(String, anchor: String)
    }

    let label: String
    let value: Value
    var origin: OwnRecord.Origin?
    var note: String?
    var action: (label: String, page: SiteLink)?
}

extension PersonalDatum {
    /// A text that the administration wrote about the member, or the member wrote to the administration.
    init(label: String, _ text: String?, _ time: Instant) {
        self.init(
            label: label, value: text.map { .text($0) } ?? .missing("Raderad"),
            note: "Den \(RelativeTime(time, now: time).exact).")
    }
}
