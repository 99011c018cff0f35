import Events
import Foundation
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// An authenticator app that holds the secret of a second factor.
struct AuthenticatorApp: Sendable {
    let secret: TOTPSecret

    /// - Parameter away: the number of time steps the app's clock is ahead.
    func code(at time: Instant, _ away: Int = 0) -> String { secret.code(at: TOTPSecret.step(at: time) + away) }
}

extension LeavingSite {
    /// Sets up a second factor through the pages.
    /// - Returns: the app and the recovery codes.
    func setUpTwoFactor(_ browser: Browser) async throws -> (app: AuthenticatorApp, codes: [String]) {
        _ = try await browser.get("/installningar/inloggning/tva-steg")
        let page = try await browser.post("/installningar/inloggning/tva-steg", ["password": AccountSite.password])
        let app = try page.app
        let done = try await browser.post(
            "/installningar/inloggning/tva-steg/bekrafta",
            ["uppsattning": try page.hidden("uppsattning"), "kod": app.code(at: time.now)])
        #expect(done.status == 200 && done.contains("Tvåstegsinloggning är påslagen"))
        return (app, done.recoveryCodes)
    }

    /// The code of the app's next time step, for use after the current one was consumed.
    func nextCode(_ app: AuthenticatorApp) -> String {
        time.advance(seconds: 30)
        return app.code(at: time.now)
    }

    /// The subjects of the mails to an address.
    func subjects(to address: String) async throws -> [String] {
        try await accounts.mails().filter { $0.to == "<\(address)>" }.map(\.subject)
    }
}

extension Browser {
    /// Submits a code on the page that asks for it.
    func enter(_ code: String, after page: Answer) async throws -> Answer {
        try await post("/logga-in/kod", ["inloggning": try page.hidden("inloggning"), "kod": code])
    }

    func enter(_ secret: TOTPSecret, at time: Instant, after page: Answer) async throws -> Answer {
        try await enter(secret.code(at: TOTPSecret.step(at: time)), after: page)
    }
}

extension Browser.Answer {
    /// The value of a hidden field.
    func hidden(_ name: String) throws -> String {
        let start = "name=\"\(name)\" value=\""
        let range = try #require(text.ranges(of: start).last, "no field \(name)")
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }

    /// An app set up with the key on the page.
    var app: AuthenticatorApp {
        get throws {
            let key = try #require(text.firstMatch(of: /<code>([A-Z2-7 ]{32,})<\/code>/)).1.replacing(" ", with: "")
            return AuthenticatorApp(secret: try #require(TOTPSecret(base32: String(key))))
        }
    }

    var recoveryCodes: [String] {
        text.matches(of: /<code>([0-9]{4}(?:-[0-9]{4}){4})<\/code>/).map { String($0.1) }
    }
}
