import Foundation
import Testing
import Testkit

@testable import Events
@testable import Messaging

@Suite(.clause("P-08.2")) struct `The staff in a case of her own` {
    private typealias Act = (CaseFile, MemberID) throws -> [CaseEvent]

    /// Every action of staff in a case.
    private func acts() throws -> [(name: String, act: Act)] {
        func filed<Value: Hashable & Sendable & Redacted>(_ value: Value) -> Sealed<Value> {
            Sealed(value, of: nil, in: CaseStory.id, by: CaseStory.command)
        }
        let reply = filed(try #require(CaseReply("Så här")))
        let reasons = filed(try #require(CaseReasons(rule: "4.2", "Därför")))
        let note = filed(try #require(CaseNote("Ringde")))
        let verdict = filed(try #require(IdentityVerdict([], reason: "Ringde")))
        var acts: [(name: String, act: Act)] = [
            (
                "answer",
                {
                    try AnswerCase(reply: reply, audience: .opener, awaits: false, staff: $1, time: .testStart)
                        .decide(given: $0)
                }
            ),
            (
                "decide",
                {
                    try DecideCase(outcome: .rejected, reasons: reasons, affected: nil, staff: $1, time: .testStart)
                        .decide(given: $0)
                }
            ),
            (
                "extend",
                { try ExtendCase(reasons: reasons, staff: $1, time: .testStart).decide(given: $0, .first()) }
            ),
            (
                "identify",
                { try IdentifyOpener(member: CaseStory.moa, verdict: verdict, staff: $1).decide(given: $0) }
            ),
            ("file", { try AcceptMail(number: 1, staff: $1, time: .testStart).decide(given: $0, .first()) }),
        ]
        for handling in [HandleCase.note(note), .assign(nil), .assign(CaseStory.greta), .close, .reopen] {
            acts.append(("\(handling)", { try handling.decide(given: $0, by: $1, at: .testStart) }))
        }
        return acts
    }

    /// Cases that concern Astrid, each for a different reason.
    private func files() throws -> [(why: String, file: CaseFile)] {
        var appealed = try CaseStory(.dispute(with: CaseStory.nils, .other))
        try appealed.decide(at: .testStart)
        appealed.events += try appeal(appealed.file)
        return [
            ("opener", try CaseStory(by: CaseStory.astrid).file),
            ("other party", try CaseStory(.dispute(with: CaseStory.astrid, .other)).file),
            ("reported", try CaseStory(.report(.abuse, .member(CaseStory.astrid))).file),
            ("whose decision is appealed against", try appealed.file),
        ]
    }

    private func appeal(_ file: CaseFile) throws -> [CaseEvent] {
        let statement = Sealed(
            try #require(CaseStatement(text: "Fel")), of: nil, in: CaseStory.id, by: CaseStory.command)
        return try AppealDecision(statement: statement, party: .opener, time: .testStart).decide(given: file, .first())
    }

    @Test func `does nothing at all, whyever it concerns her`() throws {
        for (why, file) in try files() {
            for (name, act) in try acts() {
                #expect(throws: CaseRefusal.ownMatter, "\(name), \(why)") { try act(file, CaseStory.astrid) }
            }
            #expect(throws: CaseRefusal.ownMatter, "is assigned, \(why)") {
                try HandleCase.assign(CaseStory.astrid).decide(given: file, by: CaseStory.greta, at: .testStart)
            }
        }
    }

    @Test func `leaves it to a colleague, who judges the appeal`() throws {
        for (why, file) in try files() {
            #expect(throws: Never.self, "\(why)") {
                try HandleCase.assign(nil).decide(given: file, by: CaseStory.greta, at: .testStart)
            }
        }
    }

    @Test func `is the author of the text, and after an appeal who had removed it before`() throws {
        let post = PostID(rawValue: 9)
        var story = try CaseStory(.report(.spam, .post(post)))
        let removal = ReportedText.Removal(by: CaseStory.greta, at: .testStart)
        let later = ReportedText.Removal(by: CaseStory.astrid, at: Instant.testStart.advanced(seconds: 3600))
        let text = ReportedText(by: CaseStory.nils, removals: [removal, later])
        #expect(try story.file.concerned(by: text) == [CaseStory.moa, CaseStory.nils])
        try story.decide(at: .testStart)
        #expect(try story.file.concerned(by: text) == [CaseStory.moa, CaseStory.nils])
        story.events += try appeal(story.file)
        #expect(
            try story.file.concerned(by: text) == [CaseStory.moa, CaseStory.nils, CaseStory.greta, CaseStory.astrid])
        var other = try CaseStory(.report(.spam, .post(post)))
        try other.decide(at: .testStart, by: CaseStory.command.member)
        other.events += try appeal(other.file)
        #expect(try !other.file.concerned(by: text).contains(CaseStory.astrid), "removed after the appeal")
    }

    @Test func `knows of a reported thread, also when it is read again`() throws {
        let statement = try #require(CaseStatement(text: "Rubriken hotar"))
        let opening = OpenCase(.report(.abuse, .thread(ThreadID(rawValue: 9))), by: nil, statement)
        let opened = try #require(try opening.decide(CaseStory.id, CaseStory.command, at: .testStart).first)
        let new = opened.encoded()
        let sealed = try #require(new.sealed)
        let recorded = RecordedEvent(
            position: 1, stream: StreamName(CaseStory.id), version: 1, type: new.type, time: .testStart,
            actor: .visitor, causation: nil, command: CaseStory.command, clear: ClearPart(stored: new.clear.bytes),
            subject: sealed.subject, owner: sealed.owner, content: .open(sealed.plaintext))
        #expect(try CaseEvent.decode(recorded) == opened)
    }
}

extension CommandID {
    /// A member with no part in the story.
    fileprivate var member: MemberID { MemberID(rawValue: 77) }
}
