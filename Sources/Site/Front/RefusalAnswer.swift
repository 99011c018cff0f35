import Accounts
import Events
import Forum
import HTML
import Messaging
import Web

/// The answer to a refused command.
enum RefusalAnswer: Hashable {
    /// An error page: the subject of the command does not exist, or this reader may not change it.
    case page(PageError)
    /// The present state forbids the command. The sentence is shown at the form that was sent, or on a page with status 409.
    case reason(String)
}

/// A refusal with an answer. This file is the one place that maps refusals of the domains to statuses and words.
protocol AnsweredRefusal: Error {
    var answer: RefusalAnswer { get }
}

extension AnsweredRefusal {
    /// The reason, to be shown at the form that was sent.
    ///
    /// - Throws: the error page, if that is the answer.
    func reason() throws(PageError) -> String {
        switch answer {
        case .page(let error): throw error
        case .reason(let reason): return reason
        }
    }
}

/// The roles that take over what a member of staff may not handle herself.
private let otherStaff = RefusalAnswer.page(.ownMatter(of: [.moderator, .administrator]))

extension AccountRefusal: AnsweredRefusal {
    /// Refusals that a form can cause are shown at its fields; the others come from commands that no page offered, or that came too late.
    var answer: RefusalAnswer {
        switch self {
        case .noSuchMember, .noSuchReview, .nothingToRestore, .tooLateToRestore, .linkExpired: .page(.notFound)
        case .ownMatter: .page(.ownMatter(of: [.administrator]))
        case .notAllowed, .lastAdministrator, .notByOneself, .notClosed, .underLegalHold, .notAskedAbout,
            .protectedIdentity, .tooYoung, .wrongPassword, .wrongCode, .sameAdministrator, .otherAdministratorNeeded:
            .page(.forbidden)
        case .textsNotAccepted: .page(.textsNotAccepted)
        case .numberNotProved:
            .reason(
                "Kontots personnummer hör till ett annat konto. Det återskapas när ägaren har legitimerat sig i ett ärende och numret flyttas till det."
            )
        // Reached in a case only: in a form of her own a member corrects what she typed.
        case .emailTaken, .usernameTaken:
            .reason("E-postadressen eller användarnamnet hör till någon annan nu. Kontot kan inte återskapas med dem.")
        case .otherPolicyInForce, .otherTermsInForce, .emailChangeOpen, .numberTaken, .alreadyDecided, .twoFactorOn,
            .twoFactorOff, .versionExists, .datedInThePast, .holdTooLong:
            .page(.malformed(.formToken))
        }
    }
}

extension ForumRefusal: AnsweredRefusal {
    var answer: RefusalAnswer {
        switch self {
        case .noSuchCategory, .noSuchThread, .noSuchPost, .noSuchRevision: .page(.notFound)
        case .notAllowed, .notTheAuthor: .page(.forbidden)
        case .ownMatter: otherStaff
        case .categoryClosed: .reason("Kategorin är stängd för nya inlägg.")
        case .threadClosed: .reason("Tråden är låst. Det går inte att skriva i den.")
        case .postDeleted: .reason("Inlägget är borttaget av den som skrev det.")
        case .postRemoved: .reason("Inlägget är borttaget av en moderator.")
        case .postErased: .reason("Inlägget är raderat.")
        case .tooLateToRestore: .reason("Tiden för att ångra har gått ut, och texten raderas.")
        case .latestRevision: .reason("Det är så inlägget ser ut nu. Vill du ta bort det tar du bort hela inlägget.")
        case .inseparableRevision:
            .reason(
                "Den versionen kan bara raderas tillsammans med resten av inlägget, för de har samma nyckel. Ta bort hela inlägget i stället."
            )
        case .titleErased: .reason("Rubriken är raderad, och tråden kan inte få någon ny.")
        case .revisedMeanwhile:
            .reason(
                "Inlägget har ändrats sedan du öppnade det. Din text står kvar här; skicka igen för att ersätta den andra."
            )
        case .slugTaken: .reason("En annan kategori har redan den adressen.")
        case .incompleteOrder: .reason("Kategorierna har ändrats under tiden. Försök igen.")
        case .wouldBecomePublic:
            .reason("Tråden skrevs bara för medlemmar och kan inte flyttas till en kategori som alla får läsa.")
        }
    }
}

extension ConversationRefusal: AnsweredRefusal {
    /// Also shown instead of the form in such a conversation.
    static let nobodyLeftReason = "Det finns ingen kvar i samtalet att skriva till."

    var answer: RefusalAnswer { answer { _ in nil } }

    /// - Parameter name: the name of a member, as the reader sees it; nil when she has none.
    func answer(naming name: (MemberID) throws -> String?) rethrows -> RefusalAnswer {
        func naming(_ member: MemberID) throws -> String { try name(member) ?? "Medlemmen" }
        switch self {
        case .noSuchConversation, .noSuchMessage, .ownMessage, .notReported: return .page(.notFound)
        case .notTheAuthor: return .page(.forbidden)
        case .messageErased: return .reason("Meddelandet är raderat.")
        case .tooLateToRestore: return .reason("Tiden för att ångra har gått ut, och texten raderas.")
        case .ownMatter: return otherStaff
        case .nobodyNamed: return .reason("Skriv vem meddelandet är till.")
        case .tooManyMembers:
            return .reason(
                "Ett samtal kan ha högst \(SwedishNumber.inWords(Conversation.mostMembers)) deltagare. Ta bort några namn."
            )
        case .unreachable(let member):
            return .reason("\(try naming(member)) kan inte ta emot meddelanden just nu.")
        case .notTaken(let member): return .reason("\(try naming(member)) tar inte emot meddelanden från dig.")
        case .blockedByYou(let member):
            let name = try name(member) ?? "medlemmen"
            return .reason(
                "Du tar inte emot meddelanden från \(name). Börja ta emot dem igen om ni ska skriva till varandra.")
        case .nobodyLeft: return .reason(ConversationRefusal.nobodyLeftReason)
        case .full:
            let most = SwedishNumber.grouped(Conversation.mostMessages)
            return .reason("Samtalet har \(most) meddelanden och är fullt. Börja ett nytt.")
        case .yourself: return .reason("Du kan inte skriva till dig själv.")
        }
    }
}

extension CaseRefusal: AnsweredRefusal {
    var answer: RefusalAnswer {
        switch self {
        case .noSuchCase, .notAParty: .page(.notFound)
        case .ownMatter: otherStaff
        case .noOtherParty: .reason("Det finns ingen annan part i ärendet.")
        case .alreadyClosed: .reason("Ärendet är redan avslutat.")
        case .notClosed: .reason("Ärendet är inte avslutat.")
        case .unanswered: .reason("Svara eller besluta först: någon väntar på svar i ärendet.")
        case .undecided: .reason("Besluta först: en begäran om en rättighet avslutas med ett beslut.")
        case .nothingToAppeal: .reason("Det finns inget beslut att ompröva, eller så har du redan begärt det.")
        case .tooLateToAppeal: .reason("Tiden för omprövning har gått ut.")
        case .notExtendable: .reason("Tiden kan bara förlängas en gång, och bara innan den har gått ut.")
        case .disputeWithOneself: .reason("Du kan inte vara i tvist med dig själv.")
        case .noSuchMail: .reason("Någon har redan tagit hand om mejlet.")
        case .otherNotHeard:
            .reason(
                "Den andra parten har inte sagt något än. Skriv till den parten i ärendet och vänta in svaret innan du beslutar."
            )
        case .notIdentified: .reason("Kontrollera först vem det är som frågar. Utan det kan du bara avslå.")
        }
    }
}

extension NewsletterRefusal: AnsweredRefusal {
    var answer: RefusalAnswer {
        switch self {
        case .noSuchIssue: .page(.notFound)
        case .notADraft: .reason("Nyhetsbrevet är redan planerat eller skickat, så texten ligger fast.")
        case .notScheduled: .reason("Nyhetsbrevet är redan på väg ut.")
        case .notOnItsWay: .reason("Nyhetsbrevet är inte på väg ut.")
        case .stillOnItsWay: .reason("Nyhetsbrevet är på väg ut. Stoppa utskicket först.")
        case .timeIsPast: .reason("Tiden har redan varit. Välj en som kommer, eller skicka nu.")
        }
    }
}
