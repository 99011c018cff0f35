import Events
import Forum
import Foundation
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Rebuilding under load` {
    private static let (readers, writers, rebuilds) = (4, 2, 3)

    @Test func `fails no request, and shows nobody less than was shown before, while readers and writers go on`()
        async throws
    {
        try await ForumSite.visited { site, client async throws in
            let author = try await site.member("moa")
            let category = try await site.category("Allmänt")
            let thread = try await site.thread("Belastning", in: category, by: author).thread
            // Enough events for a rebuild to take a while.
            for number in 1...60 { try await site.reply("Svar \(number)", to: thread, by: author) }
            let shown = Guarded(60)
            let isOver = Guarded(false)
            let generation = site.application.views.version.generation
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<Self.readers {
                    let browser = try await site.browser(client, as: number.isMultiple(of: 2) ? nil : author)
                    group.addTask {
                        var least = 0
                        while !isOver.value {
                            // A request from here on must see at least what was shown before.
                            let promised = max(shown.value, least)
                            let page = try await browser.get("/trad/\(thread)/belastning")
                            #expect(page.status == 200)
                            let replies = try #require(page.replies)
                            #expect(replies >= promised)
                            least = replies
                        }
                    }
                }
                for _ in 0..<Self.writers {
                    group.addTask {
                        while !isOver.value {
                            _ = try await site.application.forum.reply(
                                to: thread, site.application.draft("Hej"), by: Standing(author), command: site.command()
                            )
                            let head = site.application.log.head
                            #expect(await site.application.views.waitUntil(position: head, within: .seconds(120)))
                            shown.update { $0 += 1 }
                        }
                    }
                }
                for _ in 0..<Self.rebuilds { _ = try await site.application.views.rebuild() }
                isOver.update { $0 = true }
                try await group.waitForAll()
            }
            #expect(site.application.views.version.generation == generation + Self.rebuilds)
            let browser = try await site.browser(client, as: author)
            let last = try await browser.get("/trad/\(thread)/belastning")
            #expect(last.replies == shown.value)
            #expect(try site.files(ending: ".unfinished") == [])
        }
    }
}

extension Browser.Answer {
    /// The number of replies shown on a thread's page.
    fileprivate var replies: Int? {
        let text = text.replacing("\u{A0}", with: " ")
        guard let match = text.firstMatch(of: /<p class="muted">([0-9 ]+) svar/) else { return nil }
        return Int(match.1.filter(\.isNumber))
    }
}

extension ForumSite {
    fileprivate func files(ending suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: temporary.files.data.path).filter { $0.hasSuffix(suffix) }
    }
}
