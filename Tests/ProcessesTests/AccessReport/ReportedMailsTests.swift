import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-17.1")) struct `Mails in the access report` {
    @Test func `are those that were sent to her, with kind, time and outcome`() async throws {
        try await MailSite.visited { site async throws in
            try await site.askForPassword()
            await site.work()
            let moa = try site.member("moa")
            let files = OperationalRecords(of: site.account.site.stores)
            let report = try site.application.views.read {
                try AccessReport(of: moa, in: site.application, files, views: $0)
            }
            let json = String(decoding: report.record.json, as: UTF8.self)
            #expect(json.contains("\"mails\": ["))
            #expect(json.contains("\"kind\": \"new-password\"") && json.contains("\"kind\": \"confirm-address\""))
            #expect(json.contains("\"outcome\": \"handed-over\""))
        }
    }
}
