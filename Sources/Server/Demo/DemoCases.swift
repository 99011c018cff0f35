import Accounts
import Events
import Messaging
import Processes

/// A few cases, so that each list of them has something to show: an answered question, one that waits, a dispute, a request.
struct DemoCases {
    let application: Application
    let clock: DemoClock
    let staff: MemberID
    /// The members who ask, in turn.
    let members: [MemberID]

    func populate() async throws {
        guard members.count >= 4 else { return }
        try await waitForViews()
        try await askBack()
        try await mediate()
        try await request()
    }

    private func waitForViews() async throws {
        let id = try await open(
            .support, by: members[0], "Byta bild på min profil",
            "Hej! Jag hittar inte var man lägger in en bild på sig själv. Går det?")
        pass(hours: 2)
        try await answer(
            id, "Hej! Det går inte än: alla har sina initialer. Säg gärna till om du saknar något annat.")
        pass(hours: 5)
        try await application.messaging.close(id, by: staff, command: command("close"))
    }

    private func askBack() async throws {
        let id = try await open(
            .support, by: members[1], "Kan inte svara i en tråd",
            "När jag trycker på Svara i tråden om bokföringsprogram kommer jag till inloggningen fast jag är inloggad.")
        pass(hours: 1)
        try await answer(
            id, "Hej! Det ska inte hända. Vilken webbläsare använder du, och händer det i alla trådar?", awaits: true)
        try await application.messaging.note(
            note("Kan hänga ihop med att kakan inte sparas."), in: id, by: staff, command: command("note"))
    }

    private func mediate() async throws {
        let id = try await open(
            .dispute(with: members[2], .other), by: members[3], "Ett byte av tjänster",
            "Vi kom överens om att byta texter till en webbplats mot tolv muggar. Texterna är klara, men muggarna har skjutits upp tre gånger."
        )
        try await application.messaging.assign(id, to: staff, by: staff, command: command("assign"))
        pass(hours: 3)
        try await application.messaging.write(
            statement(nil, "Det stämmer, och det är mitt fel: ugnen har strulat. Muggarna är klara på torsdag."),
            in: id, as: .other,
            application.caseRules(), by: .member(members[2]), command: command("defend"))
        pass(hours: 1)
        try await answer(
            id, "Tack för svaren. Passar torsdag er båda? Då är saken löst när muggarna är hämtade.", awaits: true,
            to: .both)
    }

    private func request() async throws {
        let id = try await open(
            .rights(.objection), by: members[0], nil,
            "Jag vill inte att mina besök räknas med i statistiken över hur webbplatsen används.")
        pass(hours: 20)
        let reasons = CaseReasons(
            rule: "Artikel 21 i dataskyddsförordningen",
            "Statistiken visas bara för minst fem personer tillsammans, och inget i den går att knyta till dig. Vi kan inte räkna bort enskilda medlemmar ur den, men raderna om dina besök raderas senast 90 dagar efter besöket."
        )
        guard let reasons else { throw CommandFailure.failed("a demo decision has no reasons") }
        try await application.messaging.decide(id, .rejected, reasons, by: staff, command: command("decide"))
    }

    private func open(
        _ topic: CaseTopic, by member: MemberID, _ subject: String?, _ text: String
    ) async throws -> CaseID {
        pass(hours: 4)
        return try await application.messaging.open(
            OpenCase(topic, by: member, statement(subject, text)), by: .member(member),
            command: command("open \(text)"))
    }

    private func answer(
        _ id: CaseID, _ text: String, awaits: Bool = false, to audience: CaseAudience = .opener
    ) async throws {
        guard let reply = CaseReply(text) else { throw CommandFailure.failed("a demo case has no answer") }
        try await application.messaging.answer(
            id, reply, to: audience, awaits: awaits, by: staff, command: command("answer \(text)"))
    }

    private func statement(_ subject: String?, _ text: String) throws -> CaseStatement {
        guard let statement = CaseStatement(subject: subject, text: text) else {
            throw CommandFailure.failed("a demo case is empty")
        }
        return statement
    }

    private func note(_ text: String) throws -> CaseNote {
        guard let note = CaseNote(text) else { throw CommandFailure.failed("a demo note is empty") }
        return note
    }

    private func pass(hours: Double) { clock.set(clock.now().advanced(seconds: hours * 3600)) }

    private func command(_ words: String) -> CommandID {
        CommandID(named: "demo case \(words)", at: DemoCommunity.opening)
    }
}
