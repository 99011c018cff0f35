import Events
package import HTML
package import Messaging
import SiteMap

extension CaseChange {
    var words: String {
        switch self {
        case .sent: "Tack! Vi har fått det du skrev, och ett kvitto kommer med e-post."
        case .written: "Tack! Det du skrev finns nu i ärendet."
        case .answered: "Svaret är skickat."
        case .noted: "Anteckningen är sparad."
        case .assigned: "Ändrat vem som tar hand om ärendet."
        case .closed: "Ärendet är avslutat."
        case .reopened: "Ärendet är öppet igen."
        case .decided: "Beslutet är sparat och skickas till parterna."
        case .appealed: "Tack! Vi prövar beslutet en gång till och svarar med skäl."
        case .extended: "Tiden är förlängd, och den som frågade får veta varför."
        case .numberMoved: "Personnumret är flyttat till den rättmätiga ägarens konto."
        case .identified: "Identitetskontrollen är antecknad."
        case .filed: "Mejlet hör nu till ärendet."
        case .directed: "Svaren går till den andra adressen från och med nu."
        case .erased: "Ärendet är raderat."
        case .suspended: "Kontot är avstängt. Medlemmen får skälen och vägen till omprövning med e-post."
        }
    }
}

extension CaseFilter {
    var swedish: String {
        switch self {
        case .due: "Att besvara"
        case .open: "Alla öppna"
        case .closed: "Avslutade"
        }
    }
}

extension FieldName {
    static let caseSubject: FieldName = "amne"
    static let caseText: FieldName = "meddelande"
    static let caseReasons: FieldName = "skal"
    static let disputedThread: FieldName = "trad"
    static let disputedConversation: FieldName = "samtal"
}

extension SiteLink {
    /// - Parameter username: the other party's.
    static func openDispute(about ground: DisputeGround = .other, with username: String? = nil) -> SiteLink {
        .openDispute(query: ground.query + [QueryItem(.username, username)])
    }
}

extension DisputeGround {
    var query: [QueryItem] {
        switch self {
        case .thread(let id): [.init(.disputedThread, id.description)]
        case .conversation(let id): [.init(.disputedConversation, id.description)]
        case .other: []
        }
    }

    /// The ground named in the query; `.other` when it names none.
    package init(_ form: Form) {
        if let thread: ThreadID = form.value(.disputedThread) {
            self = .thread(thread)
        } else if let conversation: ConversationID = form.value(.disputedConversation) {
            self = .conversation(conversation)
        } else {
            self = .other
        }
    }
}
