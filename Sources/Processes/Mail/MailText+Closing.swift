package import Accounts
package import Events
import SiteMap

/// The link that restores an account, and its expiry.
package struct RestoreLink: Sendable {
    package let token: SecretToken
    package let until: Instant

    package var page: SiteLink { .restoreAccount(token: token.description) }
}

/// The texts of the mails about closing, deactivating and restoring accounts.
extension MailText {
    package static func closed(_ cause: ClosingCause, restoreLink: RestoreLink, receipt: SecretToken?, siteName: String)
        -> MailText
    {
        MailText(
            subject: "Ditt konto är avslutat",
            parts: [
                .text("Hej!"), .text(opening(cause, siteName)),
                .text("Dina uppgifter är nu dolda för alla utom administrationen, och du är utloggad överallt."),
                .text("Ångrar du dig? Till den \(moment(restoreLink.until)) kan du återskapa kontot."),
                .link("Återskapa kontot", to: restoreLink.page),
                .text(
                    "På samma sida kan du ändra vad som ska hända med det du har skrivit. Spara mejlet, och ge inte länken till någon."
                ),
                .text("Därefter raderas dina uppgifter, utom det som står i ett ärende med en egen tid."),
            ] + receiptPart(receipt) + [
                .text("Var det inte du som avslutade kontot? Återskapa det med länken och byt lösenord genast."),
                .link("Kontakta oss", to: .contact),
            ],
            reason: accountReason)
    }

    private static func opening(_ cause: ClosingCause, _ siteName: String) -> String {
        switch cause {
        case .own, .breach, .duplicate: "Kontot hos \(siteName) som hör till den här adressen har avslutats."
        case .unreturned:
            "Ditt konto hos \(siteName) har avslutats, eftersom ingen har loggat in på det sedan avstängningen tog slut."
        case .unused: "Ditt konto hos \(siteName) har avslutats, eftersom ingen har loggat in på det på länge."
        }
    }

    private static func receiptPart(_ receipt: SecretToken?) -> [Part] {
        guard let receipt else { return [] }
        return [
            .text("När raderingen är klar visas ett kvitto på den här sidan. Fram till dess finns inget där."),
            .link("Kvitto på raderingen", to: .receipt(token: receipt.description)),
        ]
    }

    /// To the previous address, whose reader may be the member whose account was taken over (P-12.2).
    static func closedToPrevious(
        undoableUntil end: Instant, receipt: SecretToken?, siteName: String
    ) -> MailText {
        MailText(
            subject: "Kontot som hörde till den här adressen är avslutat",
            parts: [
                .text("Hej!"),
                .text(
                    "Kontot hos \(siteName) som tidigare hörde till den här adressen har avslutats. Adressen byttes nyligen, och därför får du också veta det."
                ),
                .text("Var det du som bytte adress och avslutade kontot behöver du inte göra något."),
                .text(
                    "Var det inte du? Ångra först bytet med länken i mejlet om den nya adressen. Den gäller till den \(moment(end)). Då hör kontot till den här adressen igen, och du kan be om en länk som återskapar det."
                ),
                .link("Be om en länk", to: .restoreLink),
            ] + receiptPart(receipt) + [.link("Kontakta oss", to: .contact)],
            reason: previousReason)
    }

    /// - Parameter needsPassword: whether the old password was invalidated.
    package static func restored(at time: Instant, needsPassword: Bool, siteName: String) -> MailText {
        let way: [Part] =
            needsPassword
            ? [.text("Ditt gamla lösenord gäller inte längre, så du behöver välja ett nytt.")]
            : [.link("Logga in", to: .signIn())]
        return MailText(
            subject: "Ditt konto är igång igen",
            parts: [
                .text("Hej!"),
                .text("Ditt konto hos \(siteName) återskapades den \(moment(time)). Välkommen tillbaka!"),
            ] + way + [
                .text(
                    "Nyhetsbrevet och det du bevakade följde inte med. Nyhetsbrevet väljer du till under Sajtinställningar om du vill ha det."
                ),
                .text("Var det inte du? Välj ett nytt lösenord genast och hör av dig till oss."),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    static func restoredToPrevious(undoableUntil end: Instant, at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Kontot som hörde till den här adressen är igång igen",
            parts: [
                .text("Hej!"),
                .text(
                    "Kontot hos \(siteName) som tidigare hörde till den här adressen återskapades den \(moment(time))."),
                .text(
                    "Var det inte du? Ångra bytet av e-postadress med länken i mejlet om den nya adressen. Den gäller till den \(moment(end))."
                ),
                .link("Kontakta oss", to: .contact),
            ],
            reason: previousReason)
    }

    /// To a member who asks for the link to restore an account that she closed herself.
    package static func restoreLink(_ restoreLink: RestoreLink, siteName: String) -> MailText {
        MailText(
            subject: "Återskapa ditt konto",
            parts: [
                .text("Hej!"),
                .text(
                    "Någon har bett om en länk för att återskapa ditt avslutade konto hos \(siteName). Den går att använda till den \(moment(restoreLink.until))."
                ),
                .link("Återskapa kontot", to: restoreLink.page),
                .text("Var det inte du? Då behöver du inte göra något. Kontot förblir avslutat."),
            ],
            reason: accountReason)
    }

    package static func formerMember(_ restoreLink: RestoreLink) -> [Part] {
        [
            .text(
                "Adressen hör redan till ett avslutat konto hos oss, så du kan inte öppna ett nytt med den. Du kan återskapa kontot till den \(moment(restoreLink.until))."
            ),
            .link("Återskapa kontot", to: restoreLink.page),
        ]
    }

    static func unusedWarned(closedOn end: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Vill du ha kvar ditt konto?",
            parts: [
                .text("Hej!"),
                .text(
                    "Det är länge sedan någon loggade in på ditt konto hos \(siteName). Loggar du inte in avslutas det den \(moment(end)), eller någon dag senare."
                ),
                .text("Vill du ha kvar kontot räcker det att du loggar in en gång."),
                .link("Logga in", to: .signIn()),
                .text("Vill du inte ha kvar det behöver du inte göra något."),
            ],
            reason: accountReason)
    }

    /// - Parameter isLate: whether the deadline for restoring falls before the erasure, or has passed already.
    static func purgeAnnounced(
        on end: Instant, isLate: Bool, restoreLink: RestoreLink?, receipt: SecretToken?, siteName: String
    ) -> MailText {
        let way: [Part]
        switch restoreLink {
        case let restoreLink?:
            let until = isLate ? "Påminnelsen kommer sent. Till den \(moment(restoreLink.until))" : "Fram till dess"
            way = [
                .text("Ångrar du dig? \(until) kan du återskapa kontot."),
                .link("Återskapa kontot", to: restoreLink.page),
            ]
        case nil:
            way =
                isLate
                ? [
                    .text(
                        "Påminnelsen skulle ha kommit tidigare, men webbplatsen låg nere. Tiden för att återskapa kontot är redan ute, och därför väntar vi med att radera."
                    )
                ] : []
        }
        return MailText(
            subject: "Snart raderas dina uppgifter",
            parts: [
                .text("Hej!"),
                .text(
                    "Den \(moment(end)) raderar vi uppgifterna i ditt avslutade konto hos \(siteName). Sedan går de inte att få tillbaka."
                ),
            ] + way + receiptPart(receipt),
            reason: accountReason)
    }

    package static func purged(receipt: SecretToken?, siteName: String) -> MailText {
        MailText(
            subject: "Dina uppgifter är raderade",
            parts: [
                .text("Hej!"),
                .text(
                    "Ditt avslutade konto hos \(siteName) är nu raderat. Det här är det sista mejlet från oss: vi har inte längre din adress."
                ),
                .text("Du kan registrera dig igen när du vill."),
            ] + receiptPart(receipt),
            reason: accountReason)
    }

    static let accountReason =
        "Du får mejlet för att det gäller ditt konto. Sådana mejl går inte att välja bort."
    private static let previousReason =
        "Du får mejlet för att adressen nyligen hörde till kontot och bytet av adress fortfarande går att ångra."
}
