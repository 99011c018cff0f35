/// The recipients in the policy's rules (P-10.1, P-10.2).
package enum RecipientWords {
    package static func name(of recipient: String) -> String {
        switch recipient {
        case "hosting": "serverdriften"
        case "mailDelivery": "den som förmedlar mejl"
        case "populationRegister": "folkbokföringen, när vi inför uppslag i den"
        case "lawEnforcement": "myndigheter, när lagen kräver det"
        case "google": "Google, om vi inför annonser och någon har samtyckt till dem"
        default: recipient
        }
    }

    /// What the recipient gets, for a member's access report.
    static func explanation(of recipient: String) -> String {
        switch recipient {
        case "hosting": "Allt som ligger på servern. Arbetar på vårt uppdrag."
        case "mailDelivery": "Din e-postadress och mejlen till dig. Arbetar på vårt uppdrag."
        case "populationRegister": "Inget. Vi gör inga uppslag än."
        case "lawEnforcement":
            "Det som lagen kräver. Det görs för hand och står inte här: fråga oss, så svarar vi om lagen tillåter det."
        case "google": "Inget. Det finns ingen annonsplats."
        default: recipient
        }
    }
}
