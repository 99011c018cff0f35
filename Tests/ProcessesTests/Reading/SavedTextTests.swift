import Events
import Foundation
import Logging
import Projections
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.4")) struct `What a member keeps for herself` {
    private let site: TemporarySite
    private let log: LogIdentity
    private let anna = MemberID(rawValue: 1)
    private let bo = MemberID(rawValue: 2)
    private let post = PostID(rawValue: 7)
    private let place = DraftPlace.reply(ThreadID(rawValue: 9))
    private let now = Instant.testStart

    private var path: String { site.files.reading }

    init() throws {
        site = try TemporarySite()
        log = try LogIdentity(readingFrom: site.files.log)
    }

    private func store() throws -> ReadingStore {
        try ReadingStore(
            serving: path, of: log, keys: MemberKeys(site.files), logger: .silent, pause: .never
        ) { ImportedMarkers(head: 0) }
    }

    private func bytes() -> Data {
        ["", "-wal"].reduce(into: Data()) { all, suffix in
            all += (try? Data(contentsOf: URL(fileURLWithPath: path + suffix))) ?? Data()
        }
    }

    @Test func `is there after a kill as soon as it is answered, and in no byte of the file`() throws {
        do {
            let killed = try store()
            try killed.save(
                DraftText("Halva meningen", title: "Rubriken", recipients: "moa", base: 3), at: place, of: anna,
                at: now)
            try killed.bookmark(post, note: "Läs igen", of: anna, at: now)
            let bytes = bytes()
            for text in ["Halva", "Rubriken", "Läs igen"] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
        }
        let next = try store()
        let text = DraftText("Halva meningen", title: "Rubriken", recipients: "moa", base: 3)
        #expect(try next.draft(at: place, of: anna) == Draft(place: place, text: text, saved: now))
        #expect(try next.bookmarks(of: anna) == [Bookmark(post: post, note: "Läs igen", saved: now)])
        #expect(try next.drafts(of: bo).isEmpty && next.bookmarks(of: bo).isEmpty)
    }

    @Test func `is one draft for each place, the latest, and every place is found again`() throws {
        let store = try store()
        let places: [DraftPlace] = [
            .reply(ThreadID(rawValue: 1)), .thread(CategoryID(rawValue: 1)), .edit(PostID(rawValue: 1)),
            .message(ConversationID(rawValue: 1)), .newConversation(nil),
        ]
        for (number, place) in places.enumerated() {
            for text in ["Först", "Sedan \(number)"] {
                try store.save(
                    DraftText(text), at: place, of: anna, at: now.advanced(seconds: Double(number)))
            }
        }
        #expect(try store.drafts(of: anna).map(\.place) == places.reversed())
        for (number, place) in places.enumerated() {
            #expect(try store.draft(at: place, of: anna)?.text == DraftText("Sedan \(number)"))
        }
        #expect(Set(places.map(\.kind)) == Set(DraftPlace.Kind.allCases))
    }

    @Test func `is bounded in number and size`() throws {
        let store = try store()
        for number in 1...Draft.most {
            try store.save(DraftText("a"), at: .reply(ThreadID(rawValue: UInt64(number))), of: anna, at: now)
        }
        #expect(throws: SavingRefusal.tooManyDrafts) {
            try store.save(DraftText("a"), at: .newConversation(nil), of: anna, at: now)
        }
        try store.save(DraftText("b"), at: .reply(ThreadID(rawValue: 1)), of: anna, at: now)
        try store.save(DraftText("a"), at: .newConversation(nil), of: bo, at: now)
        #expect(throws: SavingRefusal.draftTooLong) {
            try store.save(DraftText(String(repeating: "ö", count: 50_001)), at: place, of: bo, at: now)
        }
        for number in 1...Bookmark.most {
            try store.bookmark(PostID(rawValue: UInt64(number)), note: "", of: anna, at: now)
        }
        #expect(throws: SavingRefusal.tooManyBookmarks) {
            try store.bookmark(PostID(rawValue: 5000), note: "", of: anna, at: now)
        }
        try store.bookmark(PostID(rawValue: 1), note: String(repeating: "ö", count: 500), of: anna, at: now)
        #expect(throws: SavingRefusal.noteTooLong) {
            try store.bookmark(PostID(rawValue: 1), note: String(repeating: "ö", count: 501), of: anna, at: now)
        }
        store.close()
    }

    @Test func `is gone when she removes it, and her key with the last sealed text`() throws {
        let store = try store()
        try store.save(DraftText("Halva"), at: place, of: anna, at: now)
        try store.bookmark(post, note: "Läs igen", of: anna, at: now)
        let sealed = try #require(try ReadingFile(reading: path).draft(at: place, of: anna)?.sealed)
        let wrapped = try #require(try ReadingFile(reading: path).key(of: anna)?.bytes)
        try store.removeDraft(at: place, of: anna)
        #expect(try store.draft(at: place, of: anna) == nil && !store.savedPlaces(of: anna).drafts.contains(place))
        #expect(bytes().range(of: Data(sealed)) == nil && bytes().range(of: Data(wrapped)) != nil)
        // Without a note nothing is sealed any more.
        try store.bookmark(post, note: "", of: anna, at: now.advanced(seconds: 9))
        #expect(try store.bookmarks(of: anna) == [Bookmark(post: post, note: "", saved: now)])
        #expect(try ReadingFile(reading: path).key(of: anna) == nil)
        #expect(try store.emptyWriteAheadLog() && bytes().range(of: Data(wrapped)) == nil)
        try store.removeBookmark(on: post, of: anna)
        #expect(try store.members().isEmpty)
        store.close()
    }

    @Test func `is pruned, a draft only, when she has not changed it for the time of the rule`() throws {
        let store = try store()
        try store.save(DraftText("Gammalt"), at: place, of: anna, at: now)
        try store.save(DraftText("Nytt"), at: .newConversation(nil), of: anna, at: now.advanced(seconds: 60))
        try store.bookmark(post, note: "Läs igen", of: anna, at: now)
        #expect(try store.oldestDraft() == now && store.countDrafts(savedUntil: now) == 1)
        #expect(try store.pruneDrafts(savedUntil: now) == 1)
        #expect(try store.drafts(of: anna).map(\.text.text) == ["Nytt"] && store.bookmarks(of: anna).count == 1)
        store.close()
    }

    @Test(.clause("P-16.3")) func `is gone with her key when she is erased, and nothing of hers is saved after that`()
        throws
    {
        let store = try store()
        for member in [anna, bo] {
            try store.save(DraftText("Halva"), at: place, of: member, at: now)
            try store.bookmark(post, note: "Läs igen", of: member, at: now)
        }
        try store.forget(anna)
        #expect(try store.emptyWriteAheadLog())
        #expect(try store.drafts(of: anna).isEmpty && store.bookmarks(of: anna).isEmpty)
        // A request of hers that was on its way.
        #expect(throws: SavingRefusal.unavailable) {
            try store.save(DraftText("Sent"), at: place, of: anna, at: now)
        }
        var late = ReadMarkers()
        late.notifications = 4
        store.add(late, of: anna)
        store.close()
        #expect(bytes().range(of: Data("\(anna)".utf8)) == nil)
        let next = try self.store()
        #expect(try next.members() == [bo] && next.drafts(of: bo).count == 1)
    }

    @Test func `is saved by no process that does not serve, which still shows it`() throws {
        let serving = try store()
        try serving.save(DraftText("Halva"), at: place, of: anna, at: now)
        serving.close()
        let second = try ReadingStore(reading: path, keys: MemberKeys(site.files), logger: .silent)
        #expect(try second.draft(at: place, of: anna)?.text.text == "Halva")
        #expect(throws: SavingRefusal.unavailable) {
            try second.save(DraftText("Hela"), at: place, of: anna, at: now)
        }
        try second.removeDraft(at: place, of: anna)
        #expect(try second.drafts(of: anna).count == 1 && second.pruneDrafts(savedUntil: now) == 0)
    }

    @Test func `opens in no other row, nor for another member`() throws {
        let store = try store()
        for member in [anna, bo] {
            try store.save(DraftText("Av \(member)"), at: place, of: member, at: now)
            try store.save(DraftText("Ny"), at: .newConversation(nil), of: member, at: now)
        }
        store.close()
        let file = try SQLiteConnection(path, .readWrite)
        func expectDamage(_ change: String) throws {
            try file.run("BEGIN; \(change)")
            try file.run("COMMIT")
            let store = try self.store()
            #expect(throws: (any Error).self) { try store.drafts(of: anna) }
            store.close()
        }
        try expectDamage(
            "UPDATE drafts SET text = (SELECT text FROM drafts d WHERE d.member = '\(bo)' AND d.kind = 'reply') WHERE member = '\(anna)' AND kind = 'reply'"
        )
        try expectDamage(
            "UPDATE drafts SET text = (SELECT text FROM drafts d WHERE d.member = '\(anna)' AND d.kind = 'new-conversation') WHERE member = '\(anna)' AND kind = 'reply'"
        )
    }

    @Test func `is kept in a file that an earlier program made`() throws {
        try store().close()
        let file = try SQLiteConnection(path, .readWrite)
        try file.run("DROP TABLE drafts; DROP TABLE bookmarks; DROP TABLE member_keys; PRAGMA user_version=1")
        let reading = try ReadingStore(reading: path, keys: MemberKeys(site.files), logger: .silent)
        #expect(try reading.drafts(of: anna).isEmpty && reading.bookmarks(of: anna).isEmpty)
        #expect(try reading.members().isEmpty && reading.oldestDraft() == nil)
        reading.close()
        let store = try store()
        try store.save(DraftText("Halva"), at: place, of: anna, at: now)
        #expect(try store.drafts(of: anna).count == 1)
        store.close()
    }

    @Test func `of erased members is dropped from a restored file, and of others stays`() throws {
        let store = try store()
        for member in [anna, bo] { try store.save(DraftText("Halva"), at: place, of: member, at: now) }
        store.close()
        let ledger = site.files.keys.appending(path: "erasures.ledger")
        try Data("\(log.id) \(FenceID.random()) owner \(Owner(bo))\n".utf8).write(to: ledger)
        #expect(try ReadingStore.examine(site.files)?.ofErased == 1)
        for _ in 1...2 { try ReadingStore.restore(in: site.files, head: 10) }
        let restored = try self.store()
        #expect(try restored.members() == [anna] && restored.drafts(of: anna).count == 1)
        restored.close()
    }
}
