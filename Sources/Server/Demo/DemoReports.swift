import Accounts
import Events
import Forum
import Messaging
import Processes
import Site

/// Reports for the moderators' lists: a text that two members reported and that was changed since, and a removal that its author appealed
/// against. All are decided, in time.
struct DemoReports {
    let application: Application
    let clock: DemoClock
    let moderator: Standing
    let administrator: Standing
    /// The thread of the reported posts.
    let thread: ThreadID
    /// The members who write and report, in turn.
    let members: [MemberID]

    func populate() async throws {
        guard members.count >= 4 else { return }
        try await reported()
        try await removed()
    }

    private func reported() async throws {
        let post = try await write(
            "Sänk elkostnaden med 40 procent redan i dag! Jag förmedlar avtal åt småföretagare och har tre platser kvar den här veckan. Skriv ditt nummer här så ringer jag.",
            by: members[0])
        pass(hours: 2)
        let first = try await report(
            post, .spam, by: members[1], "Ingen i tråden har frågat om elavtal. Det här är reklam.")
        pass(hours: 1)
        let second = try await report(
            post, .other, by: members[2], "Här ombeds folk lägga ut sina telefonnummer öppet. Det borde tas bort.")
        pass(hours: 1)
        _ = try await application.forum.revise(
            post, from: 1,
            to: application.draft(
                "Jag förmedlar elavtal åt småföretagare och har tre platser kvar den här veckan. Skicka ett meddelande om du är nyfiken."
            ),
            by: Standing(members[0]), command: command("revise"))
        pass(hours: 2)
        let decided = try await application.messaging.decide(
            first, and: [second], .upheld,
            reasons(
                RemovalReason.spam.rule,
                "Ingen i tråden hade frågat efter elavtal, och texten bjuder ut en tjänst. Att den ändrades efteråt gör den inte till ett svar. Svara gärna i en tråd där någon frågar om el."
            ),
            affecting: members[0], by: moderator.member, command: command("decide"))
        _ = try await application.forum.remove(
            post, for: .spam, by: moderator, command: command("remove spam"), because: decided.last)
    }

    private func removed() async throws {
        let post = try await write(
            "Akta er för bageriet vid torget. Ägaren betalar aldrig i tid och kan inte räkna. Fråga vem som helst i kvarteret.",
            by: members[3])
        pass(hours: 3)
        guard
            let facts = UnaskedMeasure.Facts(
                "Inlägget pekar ut en person som går att känna igen och påstår saker om hennes ekonomi utan att visa något. Den som har en obetald faktura kan skriva om det utan att peka ut någon."
            )
        else { throw CommandFailure.failed("a demo removal has no facts") }
        let cause = try await application.file(
            UnaskedMeasure(about: .post(post), .abuse, facts), by: moderator.member, command: command("measure"))
        _ = try await application.forum.remove(
            post, for: .abuse, by: moderator, command: command("remove"), because: cause)
        pass(hours: 5)
        guard let cause, let id = try application.messaging.caseEvent(at: cause)?.id,
            let statement = CaseStatement(
                text: "Jag nämner inget namn, och att hon betalar sent är sant. Tre av mina egna fakturor är obetalda.")
        else { throw CommandFailure.failed("a demo removal has no case") }
        try await application.messaging.appeal(
            statement, in: id, as: .other, application.caseRules(), by: .member(members[3]), command: command("appeal"))
        pass(hours: 6)
        let judged = try await application.messaging.decide(
            id, .rejected,
            reasons(
                RemovalReason.abuse.rule,
                "Ingen namnges, och den som skrev berättar om sina egna fakturor. Omdömet är hårt men ryms i yttrandefriheten. Inlägget återställs."
            ),
            affecting: members[3], by: administrator.member, command: command("judge"))
        _ = try await application.forum.reinstate(
            post, by: administrator, command: command("reinstate"), because: judged.last)
    }

    private func reasons(_ rule: String, _ text: String) throws -> CaseReasons {
        guard let reasons = CaseReasons(rule: rule, text) else {
            throw CommandFailure.failed("a demo decision has no reasons")
        }
        return reasons
    }

    private func write(_ text: String, by member: MemberID) async throws -> PostID {
        pass(hours: 1)
        return try await application.forum.reply(
            to: thread, application.draft(text), by: Standing(member), command: command("post \(text)")
        ).post
    }

    private func report(
        _ post: PostID, _ reason: ReportReason, by member: MemberID, _ text: String
    ) async throws -> CaseID {
        guard let statement = CaseStatement(text: text) else {
            throw CommandFailure.failed("a demo report is empty")
        }
        return try await application.messaging.open(
            OpenCase(.report(reason, .post(post)), by: member, statement), by: .member(member),
            command: command("report \(text)"))
    }

    private func pass(hours: Double) { clock.set(clock.now().advanced(seconds: hours * 3600)) }

    private func command(_ words: String) -> CommandID {
        CommandID(named: "demo report \(words)", at: DemoCommunity.opening)
    }
}
