import Events
import Testing
import Testkit

@testable import Forum

struct ThreadTests {
    let category: Category = .given(Some.created)
    let closedCategory: Category = .given(Some.created, .closed(Some.category))

    private func open(as standing: Standing) -> OpenThread {
        OpenThread(
            thread: Some.thread, post: Some.post, category: Some.category, title: Some.title, body: Some.body,
            standing: standing)
    }

    @Test func `opening a thread publishes its first post`() throws {
        #expect(try open(as: anna).decide(given: category) == [.thread(Some.opened), .post(Some.published)])
    }

    @Test func `a closed category takes no more threads from ordinary members`() throws {
        #expect(throws: ForumRefusal.categoryClosed) { try open(as: anna).decide(given: closedCategory) }
        #expect(throws: ForumRefusal.noSuchCategory) { try open(as: anna).decide(given: .none) }
        #expect(try open(as: moa).decide(given: closedCategory).count == 2)
    }

    @Test func `a closed thread takes no more posts from ordinary members`() throws {
        let reply = Reply(post: Some.answer, body: Some.body, standing: bo)
        #expect(
            try reply.decide(given: openThread, in: category)
                == [.post(.published(Some.answer, in: Some.thread, author: Some.bo, body: .known(Some.body)))])
        #expect(throws: ForumRefusal.threadClosed) { try reply.decide(given: closedThread, in: category) }
        #expect(throws: ForumRefusal.categoryClosed) { try reply.decide(given: openThread, in: closedCategory) }
        #expect(throws: ForumRefusal.noSuchThread) { try reply.decide(given: .none, in: category) }
        let word = Reply(post: Some.answer, body: Some.body, standing: moa)
        #expect(try word.decide(given: closedThread, in: closedCategory).count == 1)
    }

    @Test func `a moderator closes and reopens, pins and unpins`() throws {
        #expect(try CloseThread(change: .close, standing: moa).decide(given: openThread) == [.thread(Some.closed)])
        #expect(
            try CloseThread(change: .reopen, standing: moa).decide(given: closedThread)
                == [.thread(.reopened(Some.thread))])
        #expect(try PinThread(change: .pin, standing: moa).decide(given: openThread) == [.thread(.pinned(Some.thread))])
        let pinned: ForumThread = .given(Some.opened, .pinned(Some.thread))
        #expect(try PinThread(change: .unpin, standing: moa).decide(given: pinned) == [.thread(.unpinned(Some.thread))])
    }

    @Test func `what is so already needs no event`() throws {
        #expect(try CloseThread(change: .close, standing: moa).decide(given: closedThread) == [])
        #expect(try CloseThread(change: .reopen, standing: moa).decide(given: openThread) == [])
        #expect(try PinThread(change: .unpin, standing: moa).decide(given: openThread) == [])
        #expect(try MoveThread(standing: moa).decide(given: openThread, from: category, to: category) == [])
        #expect(try RetitleThread(title: Some.title, standing: anna).decide(given: openThread) == [])
    }

    @Test func `ordinary members do not moderate, not even their own threads`() {
        #expect(throws: ForumRefusal.notAllowed) {
            try CloseThread(change: .close, standing: anna).decide(given: openThread)
        }
        #expect(throws: ForumRefusal.notAllowed) {
            try PinThread(change: .pin, standing: anna).decide(given: openThread)
        }
        #expect(throws: ForumRefusal.notAllowed) {
            try MoveThread(standing: anna).decide(given: openThread, from: category, to: category)
        }
    }

    @Test func `a thread is never moved from members only to everybody`() throws {
        let inner: Category = .given(
            .created(Some.otherCategory, .members, .known(Some.otherText)))
        #expect(
            try MoveThread(standing: moa).decide(given: openThread, from: category, to: inner)
                == [.thread(.moved(Some.thread, from: Some.category, to: Some.otherCategory))])
        #expect(throws: ForumRefusal.wouldBecomePublic) {
            try MoveThread(standing: astrid).decide(given: openThread, from: inner, to: category)
        }
    }

    @Test func `the author retitles an open thread, a moderator any, and it stays the author's`() throws {
        let title = try ThreadTitle("Bokföra fika")
        let retitled = ForumEvent.thread(.retitled(Some.thread, author: Some.anna, title: .known(title)))
        #expect(try RetitleThread(title: title, standing: anna).decide(given: openThread) == [retitled])
        #expect(try RetitleThread(title: title, standing: moa).decide(given: closedThread) == [retitled])
        #expect(throws: ForumRefusal.threadClosed) {
            try RetitleThread(title: title, standing: anna).decide(given: closedThread)
        }
        #expect(throws: ForumRefusal.notTheAuthor) {
            try RetitleThread(title: title, standing: bo).decide(given: openThread)
        }
    }

    @Test func `a title is one line of 3 to 120 characters`() throws {
        #expect(try ThreadTitle("  Moms\r\n på \t fika\u{202E} ").text == "Moms på fika")
        #expect(throws: ThreadTitle.Problem.tooShort) { try ThreadTitle(" ab ") }
        #expect(throws: ThreadTitle.Problem.tooLong) { try ThreadTitle(String(repeating: "å", count: 121)) }
        #expect(throws: ThreadTitle.Problem.containsNUL) { try ThreadTitle("abc\0") }
        #expect(try ThreadTitle(String(repeating: "a\u{30A}", count: 120)).text.unicodeScalars.count == 120)
    }

    @Test func `all that is wrong with an opening is told at once`() {
        let body = Result { () throws(Problems<PostProblem>) in try parse(" \n ") }
        #expect(throws: Problems<OpeningDraft.Problem>([.title(.tooShort), .body(.empty)])) {
            try OpeningDraft.parse(title: "a", body: body)
        }
    }
}
