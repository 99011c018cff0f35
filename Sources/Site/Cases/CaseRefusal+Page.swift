import Accounts
import Messaging
import Web

extension CaseRefusal {
    /// The message shown at the form that was refused.
    var swedish: String {
        switch self {
        case .noSuchCase: "Ärendet finns inte längre."
        case .notAParty: "Du är inte part i ärendet."
        case .ownMatter: "Saken gäller dig själv. Någon annan måste ta hand om den."
        case .noOtherParty: "Det finns ingen annan part i ärendet."
        case .alreadyClosed: "Ärendet är redan avslutat."
        case .notClosed: "Ärendet är inte avslutat."
        case .nothingToAppeal: "Det finns inget beslut att ompröva, eller så har du redan begärt det."
        case .tooLateToAppeal: "Tiden för omprövning har gått ut."
        case .notExtendable: "Tiden kan bara förlängas en gång, och bara innan den har gått ut."
        case .disputeWithOneself: "Du kan inte vara i tvist med dig själv."
        case .noSuchMail: "Någon har redan tagit hand om mejlet."
        case .otherNotHeard:
            "Den andra parten har inte sagt något än. Skriv till den parten i ärendet och vänta in svaret innan du beslutar."
        case .notIdentified: "Kontrollera först vem det är som frågar. Utan det kan du bara avslå."
        }
    }

    var pageError: PageError? {
        switch self {
        case .noSuchCase, .notAParty: .notFound
        case .ownMatter: .ownMatter(of: [.moderator, .administrator])
        case .noOtherParty, .alreadyClosed, .notClosed, .nothingToAppeal, .tooLateToAppeal, .notExtendable,
            .disputeWithOneself, .noSuchMail, .notIdentified, .otherNotHeard:
            nil
        }
    }
}
