import Accounts
import Events
import Forum
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A site where Greta and Gun moderate and Astrid administers; Nils has written a thread, which Moa reads.
struct ModeratedSite: Sendable {
    let cases: CaseSite
    let nils: MemberID
    let greta: MemberID
    let thread: ThreadID
    let post: PostID

    var application: Application { cases.application }

    static let words = "Ring Moa på kvällen, hon svarar alltid"
    static let better = "Ring inte Moa på kvällen"

    static func visited(_ body: @Sendable (ModeratedSite) async throws -> Void) async throws {
        try await CaseSite.visited { cases async throws in try await body(ModeratedSite(cases)) }
    }

    private init(_ cases: CaseSite) async throws {
        self.cases = cases
        let (accounts, forum) = (cases.application.accounts, cases.application.forum)
        for applicant in [Applicant.greta, Applicant(email: "gun@example.se", username: "gun", number: "197801162392")]
        { try await cases.account.join(applicant, with: cases.client) }
        for name in ["greta", "gun"] {
            try await accounts.grantRole(
                .moderator, to: cases.member(name), by: .operator, command: cases.nextCommand())
        }
        (nils, greta) = (try cases.member("snickar-nisse"), try cases.member("greta"))
        let category = try await forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody,
            by: Standing(cases.member("astrid"), as: .administrator), command: cases.nextCommand())
        let opened = try await forum.openThread(
            in: category.category, title: ThreadTitle("Om telefoner"), body: cases.application.draft(Self.words),
            by: Standing(nils), command: cases.nextCommand())
        (thread, post) = (opened.thread, opened.post)
        _ = try await cases.mails()
        try await cases.catchUp()
    }

    func report(by name: String? = "moa", _ reason: ReportReason = .abuse) async throws -> CaseID {
        try await cases.open(.report(reason, .post(post)), by: name.map(cases.member))
    }

    func decide(
        _ id: CaseID, _ outcome: CaseDecision.Outcome, as name: String, _ reasons: String = "Röjer hennes vanor"
    ) async throws -> Browser.Answer {
        let browser = try await cases.browser(as: name)
        _ = try await browser.get("/admin/arende/\(id)")
        let answer = try await browser.post(
            "/admin/arende/\(id)",
            ["atgard": "besluta", "beslut": outcome.rawValue, "regel": "T-04.1", "skal": reasons])
        try await cases.catchUp()
        return answer
    }

    /// Removes the post in the thread as a moderator, without a report.
    func remove(as name: String = "greta") async throws -> CaseID {
        let browser = try await cases.browser(as: name)
        _ = try await browser.get("/inlagg/\(post)/ta-bort")
        let answer = try await browser.post(
            "/inlagg/\(post)/ta-bort", ["reason": "personal-data", "handelse": "Det röjer hennes vanor"])
        #expect(answer.location == "/inlagg/\(post)")
        return try ownCase()
    }

    /// The newest case in which Nils is a party.
    func ownCase() throws -> CaseID {
        try #require(try application.views.cases.of(nils).first?.id)
    }

    func appeal(_ id: CaseID) async throws {
        let browser = try await cases.browser(as: "snickar-nisse")
        _ = try await browser.get("/arenden/\(id)")
        let answer = try await browser.post("/arenden/\(id)", ["atgard": "omprova", "meddelande": "Hon bad mig"])
        #expect(answer.status == 303)
        try await cases.catchUp()
    }

    func revise(to text: String) async throws {
        _ = try await application.forum.revise(
            post, from: 1, to: application.draft(text), by: Standing(nils), command: cases.nextCommand())
        try await cases.catchUp()
    }

    var isVisible: Bool {
        get throws { if case .visible = try application.forum.post(post)?.post { true } else { false } }
    }
}
