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

@Suite(.clause("P-16.3")) struct `The retention engine` {
    /// Closing days and the number of days until their purge: an ordinary year, one with a leap day in it, one that begins on the leap
    /// day.
    static let years = [("2026-03-10", 365), ("2027-03-01", 366), ("2028-02-29", 365)]

    @Test(arguments: years)
    func `erases when the year is out, and not a second sooner: until then everything comes back`(
        closed: String, days: Int
    ) async throws {
        let opened = try #require(Instant("\(closed)T11:00:00Z"))
        try await LeavingSite.visited(opened: opened) { site async throws in
            let (moa, nils) = (try await site.join(.moa), try await site.join(.nils))
            let (moaID, nilsID) = (try site.id("moa"), try site.id("snickar-nisse"))
            try await site.leave(moa)
            try await site.leave(nils)
            let end = opened.advanced(seconds: Double(days) * 86_400)
            site.time.set(end.advanced(seconds: -29.5 * 86_400))
            #expect(try await site.run().done[.purgeNotice] == 2)
            site.time.set(end.advanced(seconds: -86_400))
            #expect(try await site.run().done[.closedAccount] == nil)
            site.time.set(end.advanced(seconds: -1))
            #expect(try await site.run().done[.closedAccount] == nil)
            try await site.application.accounts.restore(moaID, accepting: nil, command: site.command())
            site.time.set(end)
            #expect(try site.application.retention.due().map(\.id) == [nilsID.description])
            #expect(try site.application.retention.due().map(\.due) == [end])
            #expect(try await site.run().done == [.closedAccount: 1])
            #expect(try site.application.accounts.member(moaID).active != nil)
            guard case .purged = try site.application.accounts.member(nilsID) else {
                Issue.record("not purged")
                return
            }
            #expect(try await site.run().done.isEmpty)
        }
    }

    @Test func `follows a later policy that shortens the year, and none that lengthens it`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let closed = site.time.now
            try await site.leave(moa)
            try await site.publishPolicy(replacing: ["\"closedAccount\":\"P1Y\"": "\"closedAccount\":\"P3Y\""])
            site.time.set(closed.adding(try #require(Period("P6M"))))
            #expect(try await site.run().done.isEmpty)
            try await site.publishPolicy(replacing: ["\"closedAccount\":\"P1Y\"": "\"closedAccount\":\"P6M\""])
            // Six months have passed already, so it is due at once.
            #expect(try await site.run().done == [.closedAccount: 1])
        }
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let closed = site.time.now
            try await site.leave(moa)
            try await site.publishPolicy(replacing: ["\"closedAccount\":\"P1Y\"": "\"closedAccount\":\"P3Y\""])
            try await site.time.advance(
                by: Period(days: 336), reminding: [site.id("moa")], by: site.application.accounts)
            site.time.set(closed.adding(try #require(Period("P1Y"))))
            #expect(try await site.run().done == [.closedAccount: 1])
        }
    }

    @Test(.clause("P-06.1")) func `ends a sign-up that nobody has confirmed for seven days`() async throws {
        try await LeavingSite.visited { site async throws in
            let browser = site.browser
            #expect(try await browser.register(.moa).status == 200)
            let link = try #require(try await site.accounts.mails().last?.link("/bekrafta/"))
            site.time.advance(seconds: 7 * 86_400 - 1)
            #expect(try await site.run().done.isEmpty)
            site.time.advance(seconds: 1)
            let head = site.accounts.head
            #expect(try await site.run().done == [.unconfirmedSignUp: 1])
            #expect(try site.events(after: head) == ["accounts.sign-up-lapsed", "erasure.fenced"])
            #expect(try await site.browser.get(link).status != 200)
            #expect(try await site.run().done.isEmpty)
        }
    }

    @Test func `does after a month of standstill what has become due, once, and reminds before it erases`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            _ = try await site.browser.register(.nils)
            _ = try await site.accounts.mails()
            let link = try #require(try await site.mail(to: "moa@example.se").link("/aterskapa/"))
            try site.accounts.mail.empty()
            site.time.advance(by: try #require(Period("P13M")))
            // The account can no longer be restored, whether or not the job has run.
            #expect(try await site.browser.get(link).status == 410)
            let run = try await site.run()
            #expect(run.done == [.unconfirmedSignUp: 1, .purgeNotice: 1] && run.failed.isEmpty)
            let head = site.accounts.head
            #expect(try await site.run().done.isEmpty)
            #expect(site.accounts.head == head)
            let reminder = try #require(try await site.accounts.mails().first)
            #expect(reminder.subject == "Snart raderas dina uppgifter" && reminder.body.contains("redan ute"))
            try site.accounts.mail.empty()
            site.time.advance(by: try #require(Period("P30D")))
            #expect(try await site.run().done == [.closedAccount: 1])
            #expect(try await site.accounts.mails().map(\.subject) == ["Dina uppgifter är raderade"])
        }
    }

    @Test(.clause("P-10.1")) func `leaves alone what an authority holds, and nobody else for its sake`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let accounts = site.application.accounts
            try await accounts.requestEmailChange(
                of: id, to: EmailAddress("moa.ny@example.se"), command: site.command())
            try await accounts.confirmEmailChange(of: id, linkMadeAt: site.time.now, command: site.command())
            let reference = try #require(HoldReference("K-1"))
            try await accounts.placeHold(on: id, reference, isSecret: true, by: .operator, command: site.command())
            // The addresses of sign-ins and the former e-mail address are kept as well.
            site.time.advance(by: try #require(Period("P6M")))
            let addresses = try await site.application.log.subjects(of: Owner(id), [.email])
            #expect(try await site.run().done == [.previousEmail: 1])
            #expect(try accounts.member(id).account?.previousEmail == nil)
            #expect(try await site.application.log.subjects(of: Owner(id), [.email]) == addresses)
            _ = try await moa.signIn("moa")
            try await site.leave(moa)
            #expect(try await !site.application.log.subjects(of: Owner(id), [.signIn]).isEmpty)
            site.time.advance(seconds: 1)
            _ = try await site.accounts.mails()
            try site.accounts.mail.empty()
            let nils = try await site.join(.nils)
            try await site.leave(nils)
            let nilsID = try #require(try site.memberID(of: "nils@example.se"))
            try await site.time.advance(
                by: try #require(Period("P2Y")), reminding: [id, try #require(MemberID(nilsID))], by: accounts)
            #expect(try site.application.retention.due().map(\.id) == [nilsID])
            #expect(try await site.run().done == [.closedAccount: 1])
            #expect(try site.application.accounts.member(id).closing != nil)
            try await site.application.accounts.liftHold(on: id, by: .operator, command: site.command())
            #expect(try await site.run().done[.closedAccount] == 1)
            #expect(try site.application.accounts.member(id).closing == nil)
        }
    }

    @Test(.clause("P-10.1")) func `lists what can be erased before it counts, so that a hold stops nobody else's`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            _ = try await site.join(.moa)
            let moa = try site.id("moa")
            let reference = try #require(HoldReference("K-1"))
            site.time.advance(seconds: 60)
            _ = try await site.join(.nils)
            try await site.application.accounts.placeHold(
                on: moa, reference, isSecret: true, by: .operator, command: site.command())
            await site.waitForViews()
            let views = site.application.views
            #expect(try views.retention.retained(by: .signIn, limit: 1).map(\.id) == [moa.description])
            let nils = try site.id("snickar-nisse")
            #expect(try views.retention.erasable(by: .signIn, limit: 1).map(\.id) == [nils.description])
            site.time.advance(by: try #require(Period("P7M")))
            #expect(try await site.run().done[.signInDetails] == 1)
            #expect(try await site.application.log.subjects(of: Owner(moa), [.signIn]).count == 1)
            try await site.application.accounts.liftHold(on: moa, by: .operator, command: site.command())
            #expect(try await site.run().done[.signInDetails] == 1)
        }
    }

    @Test func `continues with the others when something cannot be done, and says so`() async throws {
        try await LeavingSite.visited { site async throws in
            let moa = try await site.join(.moa)
            try await site.leave(moa)
            let astrid = try await site.join(
                Applicant(email: "astrid@example.se", username: "astrid", number: "197801162392"))
            try await site.leave(astrid)
            _ = try await site.join(.nils)
            let nils = try site.id("snickar-nisse")
            let reasons = try #require(StatementOfReasons(rule: "T-04", facts: "Annonser"))
            let application = site.application
            try await application.accounts.deactivate(
                nils, until: site.time.now.advanced(seconds: 86_400), reasons, by: .operator, command: site.command())
            let leavers = [try site.id("moa"), try site.id("astrid")]
            try await site.time.advance(
                by: try #require(Period("P13M")), reminding: leavers, by: site.application.accounts)
            await site.waitForViews()
            struct Unreadable: Error {}
            let engine = RetentionEngine(
                accounts: application.accounts, forum: application.forum, messaging: application.messaging,
                log: application.log, views: application.views, clock: application.clock, confirmation: .none,
                textsIdentifyingTheAuthor: { _ in throw Unreadable() })
            let run = try await engine.run()
            #expect(run.failed == [.deactivatedAccount: 1])
            #expect(run.done[.closedAccount] == 2)
            #expect(try await site.run().done[.deactivatedAccount] == 1)
        }
    }

    @Test func `and restoring in the same moment: exactly one wins, and the last mail goes only to an erased member`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let accounts = site.application.accounts
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.leave(moa)
            _ = try await site.accounts.mails()
            for round in 0..<12 {
                try site.accounts.mail.empty()
                let end = site.time.now.adding(try #require(Period("P1Y")))
                try await site.time.advance(by: try #require(Period("P1Y")), reminding: [id], by: accounts)
                // The administrator's machine is a second behind.
                let behind = Accounts(
                    log: site.application.log, hasher: PasswordHasher(cost: .quick),
                    clock: Clock { end.advanced(seconds: -1) })
                let command = CommandID(named: "restore \(round)", at: end)
                async let restored = Result { try await behind.restore(id, by: .operator, command: command) }
                async let purged = site.application.retention(confirmation: site.accounts.worker.confirmation).engine
                    .purge(
                        id)
                let (isRestored, isPurged) = (await restored.isSuccess, try await purged)
                #expect(isRestored != isPurged)
                #expect((try accounts.member(id).active != nil) == isRestored)
                let subjects = try site.accounts.mail.mails().map(\.subject)
                #expect(subjects == (isPurged ? ["Dina uppgifter är raderade"] : []))
                guard isRestored else { break }
                try await accounts.closeOnRequest(
                    of: id, erasing: [], by: .operator, command: CommandID(named: "close \(round)", at: end))
            }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }

    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
