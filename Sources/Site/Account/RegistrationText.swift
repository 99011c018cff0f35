import Accounts
import HTML

/// The messages at the fields of the registration form.
enum RegistrationText {
    static let usernameTaken = "Användarnamnet är upptaget, eller för likt ett som är det. Välj ett annat."
    static let textsChanged =
        "Texterna har ändrats medan du fyllde i formuläret. Läs dem som gäller nu och kryssa i rutorna igen."

    static func message(_ problem: SignUpForm.Problem) -> String {
        switch problem {
        case .email(let problem): message(problem)
        case .name(let problem): message(problem)
        case .username(let problem): message(problem)
        case .personalIdentityNumber(let problem): message(problem)
        case .tooYoung(let minimumAge): tooYoung(minimumAge)
        case .municipality: "Välj en kommun i listan, eller ingen."
        case .password(let problem): message(problem)
        case .policyNotAccepted: "Kryssa i att du godkänner integritetspolicyn. Annars kan du inte bli medlem."
        case .termsNotAccepted: "Kryssa i att du godkänner medlemsvillkoren. Annars kan du inte bli medlem."
        case .newsletterNotAnswered: "Svara ja eller nej på frågan om nyhetsbrevet."
        }
    }

    static func tooYoung(_ minimumAge: Int) -> String { "Du måste ha fyllt \(minimumAge) år för att bli medlem." }

    static func message(_ problem: EmailAddress.Problem) -> String {
        switch problem {
        case .empty: "Skriv din e-postadress."
        case .notAnAddress: "Det där ser inte ut som en e-postadress. Skriv den som namn@exempel.se."
        case .tooLong: "E-postadressen är för lång."
        }
    }

    static func message(_ problem: PersonName.Problem) -> String {
        switch problem {
        case .empty: "Skriv ditt för- och efternamn."
        case .tooLong: "Namnet får ha högst 100 tecken."
        case .reserved: "Namnet kan tas för någon som arbetar med webbplatsen. Skriv vad du heter."
        case .otherCharacters: "Ett namn kan bara innehålla bokstäver, mellanslag, bindestreck, punkt och apostrof."
        }
    }

    static func message(_ problem: Username.Problem) -> String {
        switch problem {
        case .tooShort: "Användarnamnet måste ha minst tre tecken."
        case .tooLong: "Användarnamnet får ha högst 30 tecken."
        case .otherCharacters:
            "Användarnamnet kan innehålla bokstäver, siffror, punkt, bindestreck och understreck. Det börjar och slutar med en bokstav eller siffra."
        case .reserved: "Det användarnamnet kan tas för webbplatsens eget. Välj ett annat."
        case .looksLikeIdentityNumber:
            "Användarnamnet ser ut som ett personnummer, och det syns för alla. Välj ett annat."
        }
    }

    static func message(_ problem: PersonalIdentityNumber.Problem) -> String {
        switch problem {
        case .notANumber: "Skriv personnumret med tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."
        case .noSuchDate: "Personnumret börjar inte med ett datum som finns."
        case .wrongControlDigit: "Personnumret stämmer inte. Kontrollera att alla siffror är rätt."
        case .notBornYet: "Personnumret börjar med ett datum som inte har varit än."
        }
    }

    static func message(_ problem: Password.Problem) -> String {
        switch problem {
        case .tooShort(let minimum): "Lösenordet måste ha minst \(SwedishNumber.inWords(minimum)) tecken."
        case .tooLong: "Lösenordet får ha högst \(Password.maximumLength) tecken."
        case .common: "Lösenordet är lätt att gissa. Välj ett annat, gärna några ord som inte hör ihop."
        case .containsOwnName: "Lösenordet får inte innehålla ditt användarnamn eller din e-postadress."
        }
    }
}
