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

/// A site with every page, whose mails go where the test says; Astrid administers, Moa and Nils are members.
struct MailSite: Sendable {
    static let reports = "bounce@example.org"

    let account: AccountSite
    let client: any TestClientProtocol
    let worker: MailWorker
    let sent: Guarded<[OutgoingMail]>
    /// Errors thrown in order, one for each attempt to send, before any mail is accepted.
    let failures: Guarded<[MailFailure]>

    var application: Application { account.application }
    var accounts: Accounts { account.application.accounts }
    var time: TestClock { account.time }
    var head: Int { account.head }

    /// - Parameter newsletter: Moa's answer to the newsletter question.
    static func visited(
        newsletter: String = "yes", _ body: @Sendable (MailSite) async throws -> Void
    ) async throws {
        let account = try await AccountSite()
        try await closing(with: account.application.close) {
            let routes = try Routes(
                of: account.application, account.site, rebuild: ViewsRebuild(account.application.views))
            try await account.site.serving(routes) { client async throws in
                let site = try MailSite(account, client)
                try await account.join(Applicant.moa.with("newsletter", newsletter), with: client)
                try await account.join(.nils, with: client)
                try await account.join(.astrid, with: client)
                try await site.accounts.grantRole(
                    .administrator, to: try site.member("astrid"), by: .operator, command: site.command())
                await site.work()
                site.sent.update { $0 = [] }
                try await body(site)
            }
        }
    }

    private init(_ account: AccountSite, _ client: any TestClientProtocol) throws {
        let (sent, failures) = (Guarded<[OutgoingMail]>([]), Guarded<[MailFailure]>([]))
        (self.account, self.client, self.sent, self.failures) = (account, client, sent, failures)
        worker = try MailWorker(
            application: account.application, site: account.site,
            mailer: Mailer { mail in
                var failure: MailFailure?
                failures.update { failure = $0.isEmpty ? nil : $0.removeFirst() }
                if let failure { throw failure }
                sent.update { $0.append(mail) }
            }, sender: #require(MailAddress("info@example.org")), reports: MailAddress(Self.reports))
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func member(_ username: String) throws -> MemberID { try #require(try accounts.find(Username(username))) }

    /// Sends every due mail, and brings the views up to date.
    func work() async {
        await waitForViews()
        await worker.work()
        await waitForViews()
    }

    func waitForViews() async { #expect(await application.views.waitUntil(position: head, within: .seconds(20))) }

    func browser(as username: String? = nil) async throws -> Browser {
        let browser = Browser(client)
        if let username { #expect(try await browser.signIn(username, AccountSite.password).status == 303) }
        return browser
    }

    /// The mails to an address, in the order they were accepted.
    func mails(to address: String) -> [OutgoingMail] { sent.value.filter { $0.to.text == address } }

    /// The names of the events about mail and newsletter since a position.
    func events(after position: Int) throws -> [String] {
        try application.log.events(after: position, limit: 1000).map(\.type.name).filter {
            $0.hasPrefix("mail.") || $0.hasPrefix("newsletter.")
        }
    }

    func outcomes(after position: Int) throws -> [MailEvent] {
        try application.log.events(after: position, limit: 1000).compactMap { try MailEvent.decode($0) }
    }

    /// Requests a mail to Moa of a kind that cannot be switched off.
    func askForPassword() async throws {
        _ = try await accounts.requestPasswordReset(email: EmailAddress("moa@example.se"), command: command())
    }
}

extension OutgoingMail {
    /// The message as sent over the wire.
    var wire: String { String(decoding: message(), as: UTF8.self) }

    var unsubscribing: String? {
        wire.split(separator: "\r\n").first { $0.hasPrefix("List-Unsubscribe: <http://localhost") }
            .map { String($0.dropFirst("List-Unsubscribe: <http://localhost".count).dropLast()) }
    }
}
