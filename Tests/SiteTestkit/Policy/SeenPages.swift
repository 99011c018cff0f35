import Events
import HummingbirdTesting
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The readable content of some pages, without their controls.
struct SeenPages: Equatable, Sendable {
    /// The line of each member.
    var directory: [String]
    /// The author and the text of each post.
    var thread: [Post]
    /// The content of the profiles, one entry for each member.
    let profiles: [[String]]
    /// The policy's checksum, as shown on its page.
    let policy: String

    struct Post: Equatable, Sendable {
        var author: String
        let text: String
    }

    /// - Parameter reason: the reason for opening a profile, where one is required.
    init(thread id: ThreadID, of members: [MemberID], by browser: Browser, reason: String? = nil) async throws {
        func read(_ path: String) async throws -> String {
            var page = try await browser.get(path)
            while let location = page.location { page = try await browser.get(location) }
            #expect(page.status == 200, "\(path)")
            return page.text
        }
        let list = try await read("/medlemmar").first(of: /(?s)<ul class="member-list">(.*?)<\/ul>/)
        directory = list.all(of: /(?s)<li>(.*?)<\/li>/).map(\.withoutMarkup)
        thread = try await read("/trad/\(id)").all(of: /(?s)<article class="post"[^>]*>(.*?)<\/article>/).map { post in
            Post(
                author: post.first(of: /class="author"[^>]*>([^<]*)</),
                text: post.first(of: /(?s)<div class="post-body prose">(.*?)<\/div>/).withoutMarkup)
        }
        var profiles: [[String]] = []
        for member in members {
            var page = try await read("/medlem/\(member)")
            if let reason { page = try await browser.post("/medlem/\(member)", ["skal": reason]).text }
            profiles.append(
                [page.first(of: /(?s)<h1>(.*?)<\/h1>/).withoutMarkup]
                    + page.all(of: /(?s)<d[td]>(.*?)<\/d[td]>/).map(\.withoutMarkup))
        }
        self.profiles = profiles
        policy = try await read("/integritetspolicy").first(of: /<p class="hash">([^<]*)</)
    }

    /// The same pages without some members, as if they had left earlier.
    func without(_ usernames: [String]) -> SeenPages {
        var pages = self
        pages.directory.removeAll { line in usernames.contains { line.contains($0) } }
        for index in pages.thread.indices where usernames.contains(pages.thread[index].author) {
            pages.thread[index].author = "Tidigare medlem"
        }
        return pages
    }
}

extension String {
    fileprivate func all(of piece: Regex<(Substring, Substring)>) -> [String] {
        matches(of: piece).map { String($0.1) }
    }

    fileprivate func first(of piece: Regex<(Substring, Substring)>) -> String { all(of: piece).first ?? "" }

    fileprivate var withoutMarkup: String {
        replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
