import Events
import Forum
import Messaging
import SiteMap

/// What every mail about a case contains: the case number, by which answers are sorted, and the link to the case.
struct CaseMailHead: Sendable {
    let id: CaseID
    let page: SiteLink
    let siteName: String
    /// Whether an answer to the mail is added to the case.
    let takesAnswers: Bool

    func subject(_ words: String) -> String { "\(words) [Ärende \(id)]" }

    var follow: MailText.Part { .link("Läs och skriv i ärendet", to: page) }

    var howToAnswer: [MailText.Part] {
        takesAnswers
            ? [.text("Du kan också svara på det här mejlet från samma adress. Låt ärendets nummer stå kvar i ämnet.")]
            : []
    }

    static let reason =
        "Du får mejlet för att det gäller ett ärende som du är part i. Sådana mejl går inte att välja bort."
}

extension MailText {
    /// The automatic receipt; it does not count as an answer (P-18.2).
    static func caseReceipt(_ head: CaseMailHead, isReport: Bool, due: Instant?, trouble: MailTrouble?) -> MailText {
        let promise =
            due.map { "En människa läser och svarar senast den \(moment($0))." } ?? "En människa läser och svarar."
        let thanks = isReport ? "Tack för din anmälan till" : "Tack för att du skrev till"
        return MailText(
            subject: head.subject(isReport ? "Vi har fått din anmälan" : "Vi har fått ditt meddelande"),
            parts: [
                .text("Hej!"),
                .text("\(thanks) \(head.siteName). Det här är ett automatiskt kvitto. \(promise)"),
            ] + troubles(trouble) + [head.follow] + head.howToAnswer
                + [.text("Skicka aldrig personnummer eller lösenord med e-post.")],
            reason: CaseMailHead.reason)
    }

    static func caseTrouble(_ head: CaseMailHead, _ trouble: MailTrouble) -> MailText {
        MailText(
            subject: head.subject("Allt i ditt mejl kom inte fram"),
            parts: [.text("Hej!")] + troubles(trouble) + [head.follow], reason: CaseMailHead.reason)
    }

    private static func troubles(_ trouble: MailTrouble?) -> [Part] {
        switch trouble {
        case nil: []
        case .attachments:
            [
                .text(
                    "Vi tar inte emot bilagor, så de filer du skickade har vi inte sparat. Beskriv gärna i text vad de visar."
                )
            ]
        case .unreadable:
            [
                .text(
                    "Webbplatsen kunde inte läsa ditt mejl, men det är sparat som det kom och en människa öppnar det. Vill du ha svar snabbare skriver du en gång till som vanlig text, eller använder länken här."
                )
            ]
        case .tooLarge:
            [
                .text(
                    "Ditt mejl var så stort att webbplatsen bara läste ämnesraden. Skriv gärna frågan en gång till i ett mejl utan bilagor, eller använd länken här."
                )
            ]
        case .shortened:
            [
                .text(
                    "Ditt mejl var längre än vad som får plats i ärendet, så slutet står inte där. Hela mejlet är sparat, och en människa kan läsa det."
                )
            ]
        }
    }

    /// - Parameter text: nil if it can be read only through the link (P-17.2).
    static func caseReplied(_ head: CaseMailHead, _ text: String?, awaits: Bool) -> MailText {
        MailText(
            subject: head.subject(awaits ? "Vi har en fråga till dig" : "Vi har svarat dig"),
            parts: [.text("Hej!")] + (text.map(paragraphs) ?? behindLink) + [head.follow] + head.howToAnswer,
            reason: CaseMailHead.reason)
    }

    /// The decision with its reasons, to each party (DSA Art. 16.5 and 17, GDPR Art. 12).
    /// - Parameter text: the text that was decided about, in the mail to its author.
    static func caseDecided(
        _ head: CaseMailHead, _ outcome: String, _ reasons: CaseReasons?, about text: JudgedTextFacts? = nil,
        appealUntil end: Instant?
    ) -> MailText {
        let statement: [Part] =
            if let reasons {
                (text?.parts ?? []) + [.text("\(outcome).")]
                    + (reasons.rule.map { [.text("Vad beslutet stöder sig på: \($0)")] } ?? [])
                    + paragraphs(reasons.text)
            } else {
                [.text("Vi har beslutat i ditt ärende.")] + behindLink
            }
        let appeal: [Part] =
            end.map {
                [
                    .text(
                        "Tycker du att beslutet är fel? Till den \(moment($0)) kan du be oss ompröva det, via länken här. Någon annan än den som beslutade prövar saken."
                    )
                ]
            } ?? []
        return MailText(
            subject: head.subject(text.map { "Beslut om \($0.words)" } ?? "Beslut"),
            parts: [.text("Hej!")] + statement
                + [.text("Beslutet har fattats av en människa. Inget automatiskt hjälpmedel har använts.")] + appeal
                + [
                    head.follow,
                    .text(
                        "Du kan alltid vända dig till domstol. Anser du att vi inte följer EU:s förordning om digitala tjänster kan du klaga hos Post- och telestyrelsen (PTS), och gäller det dina personuppgifter hos Integritetsskyddsmyndigheten (IMY)."
                    ),
                ], reason: CaseMailHead.reason)
    }

    static func caseExtended(_ head: CaseMailHead, _ reasons: CaseReasons?, due: Instant?) -> MailText {
        let until = due.map { " Du får svar senast den \(moment($0))." } ?? ""
        return MailText(
            subject: head.subject("Din begäran tar längre tid"),
            parts: [.text("Hej!"), .text("Vi behöver mer tid för din begäran.\(until)")]
                + (reasons.map { paragraphs($0.text) } ?? []) + [head.follow], reason: CaseMailHead.reason)
    }

    /// To a party who has not answered the staff's question.
    static func caseEnded(_ head: CaseMailHead, askedAt asked: Instant) -> MailText {
        MailText(
            subject: head.subject("Ditt ärende är avslutat"),
            parts: [
                .text("Hej!"),
                .text(
                    "Den \(moment(asked)) ställde vi en fråga till dig i ärendet. Vi har inte fått något svar, så nu är ärendet avslutat."
                ),
                .text(
                    "Behöver du fortfarande hjälp skriver du i ärendet. Då öppnas det igen, och du får svar som vanligt."
                ),
                head.follow,
            ] + head.howToAnswer, reason: CaseMailHead.reason)
    }

    /// To the other party of a dispute, who is heard before anything is decided (P-08.4).
    static func disputeOpened(_ head: CaseMailHead) -> MailText {
        MailText(
            subject: head.subject("Någon vill ha hjälp att lösa en tvist med dig"),
            parts: [
                .text("Hej!"),
                .text(
                    "En annan medlem på \(head.siteName) har bett administrationen att hjälpa till i en tvist med dig. Du får läsa vad det gäller och berätta din sida. Inget beslutas innan du har fått chansen."
                ),
                head.follow,
            ], reason: CaseMailHead.reason)
    }

    /// To the administration (P-18.2); the question itself is read on the site.
    static func caseDue(_ id: CaseID, askedAt asked: Instant, due: Instant, isToInbox: Bool) -> MailText {
        MailText(
            subject: "En fråga väntar på svar [Ärende \(id)]",
            parts: [
                .text(
                    "En fråga som kom den \(moment(asked)) är inte besvarad. Den ska vara det senast den \(moment(due))."
                ),
                .link("Öppna ärendet", to: .staffCase(id)),
                .text(
                    "Gäller det dig själv svarar en kollega. Finns det ingen kollega med rollen står på sidan vad som ska göras."
                ),
            ],
            reason: isToInbox
                ? "Mejlet går till administrationens brevlåda när en fråga har väntat länge."
                : "Du får mejlet för att du svarar på frågor här. Sådana mejl går inte att välja bort.")
    }

    private static let behindLink: [Part] = [
        .text("För att ingen annan ska kunna läsa svaret står det inte i mejlet. Du läser det via länken här.")
    ]

    private static func paragraphs(_ text: String) -> [Part] {
        text.split(separator: "\n\n").map { .text(String($0)) }
    }
}
