import Accounts
import Events
import Forum
import Foundation
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-16.3")) struct `At the purge` {
    private func purged(
        _ choices: TextsChoices, _ before: @Sendable (DeletedTexts) async throws -> Void
    ) async throws -> Set<String> {
        let left = Guarded<Set<String>>([])
        try await DeletedTexts.written { texts async throws in
            try await before(texts)
            let site = texts.site
            try await site.application.accounts.close(
                texts.author, password: EnteredPassword("rabarber-i-motvind"), texts: choices, marked: [],
                command: site.command())
            #expect(try await site.retention.purge(texts.author, ordered: .requested))
            await site.finishErasures()
            let found = try texts.recoverable()
            left.update { $0 = found }
        }
        return left.value
    }

    @Test func `posts and private messages go or stay as was chosen for each`() async throws {
        #expect(try await purged(.anonymise) { _ in } == DeletedTexts.all)
        #expect(try await purged(.erase) { _ in } == [])
        #expect(
            try await purged(TextsChoices(posts: .erase, messages: .anonymise)) { _ in } == [DeletedTexts.message])
        #expect(
            try await purged(TextsChoices(posts: .anonymise, messages: .erase)) { _ in }
                == DeletedTexts.all.subtracting([DeletedTexts.message]))
    }

    @Test func `everything goes that she had deleted, whatever was chosen for the rest`() async throws {
        #expect(try await purged(.anonymise) { try await $0.delete() } == [DeletedTexts.later])
    }

    @Test func `everything goes that a moderator had removed, with its earlier versions`() async throws {
        let left = try await purged(.anonymise) { texts async throws in
            _ = try await texts.site.application.forum.remove(
                texts.revisedPost, for: .abuse, by: Standing(MemberID(rawValue: 98), as: .moderator),
                command: texts.site.command())
        }
        #expect(left == [DeletedTexts.post, DeletedTexts.message])
    }
}
