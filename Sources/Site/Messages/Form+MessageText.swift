import Accounts
import Events
import HTML
import Messaging
import Processes
import Web

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
