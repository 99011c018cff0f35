import Accounts
import Events
import Testkit

/// A member with values that occur nowhere else.
enum CanaryMember {
    static let name = "Kanarina Fågelströmsson"
    static let correctedName = "Kanarina Gulvingesson"
    static let formerUsername = "kanariefoten"
    static let username = "kanarieöga"
    static let formerEmail = "kanarina.forr@fagelbur.example"
    static let email = "kanarina.nu@fagelbur.example"
    static let pendingEmail = "kanarina.snart@fagelbur.example"
    static let number = "197506129241"
    static let wishedNumber = "197602092392"
    static let password = "gul fjäder i motvind"
    static let municipality = "2584"
    static let signInAddress = "203.0.113.177"
    static let device = "Kanariebläddraren på Fågelholken"

    static let title = "Kanarina Gulvingesson undrar om läten"
    static let formerTitle = "Kanarinas fråga om läten"
    static let named = "Hälsningar från Kanarina på 070-417 45 67"
    static let formerBody = "Kanarina skrev först om fröblandningar"
    static let deleted = "Kanarina ångrade den här meningen"
    static let removed = "Kanarinas annons som togs bort"
    static let quoted = "Kanarina Gulvingesson sa så och blev citerad"
    /// Contains nothing about her, so it stays when her texts are anonymised.
    static let plain = "Gulnäbbade fröätare trivs bäst i solrosor"

    static let message = "Ring Kanarina om fröna på 070-417 45 67"
    static let report = "Grannstaren kallade mig gökunge"
    /// Like `plain`.
    static let plainMessage = "Solrosfröna är slut till lördag"

    static let rule = "Regel om fågelholkar 04.2"
    static let facts = "Kvittrade i hundra trådar på en natt"
    static let appeal = "Det var en stare och inte jag"
    static let keptRule = "Regel om fågelburar 09.1"
    static let keptFacts = "Fjäderspåren visar att det var hon"
    static let note = "Fågelärende sjutton"
    static let grounds = "Jag har flyttat till gulvingarna"
    static let otherGrounds = "Numret är en starrs"
    static let decision = "Ringmärket säger likadant"
    static let otherDecision = "Ringmärket säger något annat"
    static let resetReason = "Hackspetten tappade telefonen i boet"
    static let reference = "Fågelpolisen 0105-K1-26"

    static let draft = "Kanarinas halvfärdiga sång om burar"
    static let draftTitle = "Kanarinas halva rubrik"
    static let bookmarkNote = "Näbbminne till Kanarina själv"

    static let contact = "kanarina.fragar@fagelbur.example"
    static let contactName = "Kanarina Frågvis"
    static let mailID = "hackspettsbrev-17@fagelbur.example"
    static let replyTo = "kanarina.hemma@fagelbur.example"
    /// A mail from her that is stored as received.
    static let mail = "Hackspetten hamrar, skriver Kanarina"
    static let question = "Varför mejslar hackspetten i natt"
    static let questionSubject = "Hackspettens arbetstider"
    static let target = "/forum/hackspettens-tråd"
    static let reply = "Hackspetten har fått besked"
    static let caseNote = "Ring hackspetten i gryningen"
    static let caseRule = "Fågelboken kapitel 12"
    static let caseReasons = "Hackspetten hade rätt hela tiden"
    static let checked = "Uppgav numret i näbbtelefon"

    /// Her values in each field. A value too short to search for alone is given as it is sealed, with its field's name; no other member
    /// has the same.
    static func values(of field: PersonalField) -> [String] {
        switch field {
        case .name: [name, correctedName, "Gulvingesson"]
        case .username: [formerUsername, username]
        case .emailAddress: [formerEmail, email, pendingEmail]
        case .personalIdentityNumber: [number, String(number.suffix(10))]
        case .municipality: ["\"municipality\":\"\(municipality)\""]
        case .sex: ["\"sex\":\"male\""]
        case .identityProtection: ["\"handling\":\"ordinary\""]
        // Random: the test reads them from her account.
        case .passwordHash, .twoFactorSecret, .recoveryCodes, .staffNameDigest: []
        // Random ids: the markers and bookmarks in `reading.sqlite` are searched for by her own.
        case .readMarker, .bookmark: []
        case .bookmarkNote: [bookmarkNote]
        case .draftText: [draft, draftTitle]
        case .resetReason: [resetReason]
        case .signInAddress: [signInAddress]
        case .signInDevice: [device]
        case .postBody: [named, formerBody, deleted, removed, quoted]
        case .threadTitle: [title, formerTitle]
        case .messageText: [message]
        case .messageReport: [report]
        case .statementRule: [rule, keptRule]
        case .statementFacts: [facts, keptFacts]
        case .appealText: [appeal]
        case .comparison: ["\"comparison\":\"document-agrees\""]
        case .correctedValue: [correctedName, wishedNumber]
        case .correctionGrounds: [grounds, otherGrounds]
        case .decisionReason: [decision, otherDecision]
        case .viewingNote: [note]
        case .holdReference: [reference]
        case .caseContact: [contact]
        case .caseContactName: [contactName]
        case .caseMailID: [mailID]
        // Random, and the content that it opens is stored nowhere else.
        case .caseMailKey: []
        case .caseReplyTo: [replyTo]
        case .caseNote: [caseNote]
        case .caseReasons: [caseReasons, checked]
        case .caseReply: [reply]
        case .caseRule: [caseRule]
        case .caseSubject: [questionSubject]
        case .caseTarget: [target]
        case .caseText: [question]
        case .identityVerdict: ["\"identity-verdict\":\"name,username"]
        // About the site's categories, never about a member.
        case .categoryName, .categorySlug, .categoryDescription: []
        case .newsletterSubject, .newsletterBody: []
        }
    }

    /// Must not be stored at any time.
    static let neverWritten = [password, mail, "750612-9241", "760209-2392"]
}
