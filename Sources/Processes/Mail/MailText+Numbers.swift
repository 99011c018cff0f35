import Events
import SiteMap

/// The state of the account that holds a number, as far as the mail about its use differs.
enum NumberHolder: Sendable {
    case active
    case deactivated(until: Instant)
    case closed(RestoreLink)
    /// Closed by the administration. The link is missing when the time to appeal has run out.
    case banned(appeal: SecretToken?)
}

/// The texts of the mails about an account whose number is another account's (P-16.6).
extension MailText {
    static func numberUsed(_ holder: NumberHolder, siteName: String) -> MailText {
        MailText(
            subject: "Någon har registrerat sig med ditt personnummer",
            parts: [
                .text("Hej!"),
                .text(
                    "Någon har registrerat sig hos \(siteName) med det personnummer som hör till ditt konto. Numret hör kvar till ditt konto. Den som registrerade sig får inte veta att det redan används, och ett konto utan eget nummer avslutas av sig självt efter några dagar."
                ),
                .text("Var det du? \(meaning(of: holder))"),
                .link("Det var jag", to: wayIn(holder)),
                .text(
                    "Var det någon annan? Hör av dig, så utreder vi det. Skriv inte personnumret i formuläret: vi ber dig visa legitimation."
                ),
                .link("Det var inte jag", to: .contactAboutNumber),
                .text("Mejlet kommer högst en gång i veckan, hur många registreringar det än blir."),
            ],
            reason: securityReason)
    }

    private static func meaning(of holder: NumberHolder) -> String {
        switch holder {
        case .active: "Då har du redan ett konto att logga in på."
        case .deactivated(let end): "Ditt konto är avstängt till den \(moment(end)). Sedan kan du logga in igen."
        case .closed(let link): "Då har du ett avslutat konto, som du kan återskapa till den \(moment(link.until))."
        case .banned: "Ditt tidigare konto har stängts av oss, och då kan du inte öppna ett nytt."
        }
    }

    private static func wayIn(_ holder: NumberHolder) -> SiteLink {
        switch holder {
        case .active, .deactivated: .signIn()
        case .closed(let link): link.page
        case .banned(let appeal?): .appeal(token: appeal.description)
        case .banned(nil): .contact
        }
    }

    /// The same words whatever the reason: the number has another holder, was moved to its rightful owner, or staff ended the account.
    static func duplicateEnded(
        purgedOn end: Instant, appeal: (token: SecretToken, until: Instant)?, receipt: SecretToken?, siteName: String
    ) -> MailText {
        MailText(
            subject: "Vi har avslutat ditt konto",
            parts: [
                .text("Hej!"),
                .text(
                    "Vi har avslutat ditt konto hos \(siteName). Du är utloggad, andra ser inte längre dina uppgifter, och det du har skrivit står kvar utan namn. E-postadressen och användarnamnet är lediga igen."
                ),
                .text(
                    "Vad beslutet stöder sig på:\nIntegritetspolicyn, P-16.6, och medlemsvillkoren: ett konto hör till en person, och ett personnummer hör till ett enda konto."
                ),
                .text(
                    "Vad som har hänt och hur vi har resonerat:\nKontot kunde inte knytas till personnumret som du uppgav. Sådana konton avslutas automatiskt när tiden i policyn har gått, eller tidigare av en administratör."
                ),
                .text(
                    "Är numret ditt? Begär omprövning och visa legitimation, så flyttar vi numret till ditt konto. Skriv det inte i mejl eller formulär."
                ),
                .text("Den \(moment(end)) raderas alla dina uppgifter. Kontot går inte att återskapa på egen hand."),
            ] + appealPart(appeal) + MailText.receipt(receipt),
            reason: decisionReason)
    }
}
