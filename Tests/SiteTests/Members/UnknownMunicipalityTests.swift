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
@testable import SiteTestkit
@testable import Web

/// "Uppgift saknas" has everyday reasons, and marks nobody (P-07.1, P-11.1).
@Suite(.clause("P-11.1"), .clause("P-07.1")) struct `A municipality that is not shown` {
    private func member(
        _ username: String, _ number: Int, on site: ForumSite, change: (inout SignUpForm) -> Void
    ) async throws -> MemberID {
        var form = SignUpForm(
            username, number: try AgencyNumbers.adults[100 + number], municipality: "2262",
            password: ForumSite.password)
        change(&form)
        return try await site.application.accounts.join(form, at: site.time.now)
    }

    /// Members who never gave theirs, took it away, signed up with a protected identity, or asked for one later.
    private func unknown(on site: ForumSite) async throws -> [MemberID] {
        let accounts = site.application.accounts
        let silent = try await member("person-a", 1, on: site) { $0.municipality = "" }
        let moved = try await member("person-b", 2, on: site) { _ in }
        try await accounts.withdrawMunicipality(of: moved, command: site.command())
        let protected = try await member("person-c", 3, on: site) { $0.hasProtectedIdentity = true }
        let later = try await member("person-d", 4, on: site) { _ in }
        try await accounts.setIdentityProtection(
            of: later, to: .protected, by: .member(later), command: site.command())
        await site.waitForViews()
        return [silent, moved, protected, later]
    }

    /// The page without the parts that name one member.
    private func plain(_ page: String, of id: MemberID) -> String {
        page.replacing("\(id)", with: "ID").replacing(/person-./, with: "NAME")
            .replacing(/class="avatar[^"]*"/, with: "AVATAR").replacing(/name="csrf" value="[^"]*"/, with: "CSRF")
            .replacing(/name="command" value="[^"]*"/, with: "COMMAND")
    }

    @Test func `looks the same on the profile, whatever the reason`() async throws {
        try await ForumSite.visited { site, client async throws in
            let members = try await unknown(on: site)
            let browser = try await site.browser(client, as: try await site.member("moa"))
            var pages: Set<String> = []
            for id in members {
                let page = try await browser.get("/medlem/\(id)")
                #expect(page.status == 200 && page.contains("Uppgift saknas") && !page.contains("Timrå"))
                pages.insert(plain(page.text, of: id))
            }
            #expect(pages.count == 1)
        }
    }

    @Test func `looks the same in the directory and the search, and is found by no filter`() async throws {
        try await ForumSite.visited { site, client async throws in
            let members = try await unknown(on: site)
            let browser = try await site.browser(client, as: try await site.member("moa"))
            var entries: Set<String> = []
            for (id, letter) in zip(members, ["a", "b", "c", "d"]) {
                let list = try await browser.get("/medlemmar?namn=person-\(letter)")
                #expect(list.contains("Uppgift saknas"))
                entries.insert(plain(list.text, of: id))
                #expect(try await browser.get("/sok?q=person-\(letter)").contains("\(id)"))
            }
            #expect(entries.count == 1)
            for query in ["kommun=2262", "lan=V%C3%A4sternorrland"] {
                #expect(!(try await browser.get("/medlemmar?\(query)")).contains("person-"))
            }
        }
    }

    @Test func `leaves the same row in the views`() async throws {
        try await ForumSite.visited { site, _ async throws in
            let members = try await unknown(on: site)
            let rows = try site.application.views.read { snapshot in
                try members.map { id in
                    try snapshot.members.profile(
                        id, from: Viewpoint(.member, in: .profile)
                    ).map { "\(String(describing: $0.entry.municipality)) \($0.showsAgeAndSex) \($0.entry.name ?? "")" }
                }
            }
            #expect(Set(rows).count == 1 && rows.first != .some(nil))
        }
    }

    @Test(.clause("P-06.1")) func `comes from the registration form's box, in one append without a municipality`()
        async throws
    {
        try await AccountSite.visited { site, client async throws in
            let page = try await Browser(client).get("/registrera")
            #expect(page.contains("skyddade personuppgifter, eller") && page.contains("name=\"protected-identity\""))
            let head = site.head
            let applicant = Applicant.moa.with("protected-identity", "ja").with("register-lookup", "ja")
            #expect(try await Browser(client).register(applicant).status == 200)
            let events = try site.application.log.events(after: head, limit: 20)
            #expect(events.contains { $0.type.name == "accounts.handling-set" })
            #expect(Set(events.map(\.command)).count == 1)
            for name in ["accounts.municipality-declared", "accounts.consent-given"] {
                #expect(!events.contains { $0.type.name == name })
            }
        }
    }

    @Test func `is hidden when the box is ticked in a form that was sent before`() async throws {
        try await AccountSite.visited { site, client async throws in
            let browser = Browser(client)
            _ = try await browser.get("/registrera")
            #expect(try await browser.post("/registrera", Applicant.moa.fields).status == 200)
            let again = Applicant.moa.with("protected-identity", "ja")
            #expect(try await browser.post("/registrera", again.fields).status == 200)
            #expect(try site.eventNames().filter { $0 == "accounts.handling-set" }.count == 1)
        }
    }

    @Test func `is not needed to become a member, and the form keeps what was chosen`() async throws {
        try await AccountSite.visited { site, client async throws in
            #expect(try await Browser(client).register(.moa.with("kommun", nil)).status == 200)
            let refused = try await Browser(client).register(
                .nils.with("protected-identity", "ja").with("password", "kort"))
            #expect(refused.status == 422)
            #expect(refused.text.contains(/name="protected-identity"[^>]* checked/))
        }
    }
}
