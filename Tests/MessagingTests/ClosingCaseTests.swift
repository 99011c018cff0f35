import Events
import Testing
import Testkit

@testable import Messaging

@Suite struct `A case that is about to be closed` {
    @Test(.clause("P-18.2")) func `stays open while a question in it waits`() throws {
        var story = try CaseStory(.dispute(with: CaseStory.nils, .other))
        func close() throws(CaseRefusal) -> [CaseEvent] {
            guard case .known(let file) = CaseState.given(story.events) else { throw .noSuchCase }
            return try HandleCase.close.decide(given: file, by: CaseStory.astrid, at: .testStart)
        }
        #expect(throws: CaseRefusal.unanswered) { try close() }
        try story.write(at: .testStart, as: .other)
        try story.answer(at: .testStart)
        #expect(throws: CaseRefusal.unanswered, "the other party's") { try close() }
        try story.answer(at: .testStart, to: .other)
        #expect(try close() == [.closed])
    }

    @Test(.clause("P-17.1")) func `is closed, if it is about a right, by a decision only`() throws {
        var story = try CaseStory(.rights(.access))
        try story.answer(at: .testStart)
        let close = { (story: CaseStory) throws in
            try HandleCase.close.decide(given: story.file, by: CaseStory.astrid, at: .testStart)
        }
        #expect(throws: CaseRefusal.undecided) { try close(story) }
        try story.decide(at: .testStart)
        story.events.append(.reopened)
        #expect(try close(story) == [.closed])
    }

    @Test(.clause("P-18.2")) func `because it waits for its party is closed by the rule, unless she has answered`()
        throws
    {
        let asked = Instant.testStart
        var story = try CaseStory()
        try story.answer(at: asked, awaits: true)
        #expect(try CloseWaitingCase(since: asked).decide(given: story.file) == [.closed])
        #expect(try CloseWaitingCase(since: asked.advanced(seconds: -1)).decide(given: story.file) == [])
        try story.write(at: asked.advanced(seconds: 60))
        #expect(try CloseWaitingCase(since: asked).decide(given: story.file) == [])
        for topic in [CaseTopic.rights(.access), .dispute(with: CaseStory.nils, .other), .report(.abuse, .page)] {
            var other = try CaseStory(topic)
            try other.answer(at: asked, awaits: true)
            #expect(try CloseWaitingCase(since: asked).decide(given: other.file) == [])
        }
    }
}
