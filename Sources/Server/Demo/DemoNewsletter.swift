import Accounts
import Events
import Messaging
import Processes
import Projections

/// One issue of the demo's newsletter, as it looks some time after it was sent. No mail is sent.
struct DemoNewsletter {
    let application: Application
    let clock: DemoClock

    private static let subject = "Tre saker att göra före bokslutet"
    private static let body = """
        Hej!

        Året går mot sitt slut, och med det räkenskapsåret för många av oss. Här är tre saker som är värda en timme redan nu.

        ## Stäm av kassan och lagret

        Räkna det du har kvar i hyllorna och skriv under listan. Det är mycket svårare att göra i efterhand.

        ## Gå igenom obetalda fakturor

        En vänlig påminnelse i dag är bättre än en kundförlust i vår. I [forumet](/forum) finns flera mallar som andra har delat med sig av.

        ## Bestäm vad som kan vänta

        - inköp som inte brådskar
        - försäkringar som löper på
        - prenumerationer som ingen använder

        :::annons
        **Pärmverket** binder in din bokföring så att den håller i sju år. Läs mer på [parmverket.example](https://parmverket.example).
        :::

        Vi hörs!

        Astrid
        """

    /// - Parameter administrator: the author.
    func send(by administrator: MemberID) async throws {
        let messaging = application.messaging
        let text = try IssueText.parse(subject: DemoNewsletter.subject, body: DemoNewsletter.body)
        let issue = try await messaging.draftIssue(text, by: administrator, command: command("draft"))
        try await messaging.scheduleIssue(issue, for: nil, by: administrator, command: command("schedule"))
        try await messaging.beginIssue(issue)
        guard let begun = try application.log.events(in: StreamName(issue)).last?.position else { return }
        await application.waitForViews()
        var cursor: MemberID?
        repeat {
            let batch = try application.views.newsletterReaders.batch(
                of: 100, after: cursor, includingUnset: false, notYet: begun)
            let checked = application.log.head
            try await messaging.record(
                try batch.members.map { member in
                    .handedOver(
                        SentMail(
                            MailKey(asked: begun, name: .newsletter, member: member),
                            address: try application.accounts.member(member).account?.email?.subject, checked: checked,
                            attempts: 1))
                })
            cursor = batch.cursor
        } while cursor != nil
        clock.set(clock.now().advanced(seconds: 60))
        try await messaging.finishIssue(issue)
    }

    private func command(_ words: String) -> CommandID {
        CommandID(named: "demo newsletter \(words)", at: DemoCommunity.opening)
    }
}
