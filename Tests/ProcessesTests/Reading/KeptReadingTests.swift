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

    /// What was unread when reading was an event.
    private struct Counts {
        private struct Message {
            let id: MessageID
            /// Those who were sent it: present, and not blocking its author.
            let recipients: Set<MemberID>
            var isDeleted = false
        }

        private var messages: [ConversationID: [Message]] = [:]
        private var present: [ConversationID: Set<MemberID>] = [:]
        private var blocks: [MemberID: Set<MemberID>] = [:]
        /// How many messages of each conversation a member has read.
        private var read: [ConversationID: [MemberID: Int]] = [:]

        var members: Set<MemberID> { present.values.reduce(into: []) { $0.formUnion($1) } }

        func unread(of member: MemberID, in id: ConversationID) -> Int {
            (messages[id] ?? []).dropFirst(read[id]?[member] ?? 0)
                .count { $0.recipients.contains(member) && !$0.isDeleted }
        }

        mutating func add(_ event: ConversationEvent) {
            switch event {
            case .begun(let id, let by, let others): present[id] = Set([by] + others)
            case .sent(let message, let id, let author, _):
                let recipients = (present[id] ?? []).filter { $0 != author && blocks[$0]?.contains(author) != true }
                messages[id, default: []].append(Message(id: message, recipients: recipients))
                read[id, default: [:]][author] = messages[id]?.count
            case .read(let id, let member, let number): read[id, default: [:]][member] = number
            case .left(let id, let member): present[id]?.remove(member)
            case .erased(let id): (messages[id], present[id]) = (nil, nil)
            case .messageDeleted(let id, let message): hide(message, true, in: id)
            case .messageRestored(let id, let message): hide(message, false, in: id)
            case .blocked(let other, let member): blocks[member, default: []].insert(other)
            case .unblocked(let other, let member): blocks[member]?.remove(other)
            case .muted, .unmuted, .reported, .opened, .messageErased, .messageDeletionCompleted: break
            }
        }

        private mutating func hide(_ message: MessageID, _ isDeleted: Bool, in id: ConversationID) {
            guard let index = messages[id]?.firstIndex(where: { $0.id == message }) else { return }
            messages[id]?[index].isDeleted = isDeleted
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
            for member in counts.members {
                let read = try ImportedMarkers(from: application.log, limit: nil) { _ in false }.markers[member]
                for entry in try application.views.conversations.of(member, page: 1, having: read ?? .none) {
                    #expect(entry.unread <= counts.unread(of: member, in: entry.id), "\(entry.id)")
                    compared += 1
                }
            }
            #expect(compared > 0)
            #expect(application.log.head == head, "importing appends nothing")
            #expect(try ReadingFile(reading: files.reading).isImported)
        }
    }
}
