import Accounts
import Events
import Forum
import Foundation
import Messaging
import Projections
import Site
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.3")) struct `A text that its author deletes` {
    /// What the author herself is told of her data.
    private func report(on texts: DeletedTexts) async throws -> String {
        let (application, records) = (texts.site.application, OperationalRecords(of: texts.site.site.stores))
        return try await SlowReads(of: application.views).read { views in
            let report = try AccessReport(of: texts.author, in: application, records, views: views)
            return String(decoding: report.record.json, as: UTF8.self)
        }
    }

    @Test func `is in no file and opened by no key when the period is over, and what is left of it stays`()
        async throws
    {
        try await DeletedTexts.written { texts async throws in
            #expect(try texts.recoverable() == DeletedTexts.all)
            try await texts.delete()
            try await texts.wait(days: 6)
            #expect(try texts.recoverable() == DeletedTexts.all)
            try await texts.wait(days: 1)
            #expect(try texts.recoverable() == [DeletedTexts.later])
            #expect(try await report(on: texts).ranges(of: /"erasedAt":\s*"2/).count == 3)
            let post = try #require(try texts.site.application.forum.post(texts.revisedPost))
            #expect(post.revisions.map { $0.body.value == nil } == [true, false])
        }
    }

    @Test func `stays when the author undoes it in time`() async throws {
        try await DeletedTexts.written { texts async throws in
            try await texts.delete()
            try await texts.wait(days: 5)
            let application = texts.site.application
            let isUndoable = try application.deletionIsUndoable()
            _ = try await application.forum.restore(
                texts.deletedPost, by: Standing(texts.author), command: texts.site.command(), when: isUndoable)
            _ = try await application.forum.restore(
                revision: 1, of: texts.revisedPost, by: Standing(texts.author), command: texts.site.command(),
                when: isUndoable)
            _ = try await application.messaging.restore(
                texts.deletedMessage, in: texts.conversation, by: texts.author, command: texts.site.command(),
                when: isUndoable)
            try await texts.wait(days: 30)
            #expect(try texts.recoverable() == DeletedTexts.all)
        }
    }

    @Test(.clause("P-10.1"), arguments: [true, false])
    func `is kept for an investigation without anybody seeing it, and goes when that ends`(
        heldBefore: Bool
    ) async throws {
        try await DeletedTexts.written { texts async throws in
            if heldBefore { try await texts.hold(true) }
            try await texts.delete()
            try await texts.wait(days: 3)
            if !heldBefore { try await texts.hold(true) }
            try await texts.wait(days: 30)
            let opened = try CanarySearch.opened(in: texts.site.place.data)
            #expect(opened.contains { !CanaryScan(DeletedTexts.post).findings(in: $0.bytes, named: "").isEmpty })
            let application = texts.site.application
            guard case .erased(let facts) = try application.forum.post(texts.deletedPost)?.post else {
                Issue.record("the hold shows")
                return
            }
            #expect(facts.body == .erased)
            let messages = try application.messaging.messages(in: texts.conversation, showsDeleted: true)
            #expect(messages.map(\.text) == [.erased])
            let report = try await report(on: texts)
            #expect(report.ranges(of: /"erasedAt":\s*"2/).count == 3, "as without a hold")
            #expect(!report.contains(DeletedTexts.post) && !report.contains(DeletedTexts.message))
            try await texts.hold(false)
            await texts.site.finishErasures()
            #expect(try texts.recoverable() == [DeletedTexts.later])
        }
    }

    @Test(.clause("P-08.2")) func `is kept while a report about it is open`() async throws {
        try await DeletedTexts.written { texts async throws in
            try await texts.delete()
            let messaging = texts.site.application.messaging
            let statement = try #require(CaseStatement(text: "Det där är inte lagligt."))
            let things = [
                ReportedThing.post(texts.deletedPost), .message(texts.deletedMessage, in: texts.conversation),
            ]
            var cases: [CaseID] = []
            for thing in things {
                cases.append(
                    try await messaging.open(
                        OpenCase(.report(.unlawful, thing), by: texts.other, statement), by: .member(texts.other),
                        command: texts.site.command()))
            }
            _ = try await messaging.report(
                texts.deletedMessage, in: texts.conversation, for: .unlawful, note: "", by: texts.other,
                command: texts.site.command())
            await texts.site.waitForViews()
            try await texts.wait(days: 8)
            #expect(try texts.recoverable() == [DeletedTexts.post, DeletedTexts.later, DeletedTexts.message])
            let moderator = MemberID(rawValue: 98)
            for id in cases {
                _ = try await messaging.decide(
                    id, .rejected, #require(CaseReasons(rule: "T-04", "Det är tillåtet.")), by: moderator,
                    command: texts.site.command())
            }
            try await texts.wait(days: 1)
            // The member's own report of the message has no case yet: the hourly job for cases opens it.
            #expect(try texts.recoverable() == [DeletedTexts.later, DeletedTexts.message])
        }
    }

    @Test(.clause("P-08.4")) func `is kept while its author is in a dispute about the conversation`() async throws {
        try await DeletedTexts.written { texts async throws in
            try await texts.delete()
            let messaging = texts.site.application.messaging
            let id = try await messaging.open(
                OpenCase(
                    .dispute(with: texts.author, .conversation(texts.conversation)), by: texts.other,
                    #require(CaseStatement(text: "Vi är inte överens."))),
                by: .member(texts.other), command: texts.site.command())
            await texts.site.waitForViews()
            try await texts.wait(days: 8)
            #expect(try texts.recoverable() == [DeletedTexts.later, DeletedTexts.message])
            try await messaging.erase(
                id, because: .authorsRequest, by: MemberID(rawValue: 98), command: texts.site.command())
            try await texts.wait(days: 1)
            #expect(try texts.recoverable() == [DeletedTexts.later])
        }
    }
}
