import Events
import Testing
import Testkit

@testable import Forum

@Suite(.clause("P-10.1")) struct `A text of a member under a legal hold` {
    /// Erases a post and the title of its thread, both Anna's.
    @Sendable private func erase(_ thread: ThreadID, _ post: PostID, _ forum: Forum) async throws {
        _ = try await forum.erase(post, because: .unlawful, by: moa, command: CommandID(at: .testStart))
        _ = try await forum.eraseTitle(of: thread, because: .unlawful, by: moa, command: CommandID(at: .testStart))
    }

    private func withTexts(
        _ body: (RacingLog, Forum, LegalHolds, ThreadID, PostID) async throws -> Void
    ) async throws {
        let site = try TemporarySite()
        let racing = try RacingLog(site.files)
        try await closing(with: racing.log.close) {
            let forum = Forum(log: racing.log, clock: TestClock().clock)
            let category = try await forum.createCategory(
                .parse(name: "Skatt"), for: .everybody, by: astrid, command: CommandID(at: .testStart)
            ).category
            let opened = try await forum.openThread(
                in: category, title: Some.title, body: Some.body, by: anna, command: CommandID(at: .testStart))
            try await body(racing, forum, LegalHolds(in: racing.log), opened.thread, opened.post)
        }
    }

    private func subjects(_ log: EventLog) async throws -> [SubjectKind] {
        try await log.subjects(of: Owner(Some.anna), [.post, .thread]).map(\.kind)
    }

    @Test func `is gone from sight at once, and erased when the hold ends`() async throws {
        try await withTexts { racing, forum, holds, thread, post in
            try await holds.place(on: Some.anna)
            try await erase(thread, post, forum)
            #expect(try forum.post(post)?.revisions.map(\.body) == [.erased])
            #expect(try forum.titles(of: thread)?.isErased == true)
            #expect(try forum.titles(of: thread)?.revisions.map(\.title) == [.erased])
            #expect(try await subjects(racing.log) == [.post, .thread])
            try await holds.lift(from: Some.anna)
            #expect(try await subjects(racing.log).isEmpty)
        }
    }

    @Test func `is not erased when the hold comes between the decision and the append`() async throws {
        try await withTexts { racing, forum, holds, thread, post in
            try await racing.race {
                try await holds.place(on: Some.anna)
            } _: {
                try await erase(thread, post, forum)
            }
            #expect(try await subjects(racing.log) == [.post, .thread])
            try await holds.lift(from: Some.anna)
            #expect(try await subjects(racing.log).isEmpty)
        }
    }

    @Test func `that was erased before the hold stays erased`() async throws {
        try await withTexts { racing, forum, holds, thread, post in
            try await erase(thread, post, forum)
            try await holds.place(on: Some.anna)
            #expect(try await subjects(racing.log).isEmpty)
        }
    }
}
