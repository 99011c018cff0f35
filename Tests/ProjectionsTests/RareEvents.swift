import Accounts
import Events
import Forum
import Messaging
import Testing
import Testkit

/// Events that a random history does not contain: cases, newsletters, outcomes of mails, sign-ups under review, and appeals.
extension GeneratedHistory {
    private var rules: CaseRules {
        CaseRules(
            question: Period(days: 5), warnings: [Period(days: 3)], rightsRequest: Period(days: 30),
            rightsExtension: Period(days: 60), appealWindow: Period(days: 180), receiptCounts: false,
            followUpReopens: true)
    }

    /// Called after `begin`: two of its members make the decisions; the third and two new ones write and are decided about.
    func tellWhatIsRare() async throws {
        let (administrator, judge, member) = (members[0], members[1], members[2])
        for role in [Role.administrator, .moderator] {
            try await accounts.grantRole(role, to: judge, by: .operator, command: command())
        }
        let (suspended, refused) = (try await joinLater(80), try await joinLater(81))
        try await ask(member, answeredBy: administrator)
        try await mail(answeredBy: administrator)
        try await report(of: member, by: administrator, decidedBy: judge)
        try await dispute(member, suspended, decidedBy: judge)
        try await claim(member, decidedBy: administrator)
        try await writeUnheard(judge, to: [member, administrator])
        try await sendNewsletters(to: [member, suspended, refused], by: administrator)
        // With a number that is registered already, so that staff must review them.
        for number in [80, 81] { _ = try await joinLater(number) }
        for appellant in [suspended, refused] {
            try await accounts.deactivate(
                appellant, until: time.now.adding(Period(days: 20)), reasons(), by: .member(administrator),
                command: command())
            try await accounts.appeal(
                of: appellant, #require(AppealText("Det stämmer inte")), command: command())
        }
        for outcome in HoldOutcome.allCases { try await hold(suspended, outcome, by: judge, and: administrator) }
        try await accounts.rejectAppeal(of: refused, reasons(), by: .member(judge), command: command())
        try await deleteTexts(of: suspended, and: member)
    }

    private enum HoldOutcome: CaseIterable { case declined, lifted, inForce }

    private func hold(
        _ member: MemberID, _ outcome: HoldOutcome, by proposer: MemberID, and other: MemberID
    ) async throws {
        let (proposing, day) = (command(), time.now.adding(Period(days: 30)).stockholmDate)
        try await accounts.proposeHold(
            on: member, #require(HoldReference("Dnr 1")), isSecret: true, until: day, by: proposer, command: proposing)
        let id = HoldProposalID(createdBy: proposing)
        guard outcome != .declined else {
            return try await accounts.declineHold(on: member, id, by: .member(other), command: command())
        }
        try await accounts.confirmHold(on: member, id, by: .member(other), command: command())
        guard outcome == .lifted else { return }
        try await accounts.liftHold(on: member, by: .member(proposer), command: command())
    }

    /// One of several has blocked the author when she writes.
    private func writeUnheard(_ author: MemberID, to others: [MemberID]) async throws {
        let begun = try await messaging.beginConversation(
            with: others, reachable: Set(others), MessageText("Hej"), by: author, command: command())
        conversations.append(begun.conversation)
        _ = try await messaging.block(author, true, by: others[0], command: command())
        _ = try await messaging.send(
            MessageText("Hör du?"), in: begun.conversation, by: author, reachable: { Set($0) }, command: command())
    }

    private func reasons() throws -> StatementOfReasons {
        try #require(StatementOfReasons(rule: "Regel", facts: "Händelse"))
    }

    private func statement(_ text: String) throws -> CaseStatement {
        try #require(CaseStatement(subject: "Ärende", text: text))
    }

    private func form(_ number: Int) throws -> SignUpForm {
        SignUpForm(
            "senare-\(number)-\(steps)", name: "Någon Senare", number: try AgencyNumbers.adults[number],
            municipality: "0380", password: GeneratedHistory.password)
    }

    private func joinLater(_ number: Int) async throws -> MemberID {
        let member = try await accounts.signUp(form(number), at: time.now, command: command())
        _ = try await accounts.confirm(member, linkMadeAt: time.now, command: command())
        return member
    }

    /// A question that is answered, asked again, and then closed.
    private func ask(_ member: MemberID, answeredBy staff: MemberID) async throws {
        let id = try await messaging.open(
            OpenCase(.support, by: member, statement("Hur gör jag?")), by: .member(member), command: command())
        try await messaging.assign(id, to: staff, by: staff, command: command())
        try await messaging.note(#require(CaseNote("Ringde")), in: id, by: staff, command: command())
        time.advance(seconds: 3600)
        try await messaging.answer(
            id, #require(CaseReply("Hur menar du?")), awaits: true, by: staff, command: command())
        _ = try await messaging.write(
            #require(CaseStatement(text: "Så här")), in: id, as: .opener, rules, by: .member(member),
            command: command())
        try await messaging.answer(id, #require(CaseReply("Gör så")), by: staff, command: command())
        try await messaging.close(id, by: staff, command: command())
    }

    /// A question from a visitor that causes a late-answer warning; the visitor's next mail comes from another address.
    private func mail(answeredBy staff: MemberID) async throws {
        let contact = try CaseContact(#require(MailAddress("fraga@example.se")))
        let id = try await messaging.open(
            OpenCase(.support, by: nil, at: contact, statement("Vad kostar det?")), by: .visitor, command: command())
        time.advance(by: Period(days: 4))
        #expect(try await messaging.warn(of: id, rules))
        let mail = SetAsideMail(sender: MailAddress("annan@example.se"), subject: "Sv: Ärende", text: "Hallå?")
        for _ in 1...2 {
            try await messaging.file(mail, trouble: nil, in: id, rules, command: command()) { _ in .stranger }
        }
        try await messaging.acceptMail(1, in: id, rules, by: staff, command: command())
    }

    /// Two reports of a post, one of a message and one of a member; the post is decided about, and its author appeals.
    private func report(of author: MemberID, by reporter: MemberID, decidedBy judge: MemberID) async throws {
        let forum = Forum(log: log, clock: time.clock)
        let opened = try await forum.openThread(
            in: #require(categories.first), title: ThreadTitle("Köp här"),
            body: forum.parse("Billigt!", revising: nil) { _ in nil }, by: Standing(author), command: command())
        let begun = try await messaging.beginConversation(
            with: [author], reachable: [author], MessageText("Sluta"), by: reporter, command: command())
        _ = try await messaging.send(
            MessageText("Aldrig"), in: begun.conversation, by: author, reachable: { Set($0) },
            command: command())
        let message = try #require(try messaging.messages(in: begun.conversation).last).id
        let things: [ReportedThing] = [
            .post(opened.post), .post(opened.post), .thread(opened.thread), .message(message, in: begun.conversation),
            .member(author), .page,
        ]
        var reports: [CaseID] = []
        for thing in things {
            reports.append(
                try await messaging.open(
                    OpenCase(.report(.spam, thing), by: reporter, statement("Reklam")), by: .member(reporter),
                    command: command()))
        }
        _ = try await forum.remove(
            opened.post, for: .spam, by: Standing(judge, as: .moderator), command: command())
        try await messaging.decide(
            reports[0], .upheld, #require(CaseReasons(rule: "Regel", "Reklam")), affecting: author, by: judge,
            command: command())
        try await messaging.appeal(
            statement("Det var ingen reklam"), in: reports[0], as: .other, rules, by: .member(author),
            command: command())
        _ = try await messaging.report(
            message, in: begun.conversation, for: .abuse, note: "Se här", by: reporter, command: command())
        _ = try await messaging.open(
            message, in: begun.conversation, because: .report, by: judge, command: command())
    }

    private func dispute(_ one: MemberID, _ other: MemberID, decidedBy judge: MemberID) async throws {
        for outcome in [CaseDecision.Outcome.rejected, nil] {
            let id = try await messaging.open(
                OpenCase(.dispute(with: other, .other), by: one, statement("Han svarar inte")), by: .member(one),
                command: command())
            guard let outcome else { continue }
            try await messaging.decide(
                id, outcome, #require(CaseReasons("Ingen avtalade något")), by: judge, command: command())
        }
    }

    /// One claim is extended, and one is erased before its time.
    private func claim(_ member: MemberID, decidedBy staff: MemberID) async throws {
        for right in [RightKind.access, .objection] {
            let id = try await messaging.open(
                OpenCase(.rights(right), by: member, statement("Jag begär")), by: .member(member), command: command())
            if right == .access {
                try await messaging.extend(
                    id, #require(CaseReasons("Mycket att gå igenom")), rules, by: staff, command: command())
            } else {
                try await messaging.erase(
                    id, because: #require(TextErasureReason.allCases.first), by: staff, command: command())
            }
        }
    }

    /// One newsletter is sent and read by some, one is scheduled, one is stopped, and one is discarded.
    private func sendNewsletters(to readers: [MemberID], by editor: MemberID) async throws {
        var issues: [IssueID] = []
        for number in 1...4 {
            issues.append(
                try await messaging.draftIssue(
                    IssueText.parse(subject: "Nummer \(number)", body: "Hej"), by: editor, command: command()))
        }
        try await messaging.scheduleIssue(issues[0], for: nil, by: editor, command: command())
        try await messaging.beginIssue(issues[0])
        let keys = readers.map { MailKey(asked: log.head, name: .newsletter, member: $0) }
        let mails = keys.map { SentMail($0, address: nil, checked: log.head, attempts: 1) }
        try await messaging.record([
            .handedOver(mails[0]), .givenUp(mails[1], GivingUp(.refused, code: 55, reply: 550)),
            .suppressed(mails[2], .switchedOff),
        ])
        try await messaging.note(
            Bounce(keys[0], address: Subject(.email, readers[0]), status: DeliveryStatus(5, 1, 1)),
            command: command())
        let wording = TextHash(of: "test")
        for (reader, isYes) in [(readers[0], false), (readers[1], true)] {
            try await accounts.answer(
                AnswerNewsletter(isYes: isYes, wording: wording), of: reader, command: command())
        }
        try await messaging.finishIssue(issues[0])
        try await messaging.scheduleIssue(
            issues[1], for: time.now.adding(Period(days: 9)), by: editor, command: command())
        try await messaging.scheduleIssue(issues[2], for: nil, by: editor, command: command())
        try await messaging.beginIssue(issues[2])
        try await messaging.stopIssue(issues[2], by: editor, command: command())
        try await messaging.discardIssue(issues[3], by: editor, command: command())
    }
}
