import Accounts
import Events
import HTML
import Messaging
import Processes
import Projections
import Web

extension ConversationRefusal {
    /// The error page for something that does not exist or is not for this reader; nil when only the current state forbids the action.
    var pageError: PageError? {
        switch self {
        case .noSuchConversation, .noSuchMessage, .ownMessage, .notReported: .notFound
        case .ownMatter: .ownMatter(of: [.moderator, .administrator])
        case .nobodyNamed, .tooManyMembers, .unreachable, .notTaken, .blockedByYou, .nobodyLeft, .full, .yourself: nil
        }
    }

    /// - Parameter name: the name of a member, as the reader sees it.
    func words(naming name: (MemberID) -> String) -> String {
        switch self {
        case .noSuchConversation: "Samtalet finns inte."
        case .noSuchMessage, .ownMessage, .notReported: "Meddelandet finns inte."
        case .nobodyNamed: "Skriv vem meddelandet är till."
        case .tooManyMembers:
            "Ett samtal kan ha högst \(Conversation.mostMembers) deltagare. Ta bort några namn."
        case .unreachable(let member): "\(name(member)) kan inte ta emot meddelanden just nu."
        case .notTaken(let member): "\(name(member)) tar inte emot meddelanden från dig."
        case .blockedByYou(let member):
            "Du tar inte emot meddelanden från \(name(member)). Börja ta emot dem igen om ni ska skriva till varandra."
        case .nobodyLeft: "Det finns ingen kvar i samtalet att skriva till."
        case .full:
            "Samtalet har \(SwedishNumber.grouped(Conversation.mostMessages)) meddelanden och är fullt. Börja ett nytt."
        case .yourself: "Du kan inte skriva till dig själv."
        case .ownMatter: "Du är med i samtalet. Någon annan måste ta hand om anmälan."
        }
    }

    /// The member that the refusal is about.
    var member: MemberID? {
        switch self {
        case .unreachable(let member), .notTaken(let member), .blockedByYou(let member): member
        case .noSuchConversation, .noSuchMessage, .nobodyNamed, .tooManyMembers, .nobodyLeft, .full, .ownMessage,
            .notReported, .yourself, .ownMatter:
            nil
        }
    }
}

extension MessageText.Problem {
    var words: String {
        switch self {
        case .empty: "Skriv ett meddelande."
        case .tooLong:
            "Meddelandet är för långt. Det får ha högst \(SwedishNumber.grouped(MessageText.mostCharacters)) tecken."
        case .containsNUL: "Meddelandet innehåller ett tecken som inte går att visa. Klistra in texten på nytt."
        }
    }
}

extension Form {
    /// The message, or nil and a note at the field.
    mutating func messageText() -> MessageText? {
        do throws(MessageText.Problem) {
            return try MessageText(typed(.messageText))
        } catch {
            note(error.words, at: .messageText)
            return nil
        }
    }
}

extension Application {
    /// A refusal in words, with names as members see them.
    func words(of refusal: ConversationRefusal) throws -> String {
        let name = try refusal.member.flatMap { member in
            try views.members.username(of: member)
        }
        return refusal.words { _ in name ?? "Medlemmen" }
    }
}
