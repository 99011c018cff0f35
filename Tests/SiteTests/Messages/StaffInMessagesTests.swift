import Accounts
import Events
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Somebody of the staff who writes a private message` {
    @Test(arguments: [(Role.moderator, "Moderator"), (.administrator, "Administratör")])
    func `is known by the role next to the name, in the list, the conversation, the search and the directory`(
        role: Role, word: String
    ) async throws {
        try await Correspondents.meet { they async throws in
            // At least one administrator must remain.
            try await they.application.accounts.grantRole(
                .administrator, to: they.evaID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            let conversation = try await they.begin(they.moa, to: "snickar-nisse", "Hej från en rabarber")
            let tag = "<span class=\"tag\">\(word)</span>"
            for page in [conversation, "/meddelanden"] {
                #expect(try await !they.nils.get(page).contains(word), "\(page)")
            }
            try await they.application.accounts.grantRole(
                role, to: they.moaID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            let read = try await they.nils.get(conversation)
            #expect(read.text.ranges(of: tag).count == 1)
            #expect(read.contains("Samtal med moa (\(word.lowercased()))"))
            let list = try await they.nils.get("/meddelanden")
            #expect(
                list.text.ranges(of: "moa (\(word.lowercased()))").count == 2, "in the title, and as who wrote last")
            #expect(try await they.nils.get("/meddelanden?q=rabarber").contains("moa (\(word.lowercased()))"))
            #expect(try await they.nils.get("/medlemmar").contains("moa</a> \(tag)"))
            // A reader's own staff tag is not shown to her.
            #expect(try await !they.moa.get(conversation).contains(tag))
            try await they.application.accounts.revokeRole(
                role, from: they.moaID, by: .operator, command: they.site.command())
            await they.site.waitForViews()
            #expect(try await !they.nils.get(conversation).contains(tag))
        }
    }

    @Test func `cannot be imitated by a name`() async throws {
        try await Correspondents.meet { they async throws in
            try await they.application.accounts.grantRole(
                .moderator, to: they.moaID, by: .operator, command: they.site.command())
            for name in ["moa.", "mōa", "m0a", "moa(moderator)", "moderatorn"] {
                _ = try await they.nils.get("/installningar/anvandarnamn")
                let answer = try await they.nils.post("/installningar/anvandarnamn", ["username": name])
                #expect(answer.status == 422 && answer.contains("id=\"username-error\""), "\(name)")
                #expect(answer.contains("value=\"\(name)\""), "what was typed stays")
                let browser = they.site.browser
                let form = Applicant(email: "ny@example.se", username: name, number: "19610527-3269")
                let register = try await browser.register(form)
                #expect(register.status == 422 && register.contains("id=\"username-error\""), "\(name)")
            }
            let titled = Applicant(email: "ny@example.se", username: "lina").with("name", "Lina Administratör")
            let answer = try await they.site.browser.register(titled)
            #expect(answer.status == 422 && answer.contains("id=\"name-error\""))
        }
    }
}
