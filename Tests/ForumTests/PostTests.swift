import Events
import Testing
import Testkit

@testable import Forum

struct PostTests {
    let visible: Post = .given(Some.published)
    let deleted: Post = .given(Some.published, .deleted(Some.post))
    let removed: Post = .given(Some.published, .removed(Some.post, .spam))

    private func revise(as standing: Standing = anna, from base: Int = 1, _ body: PostBody = Some.otherBody)
        -> RevisePost
    {
        RevisePost(body: body, subject: Some.revision, base: base, standing: standing)
    }

    @Test func `the author revises, and every revision is kept`() throws {
        let revised = PostEvent.revised(
            Some.post, author: Some.anna, revision: 2, under: Some.revision, body: .known(Some.otherBody))
        #expect(try revise().decide(given: visible, in: openThread) == [.post(revised)])
        let after: Post = .given(Some.published, revised)
        #expect(after.facts?.revisions == [.known(Some.body), .known(Some.otherBody)])
        #expect(after.facts?.revision == 2)
    }

    @Test(arguments: [bo, moa, astrid])
    func `nobody else revises or deletes, whatever the role`(standing: Standing) {
        #expect(throws: ForumRefusal.notTheAuthor) {
            try revise(as: standing).decide(given: visible, in: openThread)
        }
        #expect(throws: ForumRefusal.notTheAuthor) {
            try DeletePost(standing: standing).decide(given: visible, in: openThread)
        }
    }

    @Test func `a deleted or removed post cannot be revised`() {
        #expect(throws: ForumRefusal.postDeleted) { try revise().decide(given: deleted, in: openThread) }
        #expect(throws: ForumRefusal.postRemoved) { try revise().decide(given: removed, in: openThread) }
        #expect(throws: ForumRefusal.noSuchPost) { try revise().decide(given: .none, in: openThread) }
    }

    @Test func `in a closed thread the author neither revises nor deletes`() {
        #expect(throws: ForumRefusal.threadClosed) { try revise().decide(given: visible, in: closedThread) }
        #expect(throws: ForumRefusal.threadClosed) {
            try DeletePost(standing: anna).decide(given: visible, in: closedThread)
        }
    }

    @Test func `a revision made from an older text than the present is refused`() throws {
        let twice: Post = .given(
            Some.published,
            .revised(
                Some.post, author: Some.anna, revision: 2, under: Some.revision, body: .known(Some.otherBody)))
        #expect(throws: ForumRefusal.revisedMeanwhile(latest: 2)) {
            try revise(from: 1, draft("Något annat")).decide(given: twice, in: openThread)
        }
        #expect(try revise(from: 1).decide(given: twice, in: openThread) == [])
    }

    @Test func `the author deletes her post, once`() throws {
        #expect(try DeletePost(standing: anna).decide(given: visible, in: openThread) == [.post(.deleted(Some.post))])
        #expect(try DeletePost(standing: anna).decide(given: deleted, in: openThread) == [])
        #expect(throws: ForumRefusal.postRemoved) {
            try DeletePost(standing: anna).decide(given: removed, in: openThread)
        }
    }

    @Test(arguments: RemovalReason.allCases)
    func `a moderator removes a post for a reason from the list (DSA 17)`(reason: RemovalReason) throws {
        #expect(
            try RemovePost(reason: reason, standing: moa).decide(given: visible) == [.post(.removed(Some.post, reason))]
        )
        #expect(throws: ForumRefusal.notAllowed) {
            try RemovePost(reason: reason, standing: anna).decide(given: visible)
        }
        #expect(throws: ForumRefusal.postRemoved) {
            try RemovePost(reason: reason, standing: moa).decide(given: removed)
        }
    }

    @Test func `a removal can be undone after an appeal`() throws {
        #expect(try ReinstatePost(standing: moa).decide(given: removed) == [.post(.reinstated(Some.post))])
        #expect(try ReinstatePost(standing: moa).decide(given: visible) == [])
        #expect(throws: ForumRefusal.postDeleted) { try ReinstatePost(standing: moa).decide(given: deleted) }
        #expect(throws: ForumRefusal.notAllowed) { try ReinstatePost(standing: anna).decide(given: removed) }
        let again: Post = .given(Some.published, .removed(Some.post, .spam), .reinstated(Some.post))
        #expect(again == visible)
    }
}
