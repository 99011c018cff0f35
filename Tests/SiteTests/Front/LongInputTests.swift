import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

/// Browsers silently truncate a paste at `maxlength`.
@Suite struct `What is typed too long` {
    private static let long = String(repeating: "å", count: 501)

    @Test func `reaches the server, which says so`() {
        var html = HTMLWriter(now: .testStart, formToken: "token")
        html.field("namn", "Namn", in: Form(), maxLength: 100)
        html.textarea("text", "Text", in: Form(), maxLength: 4000)
        let page = String(decoding: html.bytes, as: UTF8.self)
        let bounds = page.matches(of: /maxlength="(\d+)"/).compactMap { Int($0.output.1) }
        #expect(bounds.count == 2)
        // A browser counts up to eleven UTF-16 units for one visible character, such as a family joined with ZWJ.
        #expect(zip(bounds, [100, 4000]).allSatisfy { $0 >= $1 * 11 })
    }

    @Test func `is not cut from a new password, which is then refused with words`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            let registering = try await browser.get("/registrera")
            let bound = try #require(registering.passwordBound)
            #expect(bound > Password.maximumLength)
            #expect(try await browser.get("/logga-in").passwordBound == bound)
            _ = try await browser.get("/registrera")
            let password = String(repeating: "grön båt ", count: 23)
            let answer = try await browser.post("/registrera", Applicant.moa.with("password", password).fields)
            #expect(answer.status == 422)
            #expect(answer.contains("Lösenordet får ha högst 200 tecken"))
        }
    }

    @Test(
        arguments: [
            ("uppgifter", "anteckning", ["skal": "support"]), ("aterskapa", "varfor", [:]),
        ] as [(String, String, [String: String])])
    func `is not kept without its end in the note about an opening`(
        place: String, field: String, others: [String: String]
    ) async throws {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            let nils = try await site.administrator()
            let path = "/admin/medlem/\(try site.id("moa"))/\(place)"
            _ = try await nils.get(path)
            let before = site.application.log.head
            let answer = try await nils.post(path, others.merging([field: Self.long]) { $1 })
            #expect(answer.status == 422)
            #expect(answer.contains("id=\"\(field)-error\"") && answer.contains("högst 500 tecken"))
            #expect(answer.contains(Self.long), "what was typed is kept")
            #expect(site.application.log.head == before)
        }
    }
}

extension Browser.Answer {
    /// `maxlength` of the password field.
    fileprivate var passwordBound: Int? {
        text.firstMatch(of: /name="password"[^>]*maxlength="(\d+)"/).flatMap { Int($0.output.1) }
    }
}
