package import Accounts

/// The reasons for showing a personal identity number, and what was shown, in Swedish.
package enum NumberWords {
    package static func label(of reason: NumberReason) -> String {
        switch reason {
        case .identification: "Kontrollera vem någon är"
        case .correction: "Pröva en rättelse av numret"
        case .duplicate: "Skilja två konton åt"
        case .moderation: "Bedöma en text som sprider ett nummer"
        case .authority: "En myndighet har rätt att få det"
        }
    }

    package static var options: [(value: String, label: String)] {
        NumberReason.allCases.map { ($0.rawValue, label(of: $0)) }
    }

    /// What was shown and why, for the member.
    package static func sentence(for shown: NumberViews.Shown) -> String {
        "\(thing(shown)): \(label(of: shown.reason))"
    }

    /// What was shown and why, as a code.
    package static func code(of shown: NumberViews.Shown) -> String {
        switch shown {
        case .registered(let view): "number-\(view.reason.rawValue)"
        case .written(let view): "text-number-\(view.reason.rawValue)"
        }
    }

    private static func thing(_ shown: NumberViews.Shown) -> String {
        switch shown {
        case .registered(let view):
            switch view.place {
            case .account: "Visade ditt personnummer"
            case .correction: "Visade numren i din begäran om rättelse"
            }
        case .written(let view):
            switch view.place {
            case .caseFile: "Visade ett personnummer i ett ärende"
            case .message: "Visade ett personnummer i ett anmält meddelande"
            }
        }
    }
}
