import Events
import Foundation
import Testing
import Testkit

@testable import Messaging

/// The rules of the first version of the policy.
extension CaseRules {
    static func first(receiptCounts: Bool = false, followUpReopens: Bool = true) -> CaseRules {
        func period(_ text: String) -> Period { Period(text) ?? Period(days: 0) }
        return CaseRules(
            question: period("PT24H"), warnings: [period("PT12H"), period("PT20H")], rightsRequest: period("P1M"),
            rightsExtension: period("P2M"), appealWindow: period("P6M"), receiptCounts: receiptCounts,
            followUpReopens: followUpReopens)
    }
}

/// Builds a case step by step.
struct CaseStory {
    static let id = CaseID(rawValue: 1)
    static let moa = MemberID(rawValue: 2)
    static let nils = MemberID(rawValue: 3)
    static let astrid = MemberID(rawValue: 4)
    static let greta = MemberID(rawValue: 5)
    static let command = CommandID(named: "test", at: .testStart)

    var events: [CaseEvent] = []

    init(_ topic: CaseTopic = .support, by opener: MemberID? = moa, at time: Instant = .testStart) throws {
        let opening = OpenCase(topic, by: opener, try #require(CaseStatement(subject: "Moms", text: "Hur gör jag?")))
        events = try opening.decide(Self.id, Self.command, at: time)
    }

    var file: CaseFile {
        get throws { try CaseState.given(events).required() }
    }

    mutating func answer(at time: Instant, awaits: Bool = false, to audience: CaseAudience = .opener) throws {
        let reply = Sealed(try #require(CaseReply("Så här")), of: nil, in: Self.id, by: Self.command)
        events += try AnswerCase(reply: reply, audience: audience, awaits: awaits, staff: Self.astrid, time: time)
            .decide(given: file)
    }

    mutating func write(at time: Instant, as party: CaseParty = .opener, _ rules: CaseRules = .first()) throws {
        let statement = Sealed(try #require(CaseStatement(text: "Jo, men")), of: nil, in: Self.id, by: Self.command)
        events += try WriteInCase(statement: statement, party: party, channel: .page, trouble: nil, time: time)
            .decide(given: file, rules)
    }

    mutating func decide(
        at time: Instant, _ outcome: CaseDecision.Outcome = .rejected, by staff: MemberID = astrid
    ) throws {
        let reasons = Sealed(try #require(CaseReasons(rule: "4.2", "Därför")), of: nil, in: Self.id, by: Self.command)
        events += try DecideCase(outcome: outcome, reasons: reasons, affected: nil, staff: staff, time: time)
            .decide(given: file)
    }
}

extension Instant {
    static func stockholm(_ text: String) throws -> Instant { try #require(Instant(text)) }
}

@Suite(.clause("P-18.2")) struct `A question` {
    private func due(_ story: CaseStory, _ rules: CaseRules = .first()) throws -> Instant? { try story.file.due(rules) }

    @Test(arguments: [
        // The clocks go forward on 29 March 2026: noon and a day is one o'clock.
        ("2026-03-28T12:00:00+01:00", "2026-03-29T13:00:00+02:00"),
        // And back on 25 October: noon and a day is eleven o'clock.
        ("2026-10-24T12:00:00+02:00", "2026-10-25T11:00:00+01:00"),
        // Friday afternoon to Saturday afternoon; Christmas Eve to Christmas Day.
        ("2026-03-13T17:30:00+01:00", "2026-03-14T17:30:00+01:00"),
        ("2026-12-24T09:00:00+01:00", "2026-12-25T09:00:00+01:00"),
    ])
    func `is due in 24 hours of exact time, whatever the clocks and the week do`(asked: String, due: String) throws {
        let story = try CaseStory(at: .stockholm(asked))
        #expect(try self.due(story) == .stockholm(due))
    }

    @Test func `is not answered by an automatic receipt, unless the policy says so`() throws {
        let story = try CaseStory()
        #expect(try story.file.question?.askedAt == .testStart && story.file.phase == .open)
        #expect(try due(story) != nil)
        #expect(try due(story, .first(receiptCounts: true)) == nil)
    }

    @Test func `is answered by a person, and a follow-up begins a new day`() throws {
        var story = try CaseStory()
        let (later, again) = (Instant.testStart.advanced(seconds: 3600), Instant.testStart.advanced(seconds: 90_000))
        try story.answer(at: later)
        #expect(try due(story) == nil && story.file.phase == .answered(at: later))
        try story.write(at: again)
        #expect(try due(story) == again.advanced(seconds: 86_400) && story.file.phase == .reopened(at: again))
        #expect(try story.file.question?.warnings == 0)
    }

    @Test func `that is asked once more while it waits is due as before`() throws {
        var story = try CaseStory()
        try story.write(at: .testStart.advanced(seconds: 80_000))
        #expect(try due(story) == .testStart.advanced(seconds: 86_400))
    }

    @Test func `is not taken up again by what follows when the policy says no`() throws {
        var story = try CaseStory()
        try story.answer(at: .testStart.advanced(seconds: 60))
        try story.write(at: .testStart.advanced(seconds: 120), .first(followUpReopens: false))
        #expect(try due(story) == nil)
    }

    @Test func `is answered by a question back, and waits`() throws {
        var story = try CaseStory()
        let time = Instant.testStart.advanced(seconds: 60)
        try story.answer(at: time, awaits: true)
        #expect(try story.file.phase == .waiting(since: time) && story.file.question == nil)
    }

    @Test func `is warned of at 12 and at 20 hours, each once, and steps that were missed are one`() throws {
        var story = try CaseStory()
        func warned(hours: Double) throws -> [CaseEvent] {
            try WarnOfDue(time: .testStart.advanced(seconds: hours * 3600)).decide(given: story.file, .first())
        }
        #expect(try warned(hours: 11.9).isEmpty)
        #expect(try warned(hours: 12) == [.warned(step: 1)])
        #expect(try warned(hours: 30) == [.warned(step: 2)])
        story.events.append(.warned(step: 1))
        #expect(try warned(hours: 13).isEmpty)
        #expect(try warned(hours: 20) == [.warned(step: 2)])
        try story.answer(at: .testStart.advanced(seconds: 21 * 3600))
        #expect(try warned(hours: 22).isEmpty)
    }

    @Test func `that was answered and has been quiet for two weeks is closed`() throws {
        var story = try CaseStory()
        #expect(try CloseQuietCase(time: .testStart.adding(Period(days: 60))).decide(given: story.file).isEmpty)
        try story.answer(at: .testStart)
        #expect(try CloseQuietCase(time: .testStart.adding(Period(days: 13))).decide(given: story.file).isEmpty)
        let end = Instant.testStart.adding(Period(days: 14))
        #expect(try CloseQuietCase(time: end).decide(given: story.file) == [.closed])
    }
}

@Suite(.clause("P-17.1")) struct `A request for one's rights` {
    @Test(arguments: [
        ("2026-01-31T09:00:00+01:00", "2026-02-28T09:00:00+01:00", "2026-04-30T09:00:00+02:00"),
        ("2026-03-10T09:00:00+01:00", "2026-04-10T09:00:00+02:00", "2026-06-10T09:00:00+02:00"),
    ])
    func `is due in a month of Stockholm's calendar, and put off by two`(asked: String, due: String, later: String)
        throws
    {
        var story = try CaseStory(.rights(.access), at: .stockholm(asked))
        #expect(try story.file.due(.first()) == .stockholm(due))
        let reasons = Sealed(try #require(CaseReasons("Mycket")), of: nil, in: CaseStory.id, by: CaseStory.command)
        let time = try Instant.stockholm(asked).adding(Period(days: 20))
        let extending = ExtendCase(reasons: reasons, staff: CaseStory.astrid, time: time)
        story.events += try extending.decide(given: story.file, .first())
        #expect(try story.file.due(.first()) == .stockholm(later))
        #expect(throws: CaseRefusal.notExtendable) { try extending.decide(given: story.file, .first()) }
    }

    @Test func `is not put off when its month is over, and no other case is`() throws {
        let reasons = Sealed(try #require(CaseReasons("Mycket")), of: nil, in: CaseStory.id, by: CaseStory.command)
        let late = ExtendCase(reasons: reasons, staff: CaseStory.astrid, time: .testStart.adding(Period(days: 40)))
        let rights = try CaseStory(.rights(.erasure)).file
        #expect(throws: CaseRefusal.notExtendable) { try late.decide(given: rights, .first()) }
        let soon = ExtendCase(reasons: reasons, staff: CaseStory.astrid, time: .testStart)
        let support = try CaseStory().file
        #expect(throws: CaseRefusal.notExtendable) { try soon.decide(given: support, .first()) }
    }

    @Test func `is not answered within a day by an answer alone: it stays due until it is decided`() throws {
        var story = try CaseStory(.rights(.erasure))
        try story.answer(at: .testStart)
        #expect(try story.file.due(.first()) == .testStart.adding(Period("P1M") ?? Period(days: 0)))
        try story.decide(at: .testStart, .upheld)
        #expect(try story.file.due(.first()) == nil)
    }

    @Test(.clause("P-17.2")) func `by somebody unknown can only be refused until the four points agree`() throws {
        var story = try CaseStory(.rights(.access), by: nil)
        #expect(throws: CaseRefusal.notIdentified) { try story.decide(at: .testStart, .upheld) }
        func identify(_ points: Set<IdentityVerdict.Point>) throws -> [CaseEvent] {
            let verdict = Sealed(
                try #require(IdentityVerdict(points, reason: "I telefon")), of: nil, in: CaseStory.id,
                by: CaseStory.command)
            return try IdentifyOpener(member: CaseStory.moa, verdict: verdict, staff: CaseStory.astrid)
                .decide(given: story.file)
        }
        let three = try identify([.name, .username, .personalIdentityNumber])
        #expect(three.count == 1)
        story.events += three
        #expect(try story.file.opener == nil)
        story.events += try identify(Set(IdentityVerdict.Point.allCases))
        #expect(try story.file.opener == CaseStory.moa)
        try story.decide(at: .testStart, .upheld)
    }
}

@Suite struct `A case` {
    @Test func `is not handled by a party to it`() throws {
        let file = try CaseStory(by: CaseStory.astrid).file
        let reply = Sealed(try #require(CaseReply("Nej")), of: nil, in: CaseStory.id, by: CaseStory.command)
        #expect(throws: CaseRefusal.ownMatter) {
            try AnswerCase(
                reply: reply, audience: .opener, awaits: false, staff: CaseStory.astrid, time: .testStart
            ).decide(given: file)
        }
        for handling in [HandleCase.close, .assign(nil)] {
            #expect(throws: CaseRefusal.ownMatter) {
                try handling.decide(given: file, by: CaseStory.astrid, at: .testStart)
            }
        }
    }

    @Test(.clause("P-08.4")) func `about a dispute has two parties, and nobody is in dispute with oneself`() throws {
        #expect(throws: CaseRefusal.disputeWithOneself) { try CaseStory(.dispute(with: CaseStory.moa, .other)) }
        let file = try CaseStory(.dispute(with: CaseStory.nils, .other)).file
        #expect(file.party(of: CaseStory.moa) == .opener && file.party(of: CaseStory.nils) == .other)
        #expect(file.party(of: CaseStory.astrid) == nil)
        var support = try CaseStory()
        #expect(throws: CaseRefusal.notAParty) { try support.write(at: .testStart, as: .other) }
        #expect(throws: CaseRefusal.noOtherParty) { try support.answer(at: .testStart, to: .both) }
    }

    @Test(.clause("P-08.4")) func `about a dispute is decided for the one only when the other was heard`() throws {
        var story = try CaseStory(.dispute(with: CaseStory.nils, .other))
        #expect(throws: CaseRefusal.otherNotHeard) { try story.decide(at: .testStart, .upheld) }
        #expect(throws: CaseRefusal.otherNotHeard) { try story.decide(at: .testStart, .partly) }
        // A manifestly unfounded request is rejected at once.
        var unfounded = story
        try unfounded.decide(at: .testStart, .rejected)
        // A party who was asked and does not answer delays nothing.
        var silent = story
        try silent.answer(at: .testStart, awaits: true, to: .other)
        try silent.decide(at: .testStart, .upheld)
        try story.write(at: .testStart, as: .other)
        try story.decide(at: .testStart, .partly)
    }

    @Test(.clause("P-18.2")) func `about a dispute answers each party by itself`() throws {
        var story = try CaseStory(.dispute(with: CaseStory.nils, .other))
        let later = Instant.testStart.advanced(seconds: 3600)
        try story.write(at: later, as: .other)
        #expect(try story.file.question?.party == .opener)
        try story.answer(at: later, to: .opener)
        #expect(try story.file.question == CaseQuestion(party: .other, askedAt: later))
        #expect(try story.file.due(.first()) == later.advanced(seconds: 24 * 3600))
        try story.answer(at: later, to: .other)
        #expect(try story.file.question == nil)
    }

    @Test func `that was decided is appealed against once by each, within the policy's time`() throws {
        var story = try CaseStory(.dispute(with: CaseStory.nils, .other))
        let statement = Sealed(
            try #require(CaseStatement(text: "Fel")), of: nil, in: CaseStory.id, by: CaseStory.command)
        func appeal(_ party: CaseParty, months: Int) throws -> [CaseEvent] {
            let time = Instant.testStart.adding(Period("P\(months)M") ?? Period(days: 0))
            return try AppealDecision(statement: statement, party: party, time: time).decide(
                given: story.file, .first())
        }
        #expect(throws: CaseRefusal.nothingToAppeal) { try appeal(.opener, months: 0) }
        try story.decide(at: .testStart)
        #expect(try story.file.isClosed && story.file.question == nil)
        #expect(throws: CaseRefusal.tooLateToAppeal) { try appeal(.other, months: 6) }
        story.events += try appeal(.other, months: 5)
        #expect(try !story.file.isClosed && story.file.question?.party == .other)
        try story.decide(at: .testStart, .upheld, by: CaseStory.greta)
        #expect(throws: CaseRefusal.nothingToAppeal) { try appeal(.other, months: 1) }
        story.events += try appeal(.opener, months: 1)
    }

    @Test(.clause("P-17.2")) func `takes a stranger's mail aside, and as the party's only by a person's word`() throws {
        var story = try CaseStory()
        try story.answer(at: .testStart)
        let address = try #require(MailAddress("annan@example.se"))
        func file(_ sender: FileMail.Sender) throws -> [CaseEvent] {
            try FileMail(
                from: sender, SetAsideMail(sender: address, subject: "Re", text: "Det är jag"), trouble: nil
            ).decide(given: story.file, .first(), CaseStory.command, at: .testStart)
        }
        story.events += try file(.stranger)
        #expect(try story.file.question == nil && story.file.setAside == [1])
        story.events += try AcceptMail(number: 1, staff: CaseStory.astrid, time: .testStart).decide(
            given: story.file, .first())
        #expect(try story.file.question?.party == .opener && story.file.setAside.isEmpty)
        #expect(throws: CaseRefusal.noSuchMail) {
            try AcceptMail(number: 1, staff: CaseStory.astrid, time: .testStart).decide(given: story.file, .first())
        }
        // The next stranger's mail gets a new number, whatever was accepted before.
        story.events += try file(.stranger)
        #expect(try story.file.setAside == [2])
        #expect(try story.file.mails.map(\.sender) == [.party(.opener), .aside(2)])
        story.events += try file(.party(.opener))
        #expect(try story.file.subjects.count == 2)
    }
}

@Suite(.clause("P-08.2")) struct `A measure that nobody has asked for` {
    private func opened(at time: Instant = .testStart) throws -> CaseFile {
        let opening = OpenCase(
            unasked: .report(.spam, .post(PostID(rawValue: 9))), try #require(CaseStatement(text: "Eget initiativ")))
        return try CaseState.given(opening.decide(CaseStory.id, CaseStory.command, at: time)).required()
    }

    private func decided(by staff: MemberID) throws -> [CaseEvent] {
        let reasons = Sealed(
            try #require(CaseReasons(rule: "4.2", "Därför")), of: nil, in: CaseStory.id, by: CaseStory.command)
        return try DecideCase(
            outcome: .upheld, reasons: reasons, affected: CaseStory.nils, staff: staff, time: .testStart
        ).decide(given: opened())
    }

    @Test func `begins a case in which nothing waits`() throws {
        let file = try opened()
        #expect(file.isUnasked && file.question == nil && file.due(.first()) == nil)
    }

    @Test func `can be appealed against by the party it goes against, and is then judged by somebody else`() throws {
        var file = CaseState.known(try opened())
        for event in try decided(by: CaseStory.astrid) { file.evolve(event) }
        let statement = Sealed(
            try #require(CaseStatement(text: "Nej")), of: CaseStory.nils, in: CaseStory.id, by: CaseStory.command)
        let appeal = try AppealDecision(statement: statement, party: .other, time: .testStart).decide(
            given: file.required(), .first())
        for event in appeal { file.evolve(event) }
        #expect(try file.required().concerned == [CaseStory.nils, CaseStory.astrid])
    }

    @Test func `is not taken against oneself`() throws {
        #expect(throws: CaseRefusal.ownMatter) { try decided(by: CaseStory.nils) }
    }
}
