package import Messaging

extension Suppression {
    package var swedish: String {
        switch self {
        case .switchedOff: "bortvalt"
        case .bounced: "adressen tar inte emot mejl"
        case .moot: "inte aktuellt längre"
        case .tooMany: "för många till samma adress på kort tid"
        }
    }
}

extension GivingUp.Reason {
    package var swedish: String {
        switch self {
        case .refused: "Mejlservern ville inte ha det"
        case .exhausted: "Alla försök är gjorda"
        case .uncertain: "Ingen vet om det kom fram, och det skickas inte en tredje gång"
        }
    }
}
