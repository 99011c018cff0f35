package import Accounts
package import Events
import Forum
import HTML
import SiteMap

/// The parts of the mail about a decision against a member that accompany the decider's own words (P-16.4, DSA Art. 17).
package struct DecisionNotice: Sendable {
    package enum Measure: Sendable {
        case closed(purgedOn: Instant)
        case deactivated(until: Instant)
    }

    package let measure: Measure
    package let reasons: StatementOfReasons
    /// Nil if an appeal was already rejected, or its deadline has passed.
    package let appeal: (token: SecretToken, until: Instant)?
    package let receipt: SecretToken?
    /// Leads to the choice of what becomes of the texts; nil unless the account is closed.
    package let texts: RestoreLink?
}

extension MailText {
    package static func decided(_ notice: DecisionNotice, siteName: String) -> MailText {
        let subject: String
        let meaning: [Part]
        switch notice.measure {
        case .closed(let purge):
            subject = "Vi har stängt ditt konto"
            meaning =
                [
                    .text(
                        "Vi har stängt ditt konto hos \(siteName). Beslutet gäller genast och tills vidare. Du är utloggad, andra ser inte längre dina uppgifter och du kan inte återskapa kontot själv."
                    ),
                    .text("Den \(moment(purge)) raderas alla dina uppgifter."),
                ] + textsPart(notice.texts)
        case .deactivated(let end):
            subject = "Ditt konto är avstängt till den \(SwedishDate.long(end.stockholmDate))"
            meaning = [
                .text(
                    "Vi har stängt av ditt konto hos \(siteName). Avstängningen gäller genast, till den \(moment(end)). Så länge kan du inte logga in, och andra ser inte dina uppgifter. Därefter loggar du in som vanligt."
                )
            ]
        }
        return MailText(
            subject: subject,
            parts: [.text("Hej!")] + meaning + statement(notice.reasons)
                + [.text("Beslutet har fattats av en människa. Inget automatiskt hjälpmedel har använts.")]
                + appealPart(notice.appeal) + receipt(notice.receipt),
            reason: decisionReason)
    }

    static func appealRejected(_ reasons: StatementOfReasons, siteName: String) -> MailText {
        MailText(
            subject: "Vi har prövat beslutet om ditt konto igen",
            parts: [
                .text("Hej!"),
                .text(
                    "Du har bett oss ompröva beslutet om ditt konto hos \(siteName). Vi har prövat det och ändrar det inte."
                ),
            ] + statement(reasons) + elsewhere,
            reason: decisionReason)
    }

    /// Answers a request for a restore link to an account that its owner cannot restore.
    package static func notByOneself(_ notice: DecisionNotice, siteName: String) -> MailText {
        let meaning =
            switch notice.measure {
            case .closed:
                "Ditt konto hos \(siteName) har stängts av oss. Därför kan du inte återskapa det själv."
            case .deactivated(let end):
                "Ditt konto hos \(siteName) är avstängt till den \(moment(end)). Då loggar du in som vanligt."
            }
        return MailText(
            subject: "Om att återskapa ditt konto",
            parts: [.text("Hej!"), .text("Någon har bett om en länk för att återskapa ditt konto. \(meaning)")]
                + textsPart(notice.texts) + appealPart(notice.appeal)
                + [.text("Var det inte du? Då behöver du inte göra något.")],
            reason: decisionReason)
    }

    private static func textsPart(_ link: RestoreLink?) -> [Part] {
        link.map {
            [
                .text("Till den \(moment($0.until)) väljer du vad som ska hända med det du har skrivit."),
                .link("Välj vad som ska stå kvar", to: $0.page),
            ]
        } ?? []
    }

    private static func statement(_ reasons: StatementOfReasons) -> [Part] {
        [
            .text("Vad beslutet stöder sig på:\n\(reasons.rule)"),
            .text("Vad som har hänt och hur vi har resonerat:\n\(reasons.facts)"),
        ]
    }

    static func appealPart(_ appeal: (token: SecretToken, until: Instant)?) -> [Part] {
        guard let appeal else { return elsewhere }
        return [
            .text(
                "Tycker du att vi har gjort fel? Till den \(moment(appeal.until)) kan du begära omprövning. Saken prövas av någon annan än den som fattade beslutet."
            ),
            .link("Begär omprövning", to: .appeal(token: appeal.token.description)),
        ] + elsewhere
    }

    /// Other means of redress, and how to contact the site.
    package static let elsewhere: [Part] = [
        .text(
            "Du kan alltid vända dig till domstol. Anser du att vi inte följer EU:s förordning om digitala tjänster kan du klaga hos Post- och telestyrelsen (PTS)."
        ),
        .link("Kontakta oss", to: .contact),
    ]

    static func receipt(_ receipt: SecretToken?) -> [Part] {
        receipt.map {
            [
                .text("När raderingen är klar visas ett kvitto här. Fram till dess finns inget där."),
                .link("Kvitto på raderingen", to: .receipt(token: $0.description)),
            ]
        } ?? []
    }

    static let decisionReason =
        "Du får mejlet för att det är ett beslut om ditt konto. Sådana mejl går inte att välja bort."
}
