import Events
import Testing
import Testkit

@testable import Forum

@Suite struct `Erasing one text` {
    let fence = FenceID(rawValue: 9)
    let visible: Post = .given(Some.published)

    func erase(_ standing: Standing, _ reason: TextErasureReason = .personalData) -> ErasePost {
        ErasePost(reason: reason, fence: fence, standing: standing)
    }

    @Test(arguments: TextErasureReason.allCases)
    func `a moderator has a post erased for a reason from the list, and nobody else`(reason: TextErasureReason) throws {
        #expect(
            try erase(moa, reason).decide(given: visible) == [.post(.erased(Some.post, fence: fence, reason))])
        #expect(throws: ForumRefusal.notAllowed) { try erase(anna).decide(given: visible) }
        #expect(throws: ForumRefusal.noSuchPost) { try erase(moa).decide(given: .none) }
    }

    @Test func `what is deleted or removed can be erased as well, once`() throws {
        let removed: Post = .given(Some.published, .removed(Some.post, .personalData))
        for post in [.given(Some.published, .deleted(Some.post)), removed] {
            #expect(try erase(moa).decide(given: post).count == 1)
        }
        let erased: Post = .given(Some.published, .erased(Some.post, fence: fence, .unlawful))
        #expect(try erase(moa).decide(given: erased) == [])
    }

    @Test func `nothing brings an erased post back`() throws {
        let erased: Post = .given(Some.published, .erased(Some.post, fence: fence, .unlawful))
        #expect(throws: ForumRefusal.postErased) { try ReinstatePost(standing: moa).decide(given: erased) }
        #expect(throws: ForumRefusal.postErased) {
            try RemovePost(reason: .spam, standing: moa).decide(given: erased)
        }
        #expect(throws: ForumRefusal.postErased) {
            try RevisePost(body: Some.otherBody, subject: Some.revision, base: 1, standing: anna).decide(
                given: erased, in: openThread)
        }
        let bodiless: Post = .given(.published(Some.post, in: Some.thread, author: Some.anna, body: .erased))
        #expect(throws: ForumRefusal.postErased) {
            try RevisePost(body: Some.otherBody, subject: Some.revision, base: 1, standing: anna).decide(
                given: bodiless, in: openThread)
        }
    }

    @Test func `a moderator has a thread's title erased; it never has one again`() throws {
        let erase = EraseTitle(reason: .unlawful, fence: fence, standing: moa)
        #expect(try erase.decide(given: openThread) == [.thread(.titleErased(Some.thread, fence: fence, .unlawful))])
        #expect(throws: ForumRefusal.notAllowed) {
            try EraseTitle(reason: .unlawful, fence: fence, standing: anna).decide(given: openThread)
        }
        let untitled: ForumThread = .given(
            .opened(Some.thread, in: Some.category, author: Some.anna, first: Some.post, title: .erased))
        #expect(try erase.decide(given: untitled) == [])
        #expect(throws: ForumRefusal.titleErased) {
            try RetitleThread(title: Some.title, standing: moa).decide(given: untitled)
        }
    }

    @Test func `the reason and the fence are one append, and the text is gone from the log`() async throws {
        let site = try TemporarySite()
        try await site.withLog { log async throws in
            let forum = Forum(log: log, clock: TestClock().clock)
            let command = CommandID(named: "open", at: .testStart)
            let category = try await forum.createCategory(
                Some.text, for: .everybody, by: astrid, command: CommandID(named: "category", at: .testStart)
            ).category
            let opened = try await forum.openThread(
                in: category, title: Some.title, body: Some.body, by: anna, command: command)
            let head = log.head
            let erase = CommandID(named: "erase", at: .testStart)
            for isRepetition in [false, true] {
                let appended = try await forum.erase(opened.post, because: .authority, by: moa, command: erase)
                #expect(appended.isRepetition == isRepetition)
            }
            let events = try log.events(after: head, limit: 9)
            #expect(events.map(\.type.name) == ["forum.post-erased", "erasure.fenced"])
            #expect(events.last.flatMap { $0.stream.id(FenceKind.self) } == FenceID(createdBy: erase))
            guard case .erased(let facts) = try forum.post(opened.post)?.post else {
                Issue.record("not erased")
                return
            }
            #expect(facts.revisions == [.erased])
            _ = try await forum.eraseTitle(
                of: opened.thread, because: .unlawful, by: moa, command: CommandID(named: "title", at: .testStart))
            #expect(try forum.thread(opened.thread).facts?.title == .erased)
        }
    }
}
