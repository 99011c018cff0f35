import Accounts
import Events
import HTML
import SiteMap

/// The texts of the mails about the second factor; they contain no code and no secret.
extension MailText {
    static func twoFactorEnabled(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Tvåstegsinloggning är påslagen",
            parts: [
                .text("Hej!"),
                .text(
                    "Tvåstegsinloggning slogs på för ditt konto hos \(siteName) den \(moment(time)). När du loggar in frågar vi efter lösenordet och en kod ur din app."
                ),
                .text("Spara återställningskoderna där du inte har telefonen. De behövs om den går sönder."),
            ] + notMe,
            reason: securityReason)
    }

    static func twoFactorDisabled(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Tvåstegsinloggning är avstängd",
            parts: [
                .text("Hej!"),
                .text(
                    "Tvåstegsinloggning stängdes av för ditt konto hos \(siteName) den \(moment(time)). Nu räcker lösenordet för att logga in. Återställningskoderna gäller inte längre."
                ),
            ] + notMe,
            reason: securityReason)
    }

    /// Nil for the first codes: the mail about the new second factor covers them.
    static func recoveryCodesMade(_ account: Account, at time: Instant, siteName: String) -> MailText? {
        guard let factor = account.twoFactor, factor.since != time else { return nil }
        return MailText(
            subject: "Du har nya återställningskoder",
            parts: [
                .text("Hej!"),
                .text(
                    "Ditt konto hos \(siteName) fick nya återställningskoder den \(moment(time)). De gamla gäller inte längre: kasta dem."
                ),
            ] + notMe,
            reason: securityReason)
    }

    /// Nil if the codes were removed together with the second factor.
    static func recoveryCodeUsed(_ account: Account, at time: Instant, siteName: String) -> MailText? {
        guard let left = account.twoFactor?.codesLeft else { return nil }
        let isFew = left <= TwoFactor.fewRecoveryCodes
        let rest =
            left == 0 ? "Ingen kod är kvar." : "\(SwedishNumber.spelled(left, "en kod", "koder").firstUpper) är kvar."
        return MailText(
            subject: isFew ? "Få återställningskoder är kvar" : "En återställningskod har använts",
            parts: [
                .text("Hej!"),
                .text("En återställningskod till ditt konto hos \(siteName) användes den \(moment(time)). \(rest)"),
            ]
                + (isFew
                    ? [
                        .text(
                            "Gör nya koder innan de tar slut. Annars kan du bli utelåst om du blir av med telefonen."),
                        .link("Gör nya återställningskoder", to: .renewRecoveryCodes),
                    ] : []) + notMe,
            reason: securityReason)
    }

    static func wrongCodes(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Någon kan ditt lösenord men inte koden",
            parts: [
                .text("Hej!"),
                .text(
                    "Den \(moment(time)) hade flera fel koder skrivits för ditt konto hos \(siteName), efter rätt lösenord. Ingen kom in med dem."
                ),
                .text("Var det du? Kontrollera att telefonens klocka går rätt och försök igen om en stund."),
                .text("Var det inte du? Då kan någon ditt lösenord. Byt det genast."),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
            ],
            reason: securityReason)
    }

    /// Nil if there is no longer anything to stop.
    static func twoFactorResetProposed(
        _ account: Account, at time: Instant, _ now: Instant, siteName: String
    ) -> MailText? {
        guard let proposal = account.openProposal(at: now), proposal.at == time else { return nil }
        return MailText(
            subject: "Din tvåstegsinloggning kan komma att återställas",
            parts: [
                .text("Hej!"),
                .text(
                    "Den \(moment(time)) föreslog en administratör hos \(siteName) att tvåstegsinloggningen för ditt konto tas bort. Det görs när någon har blivit av med sin telefon. Inget händer förrän en annan administratör har sagt ja, senast den \(moment(proposal.end))."
                ),
                .text("Har du bett om det behöver du bara vänta."),
                .text("Har du inte bett om det? Logga in med din kod, så stoppas förslaget, och hör av dig till oss."),
                .link("Logga in", to: .signIn()), .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    static func twoFactorReset(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Din tvåstegsinloggning är återställd",
            parts: [
                .text("Hej!"),
                .text(
                    "Tvåstegsinloggningen för ditt konto hos \(siteName) togs bort den \(moment(time)). Du är utloggad på alla enheter och loggar in med lösenordet. Slå gärna på tvåstegsinloggning igen med din nya telefon."
                ),
                .link("Logga in", to: .signIn()),
            ] + notMe,
            reason: securityReason)
    }

    private static var notMe: [Part] {
        [
            .text("Var det inte du? Meddela genast att kontot är kapat, och hör av dig till oss."),
            .link("Mitt konto är kapat", to: .reportCompromise), .link("Kontakta oss", to: .contact),
        ]
    }
}
