import Events
import Foundation
import Testing
import Testkit

@testable import Forum

struct FacadeTests {
    private let clock = TestClock()

    private func command(_ words: String) -> CommandID { CommandID(named: words, at: clock.now) }

    private func withForum(_ body: (Forum, EventLog) async throws -> Void) async throws {
        try await TemporarySite(at: clock.now).withLog { log in
            try await body(Forum(log: log, clock: clock.clock), log)
        }
    }

    private func category(_ forum: Forum, _ audience: Audience = .everybody, _ name: String = "Skatt") async throws
        -> CategoryID
    {
        try await forum.createCategory(
            CategoryText.parse(name: name), for: audience, by: astrid, command: command("category \(name)")
        ).category
    }

    private func thread(_ forum: Forum) async throws -> (thread: ThreadID, post: PostID) {
        let category = try await category(forum)
        let opened = try await forum.openThread(
            in: category, title: Some.title, body: Some.body, by: anna, command: command("thread"))
        return (opened.thread, opened.post)
    }

    @Test func `a thread and its first post are opened in one command`() async throws {
        try await withForum { forum, log in
            let (thread, post) = try await thread(forum)
            #expect(try log.events(in: StreamName(thread)).count == 1)
            #expect(try log.events(in: StreamName(post)).map(\.actor) == [.member(Some.anna)])
            #expect(try forum.thread(thread).facts?.first == post)
            #expect(try forum.post(post)?.revisions.map(\.body) == [.known(Some.body)])
        }
    }

    @Test func `a form sent twice makes one thread and one post, with the same ids`() async throws {
        try await withForum { forum, log in
            let category = try await category(forum)
            let first = try await forum.openThread(
                in: category, title: Some.title, body: Some.body, by: anna, command: command("twice"))
            let second = try await forum.openThread(
                in: category, title: Some.title, body: Some.body, by: anna, command: command("twice"))
            #expect(first.thread == second.thread && first.post == second.post)
            #expect(second.appended.isRepetition && second.appended.positions == first.appended.positions)
            let reply = try await forum.reply(to: first.thread, Some.body, by: bo, command: command("reply"))
            let again = try await forum.reply(to: first.thread, Some.body, by: bo, command: command("reply"))
            #expect(reply.post == again.post && again.appended.isRepetition)
        }
    }

    @Test func `a command that has been done is not refused when it comes again`() async throws {
        try await withForum { forum, _ in
            let (thread, _) = try await thread(forum)
            let reply = try await forum.reply(to: thread, Some.body, by: bo, command: command("reply"))
            _ = try await forum.closeThread(thread, by: moa, command: command("close"))
            let again = try await forum.reply(to: thread, Some.body, by: bo, command: command("reply"))
            #expect(again.appended.isRepetition && again.post == reply.post)
            await #expect(throws: ForumRefusal.threadClosed) {
                try await forum.reply(to: thread, Some.body, by: bo, command: command("new reply"))
            }
        }
    }

    @Test func `of replies and a closing at the same moment, none comes after the closing`() async throws {
        try await withForum { forum, log in
            let (thread, _) = try await thread(forum)
            let start = clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        do {
                            let command = CommandID(named: "reply \(number)", at: start)
                            _ = try await forum.reply(to: thread, Some.body, by: bo, command: command)
                        } catch ForumRefusal.threadClosed {}
                    }
                    guard number == 10 else { continue }
                    group.addTask {
                        let command = CommandID(named: "close", at: start)
                        _ = try await forum.closeThread(thread, by: moa, command: command)
                    }
                }
                try await group.waitForAll()
            }
            let types = try log.events(after: 0, limit: 100).map(\.type.name)
            let closing = try #require(types.firstIndex(of: "forum.thread-closed"))
            #expect(!types[closing...].contains("forum.post-published"))
        }
    }

    @Test func `two categories created at the same moment do not get one slug`() async throws {
        try await withForum { forum, _ in
            let text = try CategoryText.parse(name: "Skatt")
            let start = clock.now
            let created = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<5 {
                    group.addTask {
                        do {
                            let command = CommandID(named: "category \(number)", at: start)
                            _ = try await forum.createCategory(text, for: .members, by: astrid, command: command)
                            return true
                        } catch ForumRefusal.slugTaken {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(created == 1)
            #expect(try forum.categories().count == 1)
        }
    }

    @Test func `categories are described, ordered, closed and opened again`() async throws {
        try await withForum { forum, _ in
            let first = try await category(forum, .everybody, "Skatt")
            let second = try await category(forum, .members, "Fika")
            _ = try await forum.orderCategories([second, first], by: astrid, command: command("order"))
            let text = try CategoryText.parse(name: "Fikarummet", slug: "fika", description: "Allt annat.")
            _ = try await forum.describeCategory(second, as: text, by: astrid, command: command("describe"))
            #expect(try forum.categories().map(\.id) == [second, first])
            #expect(try forum.category(second).facts?.text == .known(text))
            _ = try await forum.closeCategory(first, by: astrid, command: command("close"))
            await #expect(throws: ForumRefusal.categoryClosed) {
                try await forum.openThread(
                    in: first, title: Some.title, body: Some.body, by: anna, command: command("late"))
            }
            _ = try await forum.reopenCategory(first, by: astrid, command: command("reopen"))
            #expect(try forum.category(first).facts?.audience == .everybody)
        }
    }

    @Test func `a post's history has every revision with its time`() async throws {
        try await withForum { forum, _ in
            let (_, post) = try await thread(forum)
            clock.advance(seconds: 60)
            _ = try await forum.revise(post, from: 1, to: Some.otherBody, by: anna, command: command("revise"))
            let history = try #require(try forum.post(post))
            #expect(history.revisions.map(\.number) == [1, 2])
            #expect(history.revisions.map(\.time) == [.testStart, .testStart.advanced(seconds: 60)])
            #expect(history.revisions.map(\.body) == [.known(Some.body), .known(Some.otherBody)])
            #expect(try forum.post(PostID(rawValue: 1)) == nil)
        }
    }

    @Test func `deleting, removing and reinstating`() async throws {
        try await withForum { forum, log in
            let (thread, first) = try await thread(forum)
            let answer = try await forum.reply(to: thread, Some.body, by: bo, command: command("reply")).post
            let removed = try await forum.remove(answer, for: .abuse, by: moa, command: command("remove"), because: 1)
            #expect(try log.events(after: removed.last - 1, limit: 1).first?.causation == 1)
            _ = try await forum.reinstate(answer, by: moa, command: command("reinstate"))
            _ = try await forum.delete(first, by: anna, command: command("delete"))
            guard case .deleted = try forum.post(first)?.post, case .visible = try forum.post(answer)?.post,
                case .open = try forum.thread(thread)
            else {
                Issue.record("wrong states")
                return
            }
        }
    }

    @Test func `moving, pinning and retitling`() async throws {
        try await withForum { forum, _ in
            let (thread, _) = try await thread(forum)
            let inner = try await category(forum, .members, "Fika")
            _ = try await forum.moveThread(thread, to: inner, by: moa, command: command("move"))
            _ = try await forum.pinThread(thread, by: moa, command: command("pin"))
            _ = try await forum.retitle(thread, ThreadTitle("Annat"), by: anna, command: command("retitle"))
            let facts = try #require(try forum.thread(thread).facts)
            #expect(facts.category == inner && facts.isPinned)
            #expect(facts.title.value?.text == "Annat")
            _ = try await forum.unpinThread(thread, by: moa, command: command("unpin"))
            _ = try await forum.closeThread(thread, by: moa, command: command("close"))
            _ = try await forum.reopenThread(thread, by: moa, command: command("reopen"))
            #expect(try forum.thread(thread).facts?.isPinned == false)
        }
    }

    @Test func `a quote is looked up in the log, and only what is visible can be quoted`() async throws {
        try await withForum { forum, _ in
            let (thread, first) = try await thread(forum)
            let body = try forum.parse("[citat \(first)]\nJust det.", resolve: resolve)
            #expect(body.quotes == [Quote(post: first, revision: 1, from: 0, to: Some.body.length)])
            let answer = try await forum.reply(to: thread, body, by: bo, command: command("reply")).post
            _ = try await forum.delete(first, by: anna, command: command("delete"))
            #expect(throws: Problems<PostProblem>([.noSuchQuotedPost(first)])) {
                try forum.parse("[citat \(first)]\nx", resolve: resolve)
            }
            let kept = try forum.parse(
                body.editable(username: username) + " Så är det.", revising: body, resolve: resolve)
            _ = try await forum.revise(answer, from: 1, to: kept, by: bo, command: command("revise"))
        }
    }

    @Test(.clause("P-16.3"))
    func `an erased member's posts are read as erased, and nothing more is written in her name`() async throws {
        try await withForum { forum, log in
            let (thread, post) = try await thread(forum)
            _ = try await log.erase(
                ErasureRequest(fence: FenceID(rawValue: 1), .owner(Owner(Some.anna))), command: command("erase"),
                by: .system,
                at: clock.now)
            #expect(try forum.post(post)?.revisions.map(\.body) == [.erased])
            #expect(try forum.thread(thread).facts?.title == .erased)
            #expect(try forum.quotable(post) == nil)
            await #expect(throws: AppendFailure.self) {
                try await forum.reply(to: thread, Some.body, by: anna, command: command("late"))
            }
            let answer = try await forum.reply(to: thread, Some.body, by: bo, command: command("reply")).post
            #expect(try forum.post(answer) != nil)
        }
    }
}
