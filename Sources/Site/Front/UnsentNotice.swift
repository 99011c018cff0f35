import Accounts
import Events
import HTML
import Processes
import Web

extension HTMLWriter {
    /// Says, above the page that shows it again, that a form was not sent.
    ///
    /// - Parameter isWaiting: whether the page blocks the form: signing in, or accepting the texts.
    mutating func notice(of form: WaitingForm, isWaiting: Bool, for reader: Reader) {
        notice(.warning) { html in
            html.p { html in
                html.element(.strong, text: "Det du skrev är inte skickat än. ")
                html.text(isWaiting ? form.wordsBefore(reader) : form.words(for: reader))
            }
            if isWaiting { html.texts(of: form) }
        }
    }

    /// The typed texts, to read and to copy.
    mutating func texts(of form: WaitingForm) {
        element(.details) { html in
            html.element(.summary, text: "Visa det du skrev")
            for text in form.texts {
                html.readOnlyText(text, label: "Det du skrev")
            }
        }
    }
}

extension WaitingForm {
    /// What the reader has to do before the form is shown again.
    fileprivate func wordsBefore(_ reader: Reader) -> String {
        reader.isMember
            ? "När du har godkänt texterna kommer formuläret tillbaka ifyllt."
            : "Du är inte inloggad längre. Logga in, så kommer formuläret tillbaka ifyllt."
    }

    fileprivate func words(for reader: Reader) -> String {
        let name = reader.member.map { "Du är inloggad som \($0.username). " } ?? ""
        let secrets = form.lacksSecrets ? " Lösenord, koder och personnummer fyller du i på nytt." : ""
        return whatHappened + name + "Läs igenom det och skicka härifrån." + secrets
    }

    private var whatHappened: String {
        switch cause {
        case .opened, .failed(.signInNeeded), .failed(.textsNotAccepted): ""
        case .failed(.alreadySent):
            "Formuläret är redan skickat en gång, med ett annat innehåll, och det gäller fortfarande. "
        case .failed(.tooMany(let seconds)):
            "Det gick lite för fort. Vänta \(SwedishNumber.spelled(seconds, "en sekund", "sekunder")). "
        case .failed(.unavailable): "Webbplatsen är inte tillgänglig just nu. Vänta en stund. "
        case .failed: "Formuläret har blivit för gammalt. "
        }
    }
}
