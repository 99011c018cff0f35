import Accounts
import Events
import Forum
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-18.2")) struct `A member of staff who decides about reports` {
    private func notifications(_ site: ModeratedSite, _ name: String) throws -> [NotificationList.Entry] {
        let member = try site.cases.member(name)
        return try site.application.views.notifications.of(
            member, page: 1, having: site.application.readMarkers(of: member)
        )
        .filter { $0.kind == .reportsWaiting }
    }

    private func worker(_ site: ModeratedSite) throws -> NotificationWorker {
        try NotificationWorker(application: site.application, site: site.cases.account.site)
    }

    private func mailed(_ site: ModeratedSite) async throws -> [String] {
        try await site.cases.mails().filter { $0.subject.contains("väntar på beslut") }.map(\.to).sorted()
    }

    private func count(_ site: ModeratedSite, _ name: String) throws -> Int {
        try site.application.signedInMember(site.cases.member(name))?.unread.reports ?? 0
    }

    @Test func `has a count in the menu, of texts that wait for her`() async throws {
        try await ModeratedSite.visited { site async throws in
            for name in ["greta", "astrid", "moa"] { #expect(try count(site, name) == 0) }
            let id = try await site.report()
            _ = try await site.report(by: nil)
            for (name, expected) in [("greta", 1), ("astrid", 1), ("moa", 0), ("snickar-nisse", 0)] {
                #expect(try count(site, name) == expected, "\(name)")
            }
            let page = try await site.cases.browser(as: "greta").get("/forum")
            #expect(page.contains("data-count=\"reports\"><span>1</span>"))
            #expect(!(try await site.cases.browser(as: "moa").get("/forum").contains("data-count=\"reports\"")))
            _ = try await site.decide(id, .rejected, as: "greta")
            #expect(try count(site, "gun") == 0)
        }
    }

    @Test func `is told on the site, once until she has looked, and of nothing that concerns herself`() async throws {
        try await ModeratedSite.visited { site async throws in
            _ = try await site.report()
            _ = try await site.report(by: nil)
            #expect(try notifications(site, "greta").count == 1 && notifications(site, "moa").isEmpty)
            let greta = try await site.cases.browser(as: "greta")
            let position = try #require(try notifications(site, "greta").first?.position)
            #expect(try await greta.get("/aviseringar").contains("Något är anmält och väntar på beslut"))
            #expect(try await greta.get("/aviseringar/\(position)").location == "/admin/ko")
            #expect(try notifications(site, "greta").allSatisfy(\.isRead))
            // A report about herself is neither notified nor counted.
            let about = try await site.cases.open(.report(.abuse, .member(site.greta)), by: site.cases.member("moa"))
            #expect(try notifications(site, "greta").count == 1)
            #expect(try notifications(site, "gun").count == 1, "she has not looked yet")
            _ = about
        }
    }

    @Test func `finds no notification of what others have decided since`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.report()
            #expect(try notifications(site, "gun").map(\.isRead) == [false])
            _ = try await site.decide(id, .rejected, as: "greta")
            #expect(try notifications(site, "gun").map(\.isRead) == [true])
        }
    }

    @Test func `has one mail for a flood, and another when a pause is over and more has come`() async throws {
        try await ModeratedSite.visited { site async throws in
            let worker = try worker(site)
            for _ in 1...5 { _ = try await site.report(by: nil) }
            for _ in 1...3 {
                await worker.work()
                _ = try await site.cases.open(.report(.spam, .page), by: nil)
            }
            await worker.work()
            let everybody = ["<astrid@example.se>", "<greta@example.se>", "<gun@example.se>"]
            #expect(try await mailed(site) == everybody)
            site.cases.time.advance(seconds: ReportMails.pause)
            await worker.work()
            #expect(try await mailed(site) == everybody)
            site.cases.time.advance(seconds: 2 * ReportMails.pause)
            await worker.work()
            #expect(try await mailed(site).isEmpty, "nothing new has come")
        }
    }

    @Test func `has no mail of what was decided before it went, nor of her own matter`() async throws {
        try await ModeratedSite.visited { site async throws in
            let worker = try worker(site)
            let id = try await site.report(by: "gun")
            await worker.work()
            #expect(try await mailed(site) == ["<astrid@example.se>", "<greta@example.se>"])
            _ = try await site.decide(id, .rejected, as: "greta")
            site.cases.time.advance(seconds: ReportMails.pause)
            let second = try await site.report(.spam)
            await worker.work()
            _ = try await site.decide(second, .rejected, as: "greta")
            #expect(try await mailed(site).isEmpty)
        }
    }

    @Test func `hears of an appeal against another's decision, not against her own`() async throws {
        try await ModeratedSite.visited { site async throws in
            let id = try await site.remove()
            try await site.appeal(id)
            #expect(try count(site, "gun") == 1 && count(site, "greta") == 0)
            #expect(try notifications(site, "gun").count == 1 && notifications(site, "greta").isEmpty)
        }
    }

    @Test func `keeps no notification when the role is gone`() async throws {
        try await ModeratedSite.visited { site async throws in
            _ = try await site.report()
            try await site.application.accounts.revokeRole(
                .moderator, from: site.greta, by: .operator, command: site.cases.nextCommand())
            try await site.cases.catchUp()
            #expect(try notifications(site, "greta").isEmpty)
        }
    }
}
