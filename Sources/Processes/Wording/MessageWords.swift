package import Messaging

extension OpeningReason {
    /// The reason as a participant reads it.
    package var words: String {
        switch self {
        case .report: "för att någon av er hade anmält det"
        case .appeal: "för att någon har begärt omprövning av ett beslut om det"
        case .dispute: "för att det hör till en tvist"
        case .authority: "för att en domstol eller myndighet har krävt det"
        }
    }
}

extension OpeningReason {
    package var label: String {
        switch self {
        case .report: "Pröva anmälan"
        case .appeal: "Ompröva ett beslut"
        case .dispute: "Tvist mellan medlemmar"
        case .authority: "Krav från domstol eller myndighet"
        }
    }
}

extension MessageReportReason {
    package var words: String {
        switch self {
        case .abuse: "Hot, trakasserier eller kränkningar"
        case .spam: "Reklam eller skräp"
        case .unlawful: "Något olagligt"
        case .personalData: "Personuppgifter som används fel"
        case .other: "Något annat"
        }
    }
}
