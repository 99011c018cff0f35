import Accounts
import Events
import Foundation
import HummingbirdTesting
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The whole site with its incoming mail; Moa and Nils are members, and Astrid administers.
struct CaseSite: Sendable {
    let account: AccountSite
    let client: any TestClientProtocol
    let work: CaseClockWorker
    let inbox: String

    var application: Application { account.application }
    var time: TestClock { account.time }

    static func visited(_ body: @Sendable (CaseSite) async throws -> Void) async throws {
        let site = try await AccountSite(limits: [:])
        try await closing(with: site.application.close) {
            let inbox = site.temporary.files.data.appending(path: "inbox").path
            try Maildir(at: inbox).create()
            let mail = try IncomingMailWorker(
                application: site.application, directories: [inbox], reader: .inProcess, logger: .silent)
            let routes = try Routes(
                of: site.application, site.site, rebuild: ViewsRebuild(site.application.views),
                unreadableMails: { mail.unreadableCount })
            try await site.site.serving(routes) { client async throws in
                let cases = CaseSite(
                    account: site, client: client,
                    work: CaseClockWorker(application: site.application, mail: mail, logger: .silent), inbox: inbox)
                for applicant in [Applicant.moa, .nils, .astrid] { try await site.join(applicant, with: client) }
                try await site.application.accounts.grantRole(
                    .administrator, to: cases.member("astrid"), by: .operator, command: CommandID(at: site.time.now))
                try await cases.catchUp()
                try await body(cases)
            }
        }
    }

    func member(_ username: String) throws -> MemberID {
        try #require(try application.accounts.find(Username(username)))
    }

    func catchUp() async throws {
        #expect(await application.views.waitUntil(position: account.head, within: .seconds(20)))
    }

    func browser(as username: String? = nil) async throws -> Browser {
        let browser = Browser(client)
        guard let username else { return browser }
        let answer = try await browser.signIn(username, AccountSite.password)
        #expect(answer.status == 303)
        return browser
    }

    func mails() async throws -> [CaughtMail.Mail] {
        let mails = try await account.mails()
        try account.mail.empty()
        return mails
    }

    /// The newest case.
    func newest() async throws -> CaseID {
        try await catchUp()
        let entries = try application.views.cases.open(Set(CaseMatter.allCases))
        return try #require(entries.max { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }?.id)
    }

    func file(_ id: CaseID) throws -> CaseFile { try #require(try application.messaging.record(id)).file }

    /// Sends a question through the form, as slowly as a person would.
    func ask(_ browser: Browser, _ fields: [String: String] = [:]) async throws -> Browser.Answer {
        let form = try await browser.get("/kontakt")
        var typed = [
            "galler": "fraga", "amne": "Moms på fika", "meddelande": "Hur gör jag?", "email": "ute@example.se",
            "name": "Ute Svensson",
        ].merging(fields) { $1 }
        if let stamp = form.stamp, typed["tid"] == nil { typed["tid"] = stamp }
        time.advance(seconds: 10)
        return try await browser.post("/kontakt", typed)
    }

    func answer(_ id: CaseID, _ fields: [String: String] = [:]) async throws -> Browser.Answer {
        let astrid = try await browser(as: "astrid")
        _ = try await astrid.get("/admin/arende/\(id)")
        return try await astrid.post(
            "/admin/arende/\(id)", ["atgard": "svara", "meddelande": "Så här gör du"].merging(fields) { $1 })
    }

    /// Puts a mail into the inbox and lets the site process it.
    func receive(_ text: String) async throws {
        let name = "\(inbox)/new/\(UUID().uuidString)"
        try Data(text.replacing("\n", with: "\r\n").utf8).write(to: URL(fileURLWithPath: name))
        await work.work()
        try await catchUp()
    }

    var waitingMails: Int { get throws { try FileManager.default.contentsOfDirectory(atPath: inbox + "/new").count } }
}

extension Browser.Answer {
    /// The signed time stamp in a form for visitors.
    var stamp: String? { text.firstMatch(of: /name="tid" value="([^"]+)"/).map { String($0.1) } }
}
