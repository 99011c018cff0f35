import Events
import Messaging
import Testing

@testable import Site

@Suite struct `A refused message` {
    private let anna = MemberID(rawValue: 1)

    @Test func `names the member as she spells her name`() {
        let refusals: [ConversationRefusal] = [.unreachable(anna), .notTaken(anna), .blockedByYou(anna)]
        for refusal in refusals {
            guard case .reason(let reason) = refusal.answer(naming: { _ in "ann-mari" }) else {
                Issue.record("\(refusal) has no reason")
                continue
            }
            #expect(reason.contains("ann-mari"))
        }
    }
}
