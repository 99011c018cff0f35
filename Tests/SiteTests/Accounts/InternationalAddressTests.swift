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

@Suite struct `An internationalised address` {
    private static let spelled = "anna@räksmörgås.example"
    private static let ascii = "anna@xn--rksmrgs-5wao1o.example"

    private static func anna(_ email: String, _ username: String = "anna", number: String = "19880917-2391")
        -> Applicant
    {
        Applicant(email: email, username: username, number: number)
    }

    @Test(arguments: [(spelled, ascii), (ascii, spelled)])
    func `is one mailbox with one account, and signs in however it is spelled`(first: String, second: String)
        async throws
    {
        try await AccountSite.visited { site, client async throws in
            try await site.join(Self.anna(first), with: client)
            let other = Browser(client)
            _ = try await other.register(Self.anna(second, "annan", number: "198002222399"))
            if let link = try await site.mails().compactMap({ $0.link("/bekrafta/") }).last {
                _ = try await other.get(link)
                #expect(try await !other.post(link, [:]).contains("Välkommen som medlem"), "no second account")
            }
            #expect(try site.application.accounts.find(Username("annan")) == nil)
            for identifier in [first, second, "ANNA@RÄKSMÖRGÅS.EXAMPLE"] {
                #expect(try await Browser(client).signIn(identifier).status == 303, "\(identifier)")
            }
            try site.mail.empty()
            let forgetful = Browser(client)
            _ = try await forgetful.get("/glomt-losenord")
            _ = try await forgetful.post("/glomt-losenord", ["email": second])
            let mails = try await site.mails()
            #expect(mails.count == 1 && mails.first?.link("/nytt-losenord/") != nil)
        }
    }

    @Test func `is found under the claim that earlier versions made`() async throws {
        let temporary = try TemporarySite()
        let log = try EventLog(temporary.files)
        let owner = Owner(MemberID(rawValue: 7))
        let former = Claim(.email, Self.spelled)
        func change(_ claim: ClaimChange) async throws {
            _ = try await log.append(
                Append(
                    command: CommandID(at: .testStart), actor: .system, time: .testStart, streams: [], claims: [claim]))
        }
        try await change(.take(former, owner))
        let now = try EmailAddress(Self.ascii).claim
        #expect(try log.holder(of: now) == owner)
        await #expect(throws: AppendFailure.claimTaken(.email, holder: owner)) {
            try await change(.take(now, Owner(MemberID(rawValue: 8))))
        }
        try await change(.release(now, owner))
        #expect(try log.holder(of: former) == nil)
        await log.close()
    }
}
