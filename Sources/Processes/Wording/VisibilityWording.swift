package import Accounts
package import Events

/// The exact wording of a visibility switch; an answer is recorded with its hash.
package struct VisibilityWording: Sendable {
    package let purpose: ConsentPurpose
    package let heading: String
    package let explanation: String
    package let warning =
        "Stänger du av igen försvinner uppgifterna genast från alla sidor och från sökningen. Men det som någon redan har sett kan vi inte ta tillbaka."
    package let switchOn: String
    package let switchOff: String

    /// Nil for a purpose that has no switch.
    package init?(_ purpose: ConsentPurpose) {
        self.purpose = purpose
        switch purpose {
        case .registerLookup: return nil
        case .visibleName:
            heading = "Ditt namn"
            explanation = "När det är på ser inloggade medlemmar ditt för- och efternamn, och kan hitta dig på det."
            switchOn = "Visa mitt namn"
            switchOff = "Sluta visa mitt namn"
        case .visibleAgeAndSex:
            heading = "Din ålder och ditt kön"
            explanation =
                "De visas tillsammans eller inte alls. När det är på ser inloggade medlemmar båda. Åldern visas i hela år."
            switchOn = "Visa min ålder och mitt kön"
            switchOff = "Sluta visa min ålder och mitt kön"
        }
    }

    package var text: String { [heading, explanation, warning, switchOn].joined(separator: "\n") }
    package var hash: TextHash { TextHash(of: text) }
}
