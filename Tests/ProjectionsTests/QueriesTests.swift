import Accounts
import Events
import Forum
import Foundation
import Messaging
import Testing
import Testkit

@testable import Projections

@Suite struct `Queries of the read models` {
    /// Runs `body` on views in which every table has rows.
    private func onKeptViews(_ body: (Views) throws -> Void) async throws {
        let files = try #require(try KeptHistory.all().first { $0.description == "2026-11-30" }).copied()
        defer { try? FileManager.default.removeItem(at: files.data) }
        let log = try EventLog(files)
        try await closing(with: log.close) {
            let views = try Views(of: log, in: files.data)
            defer { views.close() }
            try body(views)
        }
    }

    @Test func `read columns by their names, in whatever order and whether or not every row reads them`() async throws {
        try await onKeptViews { views in
            let read = try views.source.rows(
                "SELECT 2 AS second, 1 AS first UNION ALL SELECT NULL, 3 UNION ALL SELECT 6, 5"
            ) {
                row -> [Int] in
                guard let second: Int = row["second"] else { return [row["first"]] }
                return [row["first"], second, row["first"]]
            }
            #expect(read == [[1, 2, 1], [3], [5, 6, 5]])
            let time: Instant? = try views.source.row("SELECT 7 AS time, 'reply' AS kind") { row in
                #expect(row.code("kind") == NotificationKind.reply)
                return row["time"]
            }
            #expect(time == Instant(milliseconds: 7))
        }
    }

    @Test func `answer alike one by one and of a snapshot`() async throws {
        try await onKeptViews { views in
            let (members, position) = try views.read { (try $0.members.all(), try $0.position) }
            #expect(try views.members.all() == members && views.status.position == position)
            #expect(try views.members.count() == members.count && !members.isEmpty)
        }
    }

    @Test func `of the forum and of members find the columns that they read`() async throws {
        try await onKeptViews { views in
            let viewpoint = Viewpoint(.member, in: .directory)
            let listing = try views.members.list(.init(), from: viewpoint, page: 1)
            #expect(listing.count == listing.entries.count)
            for id in try views.members.all() {
                #expect(try views.members.profile(id, from: viewpoint) != nil)
                #expect(try views.members.joined(id) != nil && views.textAcceptances.of(id) != nil)
                _ = try views.threads.opened(by: id, 5, for: .members)
                _ = try views.corrections.of(id)
            }
            for category in try views.categories.overview(for: .members).map(\.category) {
                #expect(try views.categories.find(slug: category.slug)?.id == category.id)
                #expect(try views.threads.page(1, of: category.id).count == min(category.threads, ThreadList.pageSize))
                _ = try views.threads.latest(5, in: category.id)
            }
            let threads = try views.threads.latest(100, for: .members)
            for thread in threads {
                let page = try #require(try views.posts.page(1, of: thread.id, for: .members))
                #expect(page.posts.count == min(thread.posts, ThreadPage.size))
                for post in page.posts { #expect(try #require(try views.posts.place(of: post.id)).thread == thread.id) }
            }
            #expect(try views.threads.search(["tråd"], page: 1, for: .members).count > 0)
            #expect(try !views.reviews.all().isEmpty && !views.appeals.waiting(limit: 9).isEmpty)
            _ = try views.corrections.waiting(page: 1)
            let shown = try views.read { try ShownSeen(in: $0, today: .testStart) }
            #expect(!shown.members.members.isEmpty && !shown.texts.posts.isEmpty && shown.texts.numbers == [])
        }
    }

    @Test func `of messages, cases and mails find the columns that they read`() async throws {
        try await onKeptViews { views in
            let members = try views.members.all()
            var (conversations, notifications, cases) = (0, 0, 0)
            for id in members {
                conversations += try views.conversations.of(id, page: 1, having: .none).count
                notifications += try views.notifications.all(of: id, having: .none).count
                cases += try views.cases.of(id).count
                _ = try (views.mailOutcomes.of(id), views.mailOutcomes.returned(to: id))
                _ = try (views.conversations.messages(by: id, limit: 9), views.conversations.all(of: id))
                _ = try (views.conversations.blocked(by: id), views.notifications.watched(by: id))
                _ = try (views.reports.page(1, for: id), views.reportedMessages.page(1, for: id))
            }
            #expect(conversations > 0 && notifications > 0 && cases > 0)
            let matters = Set(CaseMatter.allCases)
            #expect(try !views.cases.open(matters).isEmpty)
            #expect(try members.contains { try views.cases.closed(matters, for: $0, page: 1).count > 0 })
            #expect(try members.contains { try !views.reports.page(1, for: $0).isEmpty })
            let start = Instant(milliseconds: 0)
            #expect(try !views.cases.questions(since: start).isEmpty)
            for report in try views.reportedMessages.latest(9) {
                #expect(try views.reportedMessages.find(report.message) != nil)
                _ = try views.reportedMessages.openings(in: report.conversation)
            }
            _ = try views.pendingNotifications.after(0, through: views.status.position) { _ in .none }
            for id in members {
                _ = try views.pendingNotifications.counts(
                    of: id, after: 0, through: views.status.position, having: .none)
            }
            #expect(try !views.mailOutcomes.counts(since: start).isEmpty)
            #expect(try !views.mailOutcomes.returnedCounts(since: start).isEmpty)
            #expect(try !views.mailOutcomes.givenUp(limit: 9).isEmpty)
            for issue in try views.newsletterIssues.page(1).entries {
                _ = try views.newsletterIssues.figures(of: issue)
            }
            #expect(try views.newsletterIssues.archive(page: 1).count > 0)
            _ = try (views.newsletterIssues.onTheirWay(), views.newsletterReaders.count(includingUnset: true))
            _ = try views.newsletterReaders.batch(of: 9, after: nil, includingUnset: true, notYet: 1)
        }
    }

    @Test func `of retention and the trail find the columns that they read`() async throws {
        try await onKeptViews { views in
            let (start, end) = (Instant(milliseconds: 0), Instant(milliseconds: 4_000_000_000_000))
            var held = 0
            for kind in RetentionSchedule.Kind.allCases {
                let entries = try views.retention.entries(kind, after: nil, limit: 99)
                #expect(try views.retention.retained(kind, since: start, until: end).persons == entries.count)
                #expect(try views.retention.oldest(kind) == entries.first?.since)
                held += entries.count
            }
            for rule in RetentionSchedule.SubjectRule.allCases {
                let subjects = try views.retention.retained(by: rule, limit: 99)
                #expect(
                    try (views.retention.retained(by: rule, since: start, until: end).persons > 0) == !subjects.isEmpty)
            }
            #expect(held > 0)
            #expect(try views.auditTrail.entries(.init(), before: nil).count == AuditTrail.pageSize)
            #expect(try !views.auditTrail.holds().isEmpty)
            #expect(try views.auditTrail.monthlyFigures(3, before: end, minimum: 1).months.count == 3)
        }
    }
}
