import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The acts of a member and of others about her, which leave her data in every place that can hold a member's data.
struct CanaryStory: Sendable {
    let joined: CanaryPlace
    let member: MemberID
    let other: MemberID
    let cases: [CaseID]
    let written: CanaryTexts
    let values: CanaryValues

    static func told(on site: CanarySite) async throws -> CanaryStory {
        let admin = try await site.join("Astrid Wennberg", "astrid", "astrid@example.se", "196105273269", "0380")
        try await site.application.accounts.grantRole(
            .administrator, to: admin, by: .operator, command: site.command())
        let other = try await site.join("Bo Annan", "bo-annan", "bo@example.se", "195906113187", "0180")
        let member = try await site.join(
            CanaryMember.name, CanaryMember.formerUsername, CanaryMember.formerEmail, CanaryMember.number, "0380")
        let joined = try site.place.copy()
        let life = CanaryDoings(site: site, member: member, other: other, admin: admin)
        try await life.changeDetails()
        try await life.askForCorrections()
        try await life.areJudged()
        let cases = try await life.ask()
        let written = try await life.write()
        let tokens = try await life.signIn()
        let account = try #require(try site.application.accounts.member(member).active)
        let hash = try #require(account.password?.value.value)
        let factor = try await life.setUpTwoFactor()
        return CanaryStory(
            joined: joined, member: member, other: other, cases: cases, written: written,
            values: CanaryValues(texts: texts(passwordHash: hash.phc).merging(factor) { $1 }, secrets: tokens))
    }

    private static func texts(passwordHash: String) -> [String: String] {
        var texts: [String: String] = [:]
        for field in PersonalField.allCases {
            for value in CanaryMember.values(of: field) { texts["\(field.rawValue): \(value)"] = value }
        }
        texts["\(PersonalField.passwordHash.rawValue)"] = passwordHash
        for value in CanaryMember.neverWritten { texts["never written: \(value)"] = value }
        return texts
    }

    /// Closes the account through the page, with the form's proposed choices.
    /// - Returns: the path of the future receipt.
    func leave(_ site: CanarySite, _ texts: TextsChoice) async throws -> String {
        let receipt = Guarded("")
        try await site.browsing { client in
            let browser = Browser(client)
            let asked = try await browser.signIn(CanaryMember.email, CanaryMember.password)
            let factor = try #require(
                try site.application.accounts.member(member).active?.twoFactor?.secret.value.value)
            #expect(
                try await browser.enter(factor, at: site.time.now.advanced(seconds: 30), after: asked).location == "/")
            let page = try await browser.get("/avsluta-konto")
            let proposed = page.text.matches(of: /name="radera" value="([^"]+)" checked/).map { "\($0.1)" }
            #expect(!proposed.contains("post:\(written.plain)"))
            #expect(!proposed.contains("message:\(written.plainMessage)"))
            var fields = [("inlagg", texts.rawValue), ("password", CanaryMember.password)]
            fields += proposed.map { ("radera", $0) }
            let form = fields.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
            let goodbye = try await browser.post(
                "/avsluta-konto", raw: Array((browser.hiddenFields + "&" + form).utf8))
            #expect(goodbye.status == 200)
            let path = try #require(goodbye.text.firstMatch(of: /\/kvitto\/[A-Za-z0-9_-]{43}/)).0
            receipt.update { $0 = String(path) }
        }
        await site.mailWorker.work()
        #expect(try site.mail.mails().last?.to == "<\(CanaryMember.email)>")
        site.time.advance(by: Period(days: 335))
        #expect(try await site.application.accounts.announcePurge(of: member))
        await site.waitForViews()
        await site.mailWorker.work()
        return receipt.value
    }
}

extension CanarySite {
    func join(_ name: String, _ username: String, _ email: String, _ number: String, _ municipality: String)
        async throws -> MemberID
    {
        var form = SignUpForm(
            username, name: name, email: email, number: number, municipality: municipality,
            password: CanaryMember.password)
        form.wantsNewsletter = true
        let member = try await application.accounts.join(form, at: time.now)
        await waitForViews()
        return member
    }
}
