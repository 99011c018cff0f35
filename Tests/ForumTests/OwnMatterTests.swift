import Events
import Testing
import Testkit

@testable import Forum

/// Anna has written the thread and its first post.
@Suite(.clause("P-08.2")) struct `A moderator's own text` {
    private static let fence = FenceID.random()
    private static let visible: Post = .given(Some.published)
    private static let removed: Post = .given(Some.published, .removed(Some.post, .spam))
    private static let category: Category = .given(Some.created)

    /// Every moderation measure on a text, taken by a reader with that standing.
    private static let measures: [(name: String, decide: @Sendable (Standing) throws -> [ForumEvent])] = [
        ("remove", { try RemovePost(reason: .spam, standing: $0).decide(given: visible) }),
        ("reinstate", { try ReinstatePost(standing: $0).decide(given: removed) }),
        ("erase", { try ErasePost(reason: .unlawful, fence: fence, standing: $0).decide(given: visible) }),
        ("close", { try CloseThread(change: .close, standing: $0).decide(given: openThread) }),
        ("reopen", { try CloseThread(change: .reopen, standing: $0).decide(given: closedThread) }),
        ("pin", { try PinThread(change: .pin, standing: $0).decide(given: openThread) }),
        ("move", { try MoveThread(standing: $0).decide(given: openThread, from: category, to: category) }),
        ("title", { try EraseTitle(reason: .unlawful, fence: fence, standing: $0).decide(given: openThread) }),
    ]

    @Test func `is moderated by others only`() throws {
        for (name, decide) in Self.measures {
            for role in [ForumRole.moderator, .administrator] {
                #expect(throws: ForumRefusal.ownMatter, "\(name)") { try decide(Standing(Some.anna, as: role)) }
            }
            #expect(throws: Never.self, "\(name)") { try decide(moa) }
            #expect(throws: ForumRefusal.notAllowed, "\(name)") { try decide(anna) }
        }
    }
}
