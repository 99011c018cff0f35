import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-06.4")) struct `A log in which an earlier program recorded what members read` {
    /// Eva has three messages and two notifications; of each she has read all but the last.
    private func written(by they: Correspondents) async throws -> ConversationID {
        let path = try await they.begin(they.moa, to: "eva", "Ett")
        for text in ["Två", "Tre"] { try await they.send(they.moa, in: path, text) }
        let conversation = try #require(ConversationID(path.suffix(13).description))
        let (eva, nils) = (try they.evaID, try they.nilsID)
        for _ in 1...2 { _ = try await they.site.write("Hej @eva", by: nils) }
        let notices = try they.application.views.notifications.all(of: eva, having: .none).map(\.position)
        try #require(notices.count == 2)
        let read = ConversationEvent.read(conversation, by: eva, through: 2)
        try await append(read.encoded(), to: read.stream, in: they)
        try await append(NotificationEvent.opened(notices[0], by: eva), in: they)
        return conversation
    }

    private func append(_ event: NotificationEvent, in they: Correspondents) async throws {
        let stream = StreamName(Identifier<NotificationListKind>(rawValue: event.member.rawValue))
        try await append(event.encoded(), to: stream, in: they)
    }

    private func append(_ event: NewEvent, to stream: StreamName, in they: Correspondents) async throws {
        let command = they.site.command()
        _ = try await they.application.log.append(
            Append(
                command: command, actor: .system, time: they.site.time.now,
                streams: [StreamAppend(stream, expected: .any, encoded: [event])]))
        await they.site.waitForViews()
    }

    private func imported(_ they: Correspondents, limit: Instant? = nil) throws -> ImportedMarkers {
        try ImportedMarkers(from: they.application.log, limit: limit) {
            try they.application.accounts.member($0).account == nil
        }
    }

    private func store(_ they: Correspondents) throws -> ReadingStore {
        try ReadingStore(
            serving: they.application.files.reading, of: they.application.log.identity,
            keys: they.application.log.memberKeys, logger: .silent
        ) { try imported(they) }
    }

    private func unread(_ they: Correspondents, _ store: ReadingStore) throws -> [Int] {
        let eva = try they.evaID
        let read = try store.markers(of: eva)
        return [
            try they.application.views.conversations.unread(of: eva, having: read),
            try they.application.views.notifications.unread(of: eva, having: read),
        ]
    }

    @Test func `is imported once: nothing becomes unread, and later such events are ignored`() async throws {
        try await Correspondents.meet { they async throws in
            let conversation = try await written(by: they)
            let first = try store(they)
            #expect(try unread(they, first) == [1, 1])
            first.close()
            // An earlier program was started once more: its events come too late.
            let late = ConversationEvent.read(conversation, by: try they.evaID, through: 3)
            try await append(late.encoded(), to: late.stream, in: they)
            try await append(.read(through: they.site.accounts.head, by: they.evaID), in: they)
            let second = try store(they)
            #expect(try unread(they, second) == [1, 1])
            second.close()
            // Without the file everything is imported again.
            try DatabaseFiles(they.application.files.reading).delete()
            let third = try store(they)
            #expect(try unread(they, third) == [0, 0])
            third.close()
        }
    }

    @Test func `is not imported by a process that does not serve, and a rebuild changes nothing`() async throws {
        try await Correspondents.meet { they async throws in
            _ = try await written(by: they)
            let file = they.application.files.reading
            #expect(!FileManager.default.fileExists(atPath: file), "this site is opened as by a command")
            let store = try store(they)
            store.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: file))
            _ = try await they.application.views.rebuild()
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        }
    }

    @Test(.clause("P-16.3")) func `gives no markers of a member who has been erased since`() async throws {
        try await Correspondents.meet { they async throws in
            _ = try await written(by: they)
            let eva = try they.evaID
            #expect(try Set(imported(they).markers.keys) == [eva])
            try await they.site.leave(they.eva)
            #expect(try Set(imported(they).markers.keys) == [eva], "she may come back")
            #expect(try await they.application.accounts.purge(eva, ordered: .requested, by: .operator))
            #expect(try imported(they).markers.isEmpty)
        }
    }

    @Test func `gives no markers older than the policy allows, and what they covered still counts as read`()
        async throws
    {
        try await Correspondents.meet { they async throws in
            _ = try await written(by: they)
            let eva = try they.evaID
            let imported = try imported(they, limit: they.site.time.now)
            #expect(imported.markers.isEmpty && imported.floor == they.site.accounts.head)
            let store = try ReadingStore(
                serving: they.application.files.reading, of: they.application.log.identity,
                keys: they.application.log.memberKeys, logger: .silent
            ) { imported }
            #expect(try store.markers(of: eva).isEmpty)
            #expect(try unread(they, store) == [0, 0])
            store.close()
        }
    }

    @Test(.clause("P-15.1")) func `leads to no second mail about anything`() async throws {
        try await Correspondents.meet { they async throws in
            let worker = try NotificationWorker(application: they.application, site: they.site.accounts.site)
            let start = they.site.accounts.head
            _ = try await written(by: they)
            await worker.work()
            #expect(try await they.site.accounts.mails().map(\.to) == ["<eva@example.se>"])
            let mailed = they.site.accounts.head
            let imported = try imported(they)
            for (member, markers) in imported.markers { they.application.reading.add(markers, of: member) }
            // As after the loss of `runtime.sqlite` too.
            try worker.note(told: start)
            await worker.work()
            #expect(try they.site.events(after: mailed).filter { $0 == "notices.mail-asked" } == [])
            #expect(try await they.site.accounts.mails().count == 1)
        }
    }
}
