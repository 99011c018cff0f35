import Accounts
import Events
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A site with a real log, the pages of accounts and texts, and a maildir that receives its mails.
final class AccountSite: Sendable {
    static let password = "grön båt i motvind"

    let time: TestClock
    let temporary: TemporarySite
    let application: Application
    let site: WebEnvironment
    let mail: CaughtMail
    let worker: MailWorker
    let visits: VisitLog

    init(
        limits: [RateLimit.Kind: RateLimit] = [:], trustedProxies: [String] = [],
        hasher: PasswordHasher = PasswordHasher(cost: .quick), opened: Instant = .testStart,
        requiringTwoFactor: Bool = false, serving: Bool = false
    ) async throws {
        time = TestClock(opened)
        temporary = try TemporarySite(at: opened)
        application = try Application(temporary.files, clock: time.clock, hasher: hasher, serving: serving)
        try await application.accounts.publishFirstVersions()
        visits = try VisitLog(
            at: temporary.files.data.appending(path: "visits.sqlite").path,
            baseURL: try #require(BaseURL("http://localhost")), logger: .silent,
            policies: { [application] in try application.accounts.policies() })
        site = try WebEnvironment(
            of: application, trustedProxies: trustedProxies, limits: limits, visits: visits,
            requiringTwoFactor: requiringTwoFactor)
        mail = try CaughtMail(in: temporary.files.data.appending(path: "mail").path)
        worker = try MailWorker(
            application: application, site: site, mailer: mail.mailer,
            sender: try #require(MailAddress("info@example.org")))
    }

    /// Runs `body` with the site and its first browser, then closes everything.
    static func visited(
        limits: [RateLimit.Kind: RateLimit] = [:], trustedProxies: [String] = [],
        hasher: PasswordHasher = PasswordHasher(cost: .quick), over setup: TestingSetup = .router,
        _ body: @Sendable (AccountSite, any TestClientProtocol) async throws -> Void
    ) async throws {
        let site = try await AccountSite(limits: limits, trustedProxies: trustedProxies, hasher: hasher)
        try await closing(with: site.application.close) {
            var routes = Routes()
            try AccountController(application: site.application, runtime: site.site.runtime).add(to: &routes)
            TextController(application: site.application, verifierKey: site.temporary.verifierKey.description).add(
                to: &routes)
            ContactController(application: site.application).add(to: &routes)
            try await site.site.serving(routes, over: setup) { try await body(site, $0) }
        }
    }

    var head: Int { application.log.head }

    /// The event names, without the outcomes of mails, which the site records in the background.
    func eventNames(after position: Int = 0) throws -> [String] {
        try application.log.events(after: position, limit: 1000).map(\.type.name).filter { !$0.hasPrefix("mail.") }
    }

    func accountEvents(after position: Int = 0) throws -> [AccountEvent] {
        try application.log.events(after: position, limit: 1000).compactMap { try AccountEvent.decode($0) }
    }

    /// Registers and confirms a member through the pages and the mail.
    func join(_ applicant: Applicant, with client: any TestClientProtocol) async throws {
        let browser = Browser(client)
        #expect(try await browser.register(applicant).status == 200)
        let link = try #require(try await mails().compactMap { $0.link("/bekrafta/") }.last)
        _ = try await browser.get(link)
        #expect(try await browser.post(link, [:]).contains("Välkommen som medlem"))
        try mail.empty()
    }

    /// Sends every due mail, then reads the maildir.
    func mails() async throws -> [CaughtMail.Mail] {
        await worker.work()
        return try mail.mails()
    }
}

/// The input to the registration form.
struct Applicant: Sendable {
    var fields: [String: String]

    init(email: String = "moa@example.se", username: String = "moa", number: String = "19880917-2391") {
        fields = [
            "email": email, "name": "Moa Hallin", "username": username, "personnummer": number, "kommun": "0380",
            "password": AccountSite.password, "policy": "ja", "policy-version": "2019-08-18", "terms": "ja",
            "terms-version": "2019-08-18", "newsletter": "no",
        ]
    }

    func with(_ field: String, _ value: String?) -> Applicant {
        var applicant = self
        applicant.fields[field] = value
        return applicant
    }

    static let moa = Applicant()
    static let nils = Applicant(email: "nils@example.se", username: "snickar-nisse", number: "198002222399")
}

extension Browser {
    func register(_ applicant: Applicant) async throws -> Answer {
        _ = try await get("/registrera")
        return try await post("/registrera", applicant.fields)
    }

    func signIn(_ identifier: String, _ password: String = AccountSite.password, headers: HTTPFields = [:]) async throws
        -> Answer
    {
        _ = try await get("/logga-in")
        return try await post("/logga-in", ["identifier": identifier, "password": password], headers: headers)
    }
}
