import Accounts
import Events
import HTML
import Messaging
import Processes
import SiteMap
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

extension HTMLWriter {
    /// The field for a message, and the buttons below it.
    mutating func messageField(in form: Form, rows: Int, _ draft: KeptDraft, cancel: SiteLink? = nil) {
        hidden(draft)
        textarea(
            .messageText, "Meddelande", in: form, hint: ConversationController.textHint, rows: rows, draft: .drafts)
        status(of: draft)
        actions { html in
            html.submit("Skicka", choice: (.action, WritingAction.send.rawValue))
            html.buttons(for: draft)
            if let cancel { html.link("Avbryt", to: cancel, class: "link") }
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
