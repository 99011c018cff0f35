package import Accounts

extension SecurityIncident {
    /// What happened, as a heading.
    package var swedish: String {
        switch self {
        case .failedSignIn: "Många misslyckade inloggningar"
        case .refusedRole: "Många försök att öppna sidor för administrationen"
        case .forgedToken: "Många formulär som inte kom från webbplatsens sidor"
        case .throttled: "Många förfrågningar på kort tid"
        }
    }

    /// The same to the member whose account it concerns.
    package var toOwner: String {
        switch self {
        case .failedSignIn: "Någon försökte logga in på ditt konto"
        case .refusedRole: "Någon försökte öppna sidor för administrationen från ditt konto"
        case .forgedToken: "Formulär skickades från ditt konto utan att komma från våra sidor"
        case .throttled: "Det kom fler förfrågningar från ditt konto än vi hinner med"
        }
    }
}
