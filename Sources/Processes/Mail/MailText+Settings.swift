package import Accounts
import Events
import SiteMap

/// The texts of the mails about changes to an account; they contain nothing that a user typed.
extension MailText {
    static func usernameChanged(at time: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Ditt användarnamn har bytts",
            parts: [
                .text("Hej!"),
                .text("Användarnamnet på ditt konto hos \(siteName) byttes den \(moment(time))."),
                .text("Var det du behöver du inte göra något mer."),
                .text("Var det inte du? Logga in och meddela att kontot är kapat, eller välj ett nytt lösenord."),
                .link("Mitt konto är kapat", to: .reportCompromise),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
            ],
            reason: securityReason)
    }

    static func sessionsEnded(at time: Instant, _ reason: SessionsEndedReason, siteName: String) -> MailText {
        MailText(
            subject: "Du är utloggad överallt",
            parts: [
                .text("Hej!"),
                .text(
                    "En administratör hos \(siteName) loggade ut dig på alla enheter den \(moment(time)). Skälet: \(reason.words)."
                ),
                .text("Lösenordet gäller fortfarande. Kan någon annan ha det bör du välja ett nytt."),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    static func confirmNewAddress(_ token: SecretToken, until end: Instant, siteName: String) -> MailText {
        MailText(
            subject: "Bekräfta din nya e-postadress",
            parts: [
                .text("Hej!"),
                .text(
                    "En medlem hos \(siteName) vill använda den här adressen. Öppna länken och tryck på knappen där för att bekräfta den."
                ),
                .link("Bekräfta adressen", to: .confirmNewEmail(token: token.description)),
                .text("Länken gäller till den \(moment(end)) och går att använda en gång."),
                .text("Var det inte du? Då behöver du inte göra något, och inget ändras."),
            ],
            reason: "Du får mejlet för att någon skrev din adress som ny adress till ett konto.")
    }

    static func addressChanged(
        at time: Instant, _ token: SecretToken, until end: Instant, siteName: String
    ) -> MailText {
        MailText(
            subject: "E-postadressen till ditt konto har bytts",
            parts: [
                .text("Hej!"),
                .text("Ditt konto hos \(siteName) fick en ny e-postadress den \(moment(time))."),
                .text(
                    "Var det du behöver du inte göra något mer. Den här adressen raderas hos oss när länken har gått ut."
                ),
                .text(
                    "Var det inte du? Öppna länken och ångra bytet. Då hör kontot till den här adressen igen, alla loggas ut och du får välja ett nytt lösenord."
                ),
                .link("Ångra bytet", to: .undoEmailChange(token: token.description)),
                .text("Länken gäller till den \(moment(end)). Så länge kan ingen annan använda adressen."),
            ],
            reason: securityReason)
    }

    /// - Parameter isClosed: whether the account must be restored first.
    static func addressChangeUndone(at time: Instant, isClosed: Bool, siteName: String) -> MailText {
        let way: [Part] =
            isClosed
            ? [
                .text(
                    "Kontot är avslutat och det gamla lösenordet gäller inte längre. Be om en länk som återskapar kontot. När det är igång väljer du ett nytt lösenord."
                ),
                .link("Be om en länk", to: .restoreLink),
            ]
            : [
                .text(
                    "Du behöver ett nytt lösenord för att logga in. Länken kommer i ett eget mejl, eller begär du den här."
                ),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
            ]
        return MailText(
            subject: "Bytet av e-postadress är ångrat",
            parts: [
                .text("Hej!"),
                .text(
                    "Ditt konto hos \(siteName) hör till den här adressen igen sedan den \(moment(time)). Alla är utloggade."
                ),
            ] + way,
            reason: securityReason)
    }

    /// - Parameter link: nil if it would no longer work.
    static func accountCompromised(
        at time: Instant, _ link: (token: SecretToken, until: Instant)?, siteName: String
    ) -> MailText {
        let way: [Part] =
            link.map { link in
                [
                    .text("Öppna länken för att välja ett nytt lösenord."),
                    .link("Välj ett nytt lösenord", to: .newPassword(token: link.token.description)),
                    .text(
                        "Länken gäller till den \(moment(link.until)) och går att använda en gång. Ge den inte till någon."
                    ),
                ]
            } ?? [
                .text("Begär en länk för att välja ett nytt lösenord."),
                .link("Välj ett nytt lösenord", to: .forgottenPassword),
            ]
        return MailText(
            subject: "Ditt konto är spärrat",
            parts: [
                .text("Hej!"),
                .text(
                    "Ditt konto hos \(siteName) spärrades den \(moment(time)), för att någon annan kan ha kommit åt det. Alla är utloggade och lösenordet gäller inte längre."
                ),
            ] + way + [
                .text("Använd ett lösenord som du inte har någon annanstans. Behöver du hjälp, hör av dig till oss."),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    static func accountCompromisedPrevious(
        at time: Instant, _ token: SecretToken, until end: Instant, siteName: String
    ) -> MailText {
        MailText(
            subject: "Ditt konto är spärrat",
            parts: [
                .text("Hej!"),
                .text(
                    "Ett konto hos \(siteName) som nyligen hörde till den här adressen spärrades den \(moment(time)), för att någon kan ha kommit åt det."
                ),
                .text("Var det inte du som bytte adress? Öppna länken och ångra bytet, så får du tillbaka kontot."),
                .link("Ångra bytet", to: .undoEmailChange(token: token.description)),
                .text("Länken gäller till den \(moment(end))."),
                .link("Kontakta oss", to: .contact),
            ],
            reason: securityReason)
    }

    package static func correctionDecided(_ field: CorrectedField, isApproved: Bool, siteName: String) -> MailText {
        MailText(
            subject: isApproved ? "Din begäran om rättelse är godkänd" : "Din begäran om rättelse är avslagen",
            parts: [
                .text("Hej!"),
                .text(
                    isApproved
                        ? "Vi har rättat uppgiften om \(field.swedish) på ditt konto hos \(siteName), som du begärde."
                        : "Vi har inte rättat uppgiften om \(field.swedish) på ditt konto hos \(siteName). Varför står under Inställningar, när du har loggat in."
                ),
                .link("Inställningar", to: .settings),
                .text(
                    "Tycker du att beslutet är fel, hör av dig till oss. Du kan också klaga hos Integritetsskyddsmyndigheten."
                ),
                .link("Kontakta oss", to: .contact),
            ],
            reason: "Du får mejlet för att du har begärt en rättelse. Mejl om dina ärenden går inte att välja bort.")
    }
}
