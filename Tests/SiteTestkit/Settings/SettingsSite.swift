import Accounts
import Events
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A site with the settings pages and the pages that lead to them; Moa is a member and Astrid administers.
struct SettingsSite: Sendable {
    let account: AccountSite
    let client: any TestClientProtocol

    var accounts: Accounts { account.application.accounts }
    var time: TestClock { account.time }

    static func visited(
        limits: [RateLimit.Kind: RateLimit] = [:], sections: [SettingsController.SectionProvider] = [],
        _ body: @Sendable (SettingsSite) async throws -> Void
    ) async throws {
        let site = try await AccountSite(limits: limits)
        try await closing(with: site.application.close) {
            let application = site.application
            var routes = Routes()
            try AccountController(application: application, runtime: site.site.runtime) { member in
                try application.accounts.mustAcceptTexts(member) ? .acceptTexts() : nil
            }.add(to: &routes)
            TextController(application: application, verifierKey: site.temporary.verifierKey.description).add(
                to: &routes)
            ForumController(application: application).add(to: &routes)
            try SettingsController(application: application, site: site.site, furtherSections: sections).add(
                to: &routes)
            AcceptTextsController(application: application).add(to: &routes)
            MailPreferencesController(application: application).add(to: &routes)
            CorrectionController(application: application).add(to: &routes)
            ContactController(application: application).add(to: &routes)
            try await site.site.serving(routes) { client async throws in
                let settings = SettingsSite(account: site, client: client)
                try await site.join(.moa, with: client)
                try await settings.catchUp()
                try await body(settings)
            }
        }
    }

    var moa: MemberID { get throws { try member("moa") } }

    func member(_ username: String) throws -> MemberID { try #require(try accounts.find(Username(username))) }

    func state(_ username: String = "moa") throws -> Account {
        try #require(try accounts.member(member(username)).active)
    }

    func catchUp() async throws {
        #expect(await account.application.views.waitUntil(position: account.head, within: .seconds(20)))
    }

    /// A browser signed in as that member.
    func browser(
        as username: String? = "moa", password: String = AccountSite.password
    ) async throws -> Browser {
        let browser = Browser(client)
        guard let username else { return browser }
        let answer = try await browser.signIn(username, password)
        #expect(answer.status == 303)
        return browser
    }

    func join(_ applicant: Applicant, as role: Role? = nil) async throws {
        try await account.join(applicant, with: client)
        if let role {
            try await accounts.grantRole(
                role, to: try member(try #require(applicant.fields["username"])), by: .operator,
                command: CommandID(at: time.now))
        }
        try await catchUp()
    }

    /// Gives a member the number of somebody younger than members can be, as only an old log can hold.
    func setNumber(of username: String, to digits: String) async throws {
        let (id, command) = (try member(username), CommandID(at: time.now))
        let identity = try #require(try state(username).identity.value.value)
        let young = Identity(
            name: identity.name, number: try #require(PersonalIdentityNumber(twelveDigits: digits)),
            username: identity.username)
        let event = MemberEvent.profile(
            .identityCorrected(Sealed(young, .identity, of: id, createdBy: command)))
        _ = try await account.application.log.append(
            Append(
                command: command, actor: .operator, time: time.now,
                streams: [StreamAppend(StreamName(id), expected: .any, [event])]))
        try await catchUp()
    }

    func mails() async throws -> [CaughtMail.Mail] {
        let mails = try await account.mails()
        try account.mail.empty()
        return mails
    }

    /// The names of the events since a position, without their module's prefix.
    func events(after position: Int) throws -> [String] {
        try account.eventNames(after: position).map { String($0.drop { $0 != "." }.dropFirst()) }
    }
}

extension Browser {
    /// Opens a page and submits the last form on it.
    func fill(_ path: String, at action: String? = nil, _ fields: [String: String]) async throws -> Answer {
        _ = try await get(path)
        return try await post(action ?? path, fields)
    }
}

extension Applicant {
    static let greta = Applicant(email: "greta@example.se", username: "greta", number: "199002022383")
    static let astrid = Applicant(email: "astrid@example.se", username: "astrid", number: "197506129241")
}
