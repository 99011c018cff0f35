import Events
import Messaging
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `The words of a decision` {
    @Test(arguments: [
        (ReportedThing.post(PostID(rawValue: 1)), true), (.thread(ThreadID(rawValue: 1)), true),
        (.message(MessageID(rawValue: 1), in: ConversationID(rawValue: 1)), false),
        (.member(MemberID(rawValue: 1)), false), (.page, false),
    ])
    func `say that something is removed only where the decision removes it`(thing: ReportedThing, isRemoved: Bool) {
        let topic = CaseTopic.report(.spam, thing)
        let words = CaseDecision.Outcome.upheld.swedish(in: topic)
        #expect((words == "Innehållet tas bort") == isRemoved)
        #expect((CaseDecision.Outcome.upheld.hint(in: topic) == nil) == isRemoved)
    }
}
