import Accounts
import Events
import Foundation
import Messaging
import Projections
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.4")) struct `A data directory of an earlier program` {
    private static let histories = project.appending(path: "Fixtures/histories")

    private static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: histories.path).filter { !$0.hasSuffix(".md") }.sorted()
    }

    /// What an earlier program counted as unread, from the events as it understood them.
    private struct Counts {
        private var messages: [ConversationID: [MemberID]] = [:]
        private var members: [ConversationID: [MemberID]] = [:]
        private var blocks: [MemberID: Set<MemberID>] = [:]
        private(set) var unread: [MemberID: [ConversationID: Int]] = [:]

        mutating func add(_ event: ConversationEvent) {
            switch event {
            case .begun(let id, let by, let others): members[id] = [by] + others
            case .sent(_, let id, let author, _):
                messages[id, default: []].append(author)
                for member in members[id] ?? [] where member != author && blocks[member]?.contains(author) != true {
                    unread[member, default: [:]][id, default: 0] += 1
                }
                unread[author, default: [:]][id] = 0
            case .read(let id, let member, let number):
                unread[member, default: [:]][id] = (messages[id] ?? []).dropFirst(number).count {
                    $0 != member && blocks[member]?.contains($0) != true
                }
            case .left(let id, let member):
                members[id]?.removeAll { $0 == member }
                unread[member, default: [:]][id] = 0
            case .erased(let id): for member in unread.keys { unread[member]?[id] = nil }
            case .blocked(let other, let member): blocks[member, default: []].insert(other)
            case .unblocked(let other, let member): blocks[member]?.remove(other)
            case .muted, .unmuted, .reported, .opened, .messageErased: break
            }
        }
    }

    @Test(arguments: try names()) func `has nothing unread that was read`(name: String) async throws {
        let files = LogFiles(
            data: FileManager.default.temporaryDirectory.appending(path: "mikroforetag-\(UUID().uuidString)"))
        try FileManager.default.copyItem(at: Self.histories.appending(path: name), to: files.data)
        defer { try? FileManager.default.removeItem(at: files.data) }
        let application = try Application(
            files, clock: .system, hasher: PasswordHasher(cost: .quick), logger: .silent, serving: true)
        try await closing(with: application.close) {
            let head = application.log.head
            var counts = Counts()
            for event in try application.log.events(after: 0, limit: head) {
                if let event = try ConversationEvent.decode(event) { counts.add(event) }
            }
            var compared = 0
            for (member, earlier) in counts.unread {
                let read = try ImportedMarkers(from: application.log, limit: nil) { _ in false }.markers[member]
                for entry in try application.views.conversations.of(member, page: 1, having: read ?? .none) {
                    #expect(entry.unread <= earlier[entry.id] ?? 0, "\(entry.id)")
                    compared += 1
                }
            }
            #expect(compared > 0)
            #expect(application.log.head == head, "importing appends nothing")
            #expect(try ReadingFile(reading: files.reading).isImported)
        }
    }
}
