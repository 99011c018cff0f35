import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import Processes
@testable import Site

extension LeavingSite {
    /// Runs the site's hourly retention job.
    func run() async throws -> RetentionRun {
        await waitForViews()
        let run = try await application.retention(of: accounts.site, confirmation: accounts.worker.confirmation).run()
        await waitForViews()
        return run
    }

    func memberID(of email: String) throws -> String? {
        try application.accounts.holder(ofExactly: email, today: time.now.stockholmDate)?.description
    }

    /// Publishes a later version of the policy, in force from the next day, and sets the clock to that day.
    func publishPolicy(replacing rules: [String: String]) async throws {
        let day = Period(days: 1)
        let version = time.now.adding(day).stockholmDate.description
        let first = try PolicyDocument.first()
        var json = first.rules.json.replacing("\"version\":\"2019-08-18\"", with: "\"version\":\"\(version)\"")
        for (old, new) in rules {
            #expect(json.contains(old))
            json = json.replacing(old, with: new)
        }
        try await application.accounts.publish(
            try PolicyDocument(text: first.text.markdown, rules: json, directory: "test/"), by: .operator,
            command: command())
        time.advance(by: day)
        try await application.accounts.bringVersionsIntoForce()
    }
}
