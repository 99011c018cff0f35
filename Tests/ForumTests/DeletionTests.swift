import Events
import Testing
import Testkit

@testable import Forum

@Suite(.clause("P-06.3")) struct `A deleted post` {
    private let fence = FenceID(rawValue: 9)
    private let visible: Post = .given(Some.published)
    private let deleted: Post = .given(Some.published, Some.revised, .deleted(Some.post))
    private let removed: Post = .given(Some.published, .deleted(Some.post), .removed(Some.post, .spam))

    private func restore(_ standing: Standing = anna, inTime: Bool = true) -> RestorePost {
        RestorePost(standing: standing) { _ in inTime }
    }

    @Test func `is restored by its author as long as the period lasts, and by nobody else`() throws {
        #expect(try restore().decide(given: deleted) == [.post(.restored(Some.post))])
        #expect(try restore().decide(given: visible) == [])
        #expect(throws: ForumRefusal.tooLateToRestore) { try restore(inTime: false).decide(given: deleted) }
        #expect(throws: ForumRefusal.notTheAuthor) { try restore(moa).decide(given: deleted) }
        #expect(throws: ForumRefusal.noSuchPost) { try restore().decide(given: .none) }
        let again: Post = .given(Some.published, .deleted(Some.post), .restored(Some.post))
        #expect(again == visible)
    }

    @Test func `can be removed by a moderator, so that its author cannot show it again`() throws {
        #expect(
            try RemovePost(reason: .spam, standing: moa).decide(given: deleted) == [.post(.removed(Some.post, .spam))])
        #expect(throws: ForumRefusal.postRemoved) { try restore().decide(given: removed) }
        let reinstated: Post = .given(
            Some.published, .deleted(Some.post), .removed(Some.post, .spam), .reinstated(Some.post))
        guard case .deleted = reinstated else {
            Issue.record("a removal that is undone shows a text that its author has deleted")
            return
        }
    }

    @Test func `is erased with its revisions when the period is over, also when it was removed since`() throws {
        for post in [deleted, removed] {
            let deletedAt = try #require(post.facts?.deletedAt)
            #expect(
                CompleteDeletion(deleted: deletedAt, fence: fence).decide(given: post)
                    == [.post(.deletionCompleted(Some.post, fence: fence))])
            #expect(CompleteDeletion(deleted: deletedAt.advanced(seconds: 1), fence: fence).decide(given: post) == [])
        }
        #expect(deleted.facts?.subjectsToErase == [Subject(.post, Some.post), Some.revision])
        let erased: Post = .given(
            Some.published, Some.revised, .deleted(Some.post), .deletionCompleted(Some.post, fence: fence))
        #expect(erased.facts?.revisions == [.erased, .erased])
        #expect(throws: ForumRefusal.postErased) { try restore().decide(given: erased) }
    }
}

@Suite(.clause("P-06.3")) struct `An earlier revision` {
    private let twice: Post = .given(Some.published, Some.revised)

    private func delete(_ number: Int = 1, _ standing: Standing = anna) -> DeleteRevision {
        DeleteRevision(number: number, standing: standing)
    }

    @Test func `is deleted by its author alone, and never the latest`() throws {
        #expect(try delete().decide(given: twice) == [.post(.revisionDeleted(Some.post, 1))])
        #expect(throws: ForumRefusal.notTheAuthor) { try delete(1, moa).decide(given: twice) }
        #expect(throws: ForumRefusal.latestRevision) { try delete(2).decide(given: twice) }
        #expect(throws: ForumRefusal.noSuchRevision) { try delete(3).decide(given: twice) }
        #expect(throws: ForumRefusal.noSuchRevision) { try delete(0).decide(given: twice) }
        let deleted: Post = .given(Some.published, Some.revised, .revisionDeleted(Some.post, 1))
        #expect(try delete().decide(given: deleted) == [])
        #expect(deleted.facts?.revisions == twice.facts?.revisions)
    }

    @Test func `comes back as long as the period lasts`() throws {
        let deleted: Post = .given(Some.published, Some.revised, .revisionDeleted(Some.post, 1))
        let restore = { RestoreRevision(number: 1, standing: anna, isRestorable: $0) }
        #expect(try restore { _ in true }.decide(given: deleted) == [.post(.revisionRestored(Some.post, 1))])
        #expect(throws: ForumRefusal.tooLateToRestore) { try restore { _ in false }.decide(given: deleted) }
        #expect(try restore { _ in false }.decide(given: twice) == [])
        let erased: Post = .given(
            Some.published, Some.revised, .revisionDeleted(Some.post, 1),
            .revisionDeletionCompleted(Some.post, 1, fence: FenceID(rawValue: 9)))
        #expect(erased.facts?.revisions == [.erased, .known(Some.otherBody)])
        #expect(throws: ForumRefusal.postErased) { try restore { _ in true }.decide(given: erased) }
    }

    @Test func `from before each had a key goes only with the whole post`() {
        let old = PostEvent.revised(
            Some.post, author: Some.anna, revision: 2, under: Subject(.post, Some.post), body: .known(Some.otherBody))
        let post: Post = .given(Some.published, old)
        #expect(throws: ForumRefusal.inseparableRevision) { try delete().decide(given: post) }
        #expect(post.facts?.subjectsToErase == [Subject(.post, Some.post)])
    }
}
