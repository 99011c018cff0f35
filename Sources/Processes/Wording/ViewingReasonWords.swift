package import Accounts

/// The reasons for viewing a member's data, in Swedish.
package enum ViewingReasonWords {
    package static func label(of reason: ViewingReason) -> String {
        switch reason {
        case .support: "Supportärende"
        case .moderation: "Moderering"
        case .correction: "Rättelse av uppgifter"
        case .appeal: "Omprövning av ett beslut"
        case .security: "Säkerhet"
        case .restoring: "Återskapa kontot"
        case .review: "Kontroll av en registrering"
        case .duplicate: "Kontots personnummer"
        case .rightsRequest: "Begäran om rättigheter"
        case .audit: "Granskning"
        }
    }

    package static var options: [(value: String, label: String)] {
        ViewingReason.allCases.map { ($0.rawValue, label(of: $0)) }
    }
}
