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

@Suite(.clause("P-15.1")) struct `Choosing mails` {
    private let asBefore = [
        "private-message": "unset", "reply": "unset", "mention": "unset", "quote": "unset", "watched": "unset",
        "newsletter": "no",
    ]

    private func choose(_ browser: Browser, _ fields: [String: String]) async throws -> Browser.Answer {
        try await browser.fill("/sajtinstallningar", asBefore.merging(fields) { $1 })
    }

    @Test(.clause("P-15.2")) func `begins without a choice, and says what then holds by the policy in force`()
        async throws
    {
        try await SettingsSite.visited { site async throws in
            let page = try await site.browser().get("/sajtinstallningar")
            #expect(page.text.ranges(of: "value=\"unset\" checked").count == MailKind.allCases.count)
            let standard = { (kind: String) in
                "Privata meddelanden till dig: </span>Standard (\(kind))"
            }
            #expect(page.contains(standard("ja")) && !page.contains(standard("nej")))
            #expect(page.contains("Svar i dina trådar: </span>Standard (nej)"))
            #expect(page.text.ranges(of: "<table").count == 1, "one table, with headings of columns and rows")
            #expect(page.text.ranges(of: "<th scope=\"row\"").count == MailKind.allCases.count)
            #expect(page.text.ranges(of: "<th scope=\"col\"").count == 5)
            #expect(page.contains("Mejl som vi skickar ändå") && page.contains("Säkerhet"))
            #expect(try site.accounts.mayMail(.privateMessage, to: site.moa))
            #expect(try !site.accounts.mayMail(.reply, to: site.moa))
            #expect(try !site.accounts.mayMailNewsletter(to: site.moa), "unset never means advertising")
        }
    }

    @Test func `has a state for each kind, and only what changes is an event`() async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            #expect(try await choose(browser, [:]).location == "/sajtinstallningar?klart=ja")
            #expect(site.account.head == before)
            for choice in ["yes", "daily", "no", "unset"] {
                _ = try await choose(browser, ["mention": choice])
                #expect(try site.state().choice(of: .mention).rawValue == choice)
            }
            #expect(try site.events(after: before) == Array(repeating: "mail-choice-set", count: 4))
            _ = try await choose(browser, ["newsletter": "yes"])
            #expect(try site.state().newsletter == NewsletterAnswer(isYes: true, form: NewsletterWording.hash))
            #expect(try await browser.get("/installningar").contains(NewsletterWording.question))
            #expect(try site.accounts.mayMailNewsletter(to: site.moa))
        }
    }

    @Test func `what was queued before the no is not sent`() async throws {
        try await SettingsSite.visited { site async throws in
            let writer = site.account.worker.writer
            #expect(try writer.isWanted(.privateMessage, by: site.moa), "queued now")
            _ = try await choose(site.browser(), ["private-message": "no"])
            #expect(try !writer.isWanted(.privateMessage, by: site.moa), "asked again when it is sent")
            #expect(try writer.isWanted(nil, by: site.moa), "what cannot be switched off")
        }
    }

    @Test(.clause("P-15.2")) func `nothing goes to an account that is closed, whatever was chosen`() async throws {
        try await SettingsSite.visited { site async throws in
            _ = try await choose(site.browser(), ["private-message": "yes", "newsletter": "yes"])
            let moa = try site.moa
            try await site.accounts.close(
                moa, password: EnteredPassword(AccountSite.password), texts: .anonymise, marked: [],
                command: CommandID(at: site.time.now))
            #expect(try !site.accounts.mayMail(.privateMessage, to: moa))
            #expect(try !site.accounts.mayMailNewsletter(to: moa))
        }
    }

    @Test(arguments: ["", "ja", "YES", "unset ", "<b>"])
    func `anything but a choice is refused at the question`(choice: String) async throws {
        try await SettingsSite.visited { site async throws in
            let browser = try await site.browser()
            let before = site.account.head
            let page = try await choose(browser, ["reply": choice])
            #expect(page.status == 422 && page.contains("id=\"reply-error\""))
            #expect(site.account.head == before)
            let letter = try await choose(browser, ["newsletter": choice])
            #expect(letter.status == (choice.isEmpty ? 303 : 422))
        }
    }
}
