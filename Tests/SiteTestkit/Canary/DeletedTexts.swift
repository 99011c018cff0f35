import Accounts
import Events
import Forum
import Foundation
import Messaging
import Testing
import Testkit

@testable import Processes

/// A member's texts, with words that occur nowhere else, on a site with all its files.
struct DeletedTexts: Sendable {
    static let post = "Kanariefågelns dagbok, sidan 7311"
    static let earlier = "Kanariefågelns första utkast 5519"
    static let later = "Rättat utkast 8203"
    static let message = "Kanariefågelns hemlighet 9917"

    let site: CanarySite
    let author: MemberID
    let other: MemberID
    let deletedPost: PostID
    let revisedPost: PostID
    let conversation: ConversationID
    let deletedMessage: MessageID

    static func written(_ body: @Sendable (DeletedTexts) async throws -> Void) async throws {
        let (place, time) = (try CanaryPlace(), TestClock(CanaryLife.start))
        _ = try EventLog.create(place.files, at: time.now)
        try await CanarySite.opened(place, at: time) { site async throws in
            try await site.application.accounts.publishFirstVersions()
            try await body(try await DeletedTexts(site))
        }
    }

    private init(_ site: CanarySite) async throws {
        self.site = site
        let application = site.application
        let numbers = try AgencyNumbers.adults
        author = try await application.accounts.join(
            SignUpForm("kanarina", name: "Kanarina Fågel", number: numbers[0], password: "rabarber-i-motvind"),
            at: site.time.now)
        other = try await application.accounts.join(
            SignUpForm("bo-annan", name: "Bo Annan", number: numbers[1], password: "rabarber-i-motvind"),
            at: site.time.now)
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody,
            by: Standing(MemberID(rawValue: 99), as: .administrator), command: site.command()
        ).category
        await site.waitForViews()
        let opened = try await application.forum.openThread(
            in: category, title: ThreadTitle("Hej"), body: application.draft(DeletedTexts.earlier),
            by: Standing(author), command: site.command())
        revisedPost = opened.post
        deletedPost = try await application.forum.reply(
            to: opened.thread, application.draft(DeletedTexts.post), by: Standing(author), command: site.command()
        ).post
        for post in [opened.post, deletedPost] {
            _ = try await application.forum.reply(
                to: opened.thread, application.draft("[citat \(post)]\n\nJaha"), by: Standing(other),
                command: site.command())
        }
        _ = try await application.forum.revise(
            opened.post, from: 1, to: application.draft(DeletedTexts.later), by: Standing(author),
            command: site.command())
        conversation = try await application.messaging.beginConversation(
            with: [other], reachable: [other], MessageText(DeletedTexts.message), by: author, command: site.command()
        ).conversation
        deletedMessage = try #require(try application.messaging.messages(in: conversation).first?.id)
        await site.waitForViews()
    }

    func delete() async throws {
        let application = site.application
        _ = try await application.forum.delete(deletedPost, by: Standing(author), command: site.command())
        _ = try await application.forum.delete(
            revision: 1, of: revisedPost, by: Standing(author), command: site.command())
        _ = try await application.messaging.delete(
            deletedMessage, in: conversation, by: author, command: site.command())
        await site.waitForViews()
    }

    func wait(days: Int) async throws {
        site.time.advance(by: Period(days: days))
        try await site.eraseWhatIsDue()
        #expect(try site.unfinishedErasures == 0)
    }

    /// Those of the texts that can be recovered from the files with every key that is there.
    func recoverable() throws -> Set<String> {
        let texts = [DeletedTexts.post, DeletedTexts.earlier, DeletedTexts.later, DeletedTexts.message]
        let opened = try CanarySearch.opened(in: site.place.data)
        return Set(
            try texts.filter { text in
                let scan = CanaryScan(text)
                return try !scan.findings(in: site.place.data).isEmpty
                    || opened.contains { !scan.findings(in: $0.bytes, named: $0.name).isEmpty }
            })
    }

    static var all: Set<String> { [post, earlier, later, message] }

    func hold(_ isPlaced: Bool) async throws {
        let accounts = site.application.accounts
        guard isPlaced else {
            return try await accounts.liftHold(on: author, by: .operator, command: site.command())
        }
        try await accounts.placeHold(
            on: author, #require(HoldReference("K-1")), isSecret: true, by: .operator, command: site.command())
    }
}
