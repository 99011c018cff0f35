import Accounts
package import Events
import HTML
import SiteMap

/// The texts of the mails about an account; they contain nothing that a user typed, so they cannot carry a stranger's message.
extension MailText {
    static func confirmAddress(
        _ token: SecretToken, until end: Instant, unconfirmedFor lapse: Period, restoreLink: RestoreLink? = nil,
        siteName: String
    )
        -> MailText
    {
        MailText(
            subject: "Bekräfta din e-postadress",
            parts: [
                .text("Hej!"),
                .text(
                    "Någon, förmodligen du, vill bli medlem hos \(siteName) med den här adressen. Öppna länken och tryck på knappen där för att bekräfta den."
                ),
                .link("Bekräfta adressen", to: .confirm(token: token.description)),
                .text("Länken gäller till den \(moment(end)) och går att använda en gång."),
            ] + (restoreLink.map { formerMember($0) } ?? []) + [
                .text(
                    "Var det inte du? Då behöver du inte göra något. Bekräftas inte adressen raderas uppgifterna efter \(lapse.swedish)."
                )
            ],
            reason: "Du får mejlet för att någon skrev din adress när ett konto registrerades.")
    }

    package static func newPassword(_ token: SecretToken, until end: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Välj ett nytt lösenord",
            parts: [
                .text("Hej!"),
                .text(
                    "Någon har bett om ett nytt lösenord till ditt konto hos \(siteName). Öppna länken för att välja ett."
                ),
                .link("Välj ett nytt lösenord", to: .newPassword(token: token.description)),
                .text("Länken gäller till den \(moment(end)) och går att använda en gång. Ge den inte till någon."),
                .text("Var det inte du? Då behöver du inte göra något. Ditt gamla lösenord fungerar som förut."),
            ],
            reason: securityReason)
    }

    static func passwordChanged(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Ditt lösenord har bytts",
            parts: [
                .text("Hej!"),
                .text("Lösenordet till ditt konto hos \(siteName) byttes den \(moment(time))."),
                .text("Var det du behöver du inte göra något mer."),
                .text("Var det inte du? Välj ett nytt lösenord genast och hör av dig till oss."),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    static func signInsHeldBack(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Någon försöker logga in på ditt konto",
            parts: [
                .text("Hej!"),
                .text(
                    "Någon annan försöker gissa lösenordet till ditt konto hos \(siteName). Försöken blev många den \(moment(time)), så nu släpper vi för en stund bara in dig på enheter där du har loggat in förut. På andra enheter får du svaret att lösenordet är fel, även om det är rätt."
                ),
                .text(
                    "Har du ett bra lösenord som du inte använder någon annanstans behöver du inte göra något. Måste du logga in på en ny enhet nu väljer du ett nytt lösenord på den, så känner vi igen den sedan."
                ),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    /// To administrators: what kind of incident, and nothing of whom it concerns.
    static func securityNoticed(_ kind: SecurityIncident, at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Säkerheten hos \(siteName): \(kind.swedish.lowercased())",
            parts: [
                .text("Hej!"),
                .text(
                    "Den \(moment(time)) blev det fler än vanligt av en sak som kan vara ett angrepp: \(kind.swedish.lowercased()). Webbplatsen bromsar redan sådant själv. Titta efter om det är något ni behöver göra mer."
                ),
                .link("Se säkerhetshändelserna", to: .staffStorage),
                .text("Blir det fler av samma slag i dag får du inget nytt mejl om det."),
            ], reason: "Du får mejlet för att du är administratör. Sådana mejl går inte att välja bort.")
    }

    static func reviewApproved(siteName: String) -> MailText {
        MailText(
            subject: "Ditt konto är klart",
            parts: [
                .text("Hej!"),
                .text("Vi har kontrollerat dina uppgifter. Du är nu medlem hos \(siteName) och kan logga in."),
                .link("Logga in", to: .signIn()),
            ],
            reason: reviewReason)
    }

    static func reviewRejected(keptFor kept: Period, siteName: String) -> MailText {
        MailText(
            subject: "Din registrering kunde inte godkännas",
            parts: [
                .text("Hej!"),
                .text(
                    "Vi har kontrollerat uppgifterna i din registrering hos \(siteName) och kunde inte godkänna den. Inget konto har öppnats."
                ),
                .text(
                    "Uppgifterna raderas efter \(kept.swedish). Därefter kan du registrera dig igen. Tycker du att det har blivit fel är du välkommen att höra av dig, gärna från den här adressen. Skriv inte ditt personnummer i mejlet."
                ),
                .link("Kontakta oss", to: .contact),
            ],
            reason: reviewReason)
    }

    private static let reviewReason =
        "Du får mejlet för att du har registrerat dig och väntat på att uppgifterna skulle kontrolleras."

    static let securityReason =
        "Du får mejlet för att det gäller säkerheten för ditt konto. Sådana mejl går inte att välja bort."

    /// `12 mars 2026 kl. 14.05`
    package static func moment(_ instant: Instant) -> String { RelativeTime(instant, now: instant).exact }
}
