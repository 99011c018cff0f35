import Accounts
import Events
import Forum
import Foundation
import Site
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.4")) struct `A draft and a note` {
    private static let draft = "Kanariefågelns ofärdiga visa 4471"
    private static let note = "Kanariefågelns eget minne 6620"

    private func save(_ texts: DeletedTexts) throws {
        let reading = texts.site.application.reading
        try reading.save(
            DraftText(Self.draft), at: .message(texts.conversation), of: texts.author, at: texts.site.time.now)
        try reading.bookmark(texts.deletedPost, note: Self.note, of: texts.author, at: texts.site.time.now)
    }

    /// Those of the two that can be recovered with every key that is there.
    private func recoverable(_ data: URL) throws -> Set<String> {
        let opened = try CanarySearch.opened(in: data)
        return Set(
            try [Self.draft, Self.note].filter { text in
                let scan = CanaryScan(text)
                return try !scan.findings(in: data).isEmpty
                    || opened.contains { !scan.findings(in: $0.bytes, named: $0.name).isEmpty }
            })
    }

    private func close(_ texts: DeletedTexts) async throws {
        try await texts.site.application.accounts.close(
            texts.author, password: EnteredPassword("rabarber-i-motvind"), texts: .anonymise, marked: [],
            command: texts.site.command())
    }

    private func followed(_ texts: DeletedTexts) async throws {
        let (application, site) = (texts.site.application, texts.site.site)
        let keeper = SessionKeeper(
            application: application, stores: site.stores, logger: .silent,
            ending: try SessionEnding(application, site.stores))
        try await keeper.endThoseOfOthers()
    }

    @Test(.clause("P-16.5")) func `go at the closing of the account, the draft, and at the purge, the note`()
        async throws
    {
        try await DeletedTexts.written { texts async throws in
            try save(texts)
            let data = texts.site.place.data
            #expect(try recoverable(data) == [Self.draft, Self.note])
            try await followed(texts)
            #expect(try recoverable(data) == [Self.draft, Self.note])
            try await close(texts)
            try await followed(texts)
            #expect(try recoverable(data) == [Self.note])
            #expect(try await texts.site.retention.purge(texts.author, ordered: .requested))
            await texts.site.finishErasures()
            #expect(try recoverable(data) == [] && texts.site.application.reading.members().isEmpty)
        }
    }

    @Test(.clause("P-16.5")) func `go at the closing too when it happens while the site runs`() async throws {
        try await DeletedTexts.written { texts async throws in
            try save(texts)
            let (application, site) = (texts.site.application, texts.site.site)
            let keeper = SessionKeeper(
                application: application, stores: site.stores, logger: .silent,
                ending: try SessionEnding(application, site.stores))
            let head = application.log.head
            try await close(texts)
            _ = try await keeper.follow(after: head)
            #expect(try recoverable(texts.site.place.data) == [Self.note])
        }
    }

    /// A hold covers what others have seen; it neither keeps a text that was sent to nobody nor shows by keeping it.
    @Test(.clause("P-10.1"), arguments: [true, false])
    func `are pruned and removed under a legal hold as without one`(isRemoved: Bool) async throws {
        try await DeletedTexts.written { texts async throws in
            let reading = texts.site.application.reading
            try save(texts)
            try await texts.hold(true)
            if isRemoved {
                try reading.removeDraft(at: .message(texts.conversation), of: texts.author)
                try reading.removeBookmark(on: texts.deletedPost, of: texts.author)
                #expect(try recoverable(texts.site.place.data) == [])
            } else {
                texts.site.time.advance(by: Period(days: 30))
                let records = OperationalRecords(of: texts.site.site.stores)
                let run = try await SideRetention(application: texts.site.application, files: records).run()
                #expect(run[.drafts] == 1)
                #expect(try recoverable(texts.site.place.data) == [Self.note])
            }
            try await texts.hold(false)
            await texts.site.finishErasures()
            #expect(try recoverable(texts.site.place.data) == (isRemoved ? [] : [Self.note]))
        }
    }

    @Test(.clause("P-10.1"), arguments: [true, false])
    func `that are there at the purge wait with the rest of her data for the end of a hold`(
        isHeldFirst: Bool
    ) async throws {
        try await DeletedTexts.written { texts async throws in
            let (site, data) = (texts.site, texts.site.place.data)
            try save(texts)
            if isHeldFirst { try await texts.hold(true) }
            try await close(texts)
            if !isHeldFirst { try await texts.hold(true) }
            _ = try await site.retention.purge(texts.author, ordered: .requested)
            await site.finishErasures()
            #expect(try recoverable(data) == [Self.draft, Self.note])
            try await texts.hold(false)
            _ = try await site.retention.purge(texts.author, ordered: .requested)
            await site.finishErasures()
            #expect(try recoverable(data) == [])
        }
    }
}
