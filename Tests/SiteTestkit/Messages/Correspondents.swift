import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// Moa, Nils and Eva, each with a browser, at a site with every page.
struct Correspondents: Sendable {
    let site: LeavingSite
    let moa: Browser
    let nils: Browser
    let eva: Browser

    static let eva = Applicant(email: "eva@example.se", username: "eva", number: "196105273269")

    static func meet(
        limits: [RateLimit.Kind: RateLimit] = [:], serving: Bool = false,
        _ body: @Sendable (Correspondents) async throws -> Void
    ) async throws {
        try await LeavingSite.visited(AccountSite(limits: limits, serving: serving)) { site async throws in
            let correspondents = Correspondents(
                site: site, moa: try await site.join(.moa), nils: try await site.join(.nils),
                eva: try await site.join(Correspondents.eva))
            try await body(correspondents)
        }
    }

    var application: Application { site.application }
    var moaID: MemberID { get throws { try site.id("moa") } }
    var nilsID: MemberID { get throws { try site.id("snickar-nisse") } }
    var evaID: MemberID { get throws { try site.id("eva") } }

    /// Begins a conversation through the page.
    /// - Returns: the conversation's path.
    func begin(_ browser: Browser, to names: String, _ text: String) async throws -> String {
        _ = try await browser.get("/meddelanden/nytt")
        let answer = try await browser.post("/meddelanden/nytt", ["till": names, "text": text])
        #expect(answer.status == 303, "\(answer.text)")
        return answer.path
    }

    @discardableResult
    func send(_ browser: Browser, in conversation: String, _ text: String) async throws -> Browser.Answer {
        let page = try await browser.get(conversation)
        return try await browser.post(conversation, ["text": text, "command": page.command(of: conversation)])
    }

    /// Submits a form that consists of a button alone.
    @discardableResult
    func press(
        _ browser: Browser, _ action: String, at page: String, _ fields: [String: String] = [:]
    ) async throws -> Browser.Answer {
        let shown = try await browser.get(page)
        return try await browser.post(action, fields.merging(["command": shown.command(of: action)]) { $1 })
    }

    /// The ids of the messages on a conversation's page.
    func messages(_ browser: Browser, in conversation: String) async throws -> [String] {
        try await browser.get(conversation).text.matches(of: /id="meddelande-([0-9a-z]{13})"/).map { String($0.1) }
    }
}

extension Browser.Answer {
    /// The command id in the form with that action.
    func command(of action: String) -> String {
        guard let form = text.ranges(of: "action=\"\(action)\"").first,
            let start = text[form.upperBound...].ranges(of: "name=\"command\" value=\"").first
        else { return "" }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The number at an item of the menu: `all`, `messages` or `notices`.
    func count(_ name: String) -> Int? {
        guard let start = text.ranges(of: "data-count=\"\(name)\"><span>").first else { return nil }
        return Int(text[start.upperBound...].prefix { $0 != "<" })
    }

    func isCountHidden(_ name: String) -> Bool { contains("hidden data-count=\"\(name)\"") }
}
