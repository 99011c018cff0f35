import Accounts
import Events
import Forum
import HTTPTypes
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

/// The state of the account that holds a number, or would hold it.
enum NumberOwner: String, CaseIterable, Sendable {
    case member, closed, suspended, banned
}

/// Somebody registers with a number, and sees and does everything that a member can on her first day.
private struct FirstDay: Sendable {
    static let stranger = Applicant(email: "frammande@example.org", username: "frammande")
    static let pages = [
        "/", "/forum", "/medlemmar", "/medlemmar?namn=fra", "/sok?q=hej", "/avsluta-konto", "/kontakt", "/arenden",
        "/arenden/tvist", "/mina-rattigheter", "/anmal", "/installningar", "/sajtinstallningar",
        "/installningar/personnummer", "/installningar/epost", "/installningar/anvandarnamn", "/installningar/kommun",
        "/installningar/losenord", "/installningar/inloggning", "/installningar/inloggning/tva-steg",
        "/installningar/skyddad-identitet", "/installningar/kapat", "/installningar/rattelse",
        "/installningar/rattelse?uppgift=personal-identity-number", "/meddelanden", "/meddelanden/nytt",
        "/meddelanden/blockerade", "/aviseringar", "/information", "/installningar/utdrag",
    ]

    let site: LeavingSite
    var seen: [String] = []

    /// What every step shows, without what is random.
    static func seen(_ owner: NumberOwner, isTaken: Bool) async throws -> [String] {
        let result = Guarded([String]())
        try await LeavingSite.visited { site async throws in
            var day = FirstDay(site: site)
            try await day.prepare(owner, isTaken: isTaken)
            try await day.register()
            try await day.live()
            result.update { [seen = day.seen] in $0 = seen }
        }
        return result.value
    }

    private func prepare(_ owner: NumberOwner, isTaken: Bool) async throws {
        // The stranger's number is the same; the other member has it or not.
        let number = isTaken ? "19880917-2391" : "800222-2399"
        let other = try await site.join(Applicant(email: "annan@example.org", username: "annan", number: number))
        let id = try site.id("annan")
        let reasons = try #require(StatementOfReasons(rule: "T-04", facts: "Annonser"))
        switch owner {
        case .member: break
        case .closed: try await site.leave(other)
        case .suspended:
            try await site.application.accounts.deactivate(
                id, until: site.time.now.adding(Period(days: 10)), reasons, by: .operator, command: site.command())
        case .banned:
            try await site.application.accounts.closeForBreach(
                id, reasons, erasing: [], by: .operator, command: site.command())
        }
        _ = try await site.write("Hej alla", by: id)
        _ = try await site.accounts.mails()
        try site.accounts.mail.empty()
    }

    private mutating func note(_ words: String, _ answer: Browser.Answer) {
        let headers = answer.headers.map(\.name.rawName).sorted().joined(separator: " ")
        seen.append("\(words) \(answer.status) \(headers)\n\(FirstDay.plain(answer.withoutTokens))")
    }

    /// Ids, links and hashes are random everywhere.
    private static func plain(_ text: String) -> String {
        text.replacing(/[A-Za-z0-9_-]{43}/, with: "TOKEN").replacing(/\b[0-9a-z]{13}\b/, with: "ID")
            .replacing(/\b[0-9a-f]{26,64}\b/, with: "HASH").replacing(/--=_[0-9a-f]*/, with: "")
            .replacing(/stamp" value="[^"]*"/, with: "STAMP").replacing(/tint-[0-9]/, with: "TINT")
    }

    private mutating func register() async throws {
        let browser = site.browser
        note("register", try await browser.register(FirstDay.stranger))
        let mail = try await site.mail(to: "frammande@example.org")
        seen.append(mail.subject + FirstDay.plain(mail.body))
        let link = try #require(mail.link("/bekrafta/"))
        note("link", try await browser.get(link))
        note("confirm", try await browser.post(link, [:]))
        note("again", try await browser.get(link))
        await site.waitForViews()
    }

    private mutating func live() async throws {
        let browser = site.browser
        note("sign in", try await browser.signIn("frammande"))
        await site.waitForViews()
        let forum = try await browser.get("/forum")
        let slug = String(try #require(try /\/forum\/([a-z0-9-]+)"/.firstMatch(in: forum.text)).1)
        _ = try await browser.get("/forum/\(slug)/ny")
        // Later than what others wrote: threads of the same moment are ordered by their random ids.
        site.time.advance(seconds: 60)
        note("write", try await browser.post("/forum/\(slug)/ny", ["title": "Hej", "text": "Jag är ny här"]))
        await site.waitForViews()
        note("forum", try await browser.get("/forum/\(slug)"))
        _ = try await browser.get("/installningar/personnummer")
        note("number", try await browser.post("/installningar/personnummer", ["password": AccountSite.password]))
        _ = try await browser.get("/installningar/anvandarnamn")
        note("rename", try await browser.post("/installningar/anvandarnamn", ["username": "nyttnamn"]))
        _ = try await browser.get("/installningar/rattelse?uppgift=personal-identity-number")
        note(
            "correct",
            try await browser.post(
                "/installningar/rattelse",
                ["uppgift": "personal-identity-number", "nytt-personnummer": "19750612-9241", "skal": "Fel"]))
        await site.waitForViews()
        for page in FirstDay.pages { note(page, try await browser.get(page)) }
        _ = try await browser.get("/installningar/utdrag")
        let report = try await browser.post("/installningar/utdrag", ["password": AccountSite.password])
        #expect(report.contains("\"history\""))
        // The lines of the file for programs; the checksums of the archive differ with the random ids.
        seen.append(
            FirstDay.plain(report.text.split(separator: "\n").filter { $0.hasPrefix(" ") }.joined(separator: "\n")))
        try await leaveAndReturn(browser)
        let own = try await site.accounts.mails().filter { $0.to == "<frammande@example.org>" }
        seen += own.map { $0.subject + FirstDay.plain($0.body) }
    }

    private mutating func leaveAndReturn(_ browser: Browser) async throws {
        note("leave", try await site.leave(browser))
        let mail = try await site.mail(to: "frammande@example.org")
        let link = try #require(mail.link("/aterskapa/"))
        note("way back", try await browser.get(link))
        note("return", try await browser.post(link, ["atgard": "aterskapa"]))
        note("sign in again", try await browser.signIn("frammande@example.org"))
    }
}

@Suite(.clause("P-16.6")) struct `Whether a number is taken` {
    @Test(arguments: NumberOwner.allCases)
    func `shows in nothing that the new account sees or does on its first day`(owner: NumberOwner) async throws {
        let (free, taken) = (
            try await FirstDay.seen(owner, isTaken: false), try await FirstDay.seen(owner, isTaken: true)
        )
        #expect(free.count == taken.count && free.count > FirstDay.pages.count)
        for (one, other) in zip(free, taken) where one != other {
            let lines = zip(one.split(separator: "\n"), other.split(separator: "\n")).first { $0 != $1 }
            Issue.record("\(one.prefix(60)): \(lines.map { "\($0.0) | \($0.1)" } ?? "of another length")")
        }
        #expect(free.contains { $0.contains("Välkommen som medlem") })
    }

    @Test func `lets the fourth sign-up with a number in 30 days in neither way, in the same words`() async throws {
        let refused = Guarded([String]())
        for isTaken in [false, true] {
            try await AccountSite.visited { site, client async throws in
                if isTaken {
                    try await site.join(.moa, with: client)
                    site.time.advance(by: Period(days: 31))
                }
                for number in 1...4 {
                    let name = "nummer\(number)"
                    let browser = Browser(client)
                    _ = try await browser.register(Applicant(email: "\(name)@example.org", username: name))
                    let link = try #require(try await site.mails().compactMap { $0.link("/bekrafta/") }.last)
                    _ = try await browser.get(link)
                    let page = try await browser.post(link, [:])
                    #expect(page.contains("Välkommen som medlem") == (number < 4))
                    if number == 4 { refused.update { $0.append(page.withoutTokens) } }
                    try site.mail.empty()
                }
                #expect(try site.application.accounts.find(Username("nummer4")) == nil)
            }
        }
        #expect(Set(refused.value).count == 1 && refused.value.count == 2)
        #expect(!refused.value[0].contains("personnummer"))
    }
}
