package import Events
package import Forum

extension RemovalReason {
    /// The reason as a reader sees it: `Inlägget togs bort av en moderator: …`
    package var words: String {
        switch self {
        case .spam: "reklam eller skräp"
        case .personalData: "personuppgifter"
        case .unlawful: "olagligt innehåll"
        case .abuse: "kränkande eller hotfullt"
        case .offTopic: "hör inte till ämnet"
        case .other: "bröt mot medlemsvillkoren"
        }
    }
}

extension TextErasureReason {
    package var words: String {
        switch self {
        case .personalData: "Personuppgifter"
        case .unlawful: "Olagligt innehåll"
        case .authority: "Beslut av domstol eller myndighet"
        case .authorsRequest: "Den som skrev texten vill det"
        case .spam: "Skräp: det är ingen fråga"
        }
    }
}
