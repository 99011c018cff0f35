import Accounts
import Events
import HummingbirdTesting
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Projections
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-10.1")) struct `Holding data for an investigation` {
    @Test func `a hold stands in no timeline until it is lifted, and only two roles know of it`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            let path = "/admin/medlem/\(id)/bevara"
            _ = try await nils.get(path)
            #expect(try await nils.post(path, [:]).status == 422)
            #expect(try await nils.post(path, site.hold(day: 30)).location == path)
            try await site.confirmAtShell(id)
            let position = site.accounts.head
            #expect(
                try site.events(after: position - 2) == ["oversight.hold-proposed", "oversight.hold-confirmed"])
            #expect(try await nils.get(path).contains("Polisen 0105-K1-26"))
            #expect(
                !(try await nils.get("/revision/granskningslogg").contains(
                    "<td>Godkände att uppgifter ska bevaras</td>")))
            #expect(try await nils.get("/revision/handelse/\(position)").status == 404)
            #expect(try await nils.get("/revision/bevaranden").contains("moa"))
            #expect(try await moa.get("/revision/bevaranden").status == 403)
            #expect(try await moa.get(path).status == 403)

            _ = try await nils.get(path)
            #expect(try await nils.post(path, ["gor": "hav"]).location == path)
            let trail = try await nils.get("/revision/granskningslogg")
            #expect(trail.contains("<td>Godkände att uppgifter ska bevaras</td>"))
            #expect(trail.contains("<td>Hävde ett bevarande av uppgifter</td>"))
            #expect(try await nils.get("/revision/handelse/\(position)").status == 200)
            #expect(!(try await nils.get("/revision/bevaranden").contains("moa")))
        }
    }

    @Test func `takes a second administrator, who finds the proposal, or the operator where there is none`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            let astrid = try await site.join(.astrid)
            let id = try site.id("moa")
            let path = "/admin/medlem/\(id)/bevara"
            _ = try await nils.get(path)
            #expect(try await nils.post(path, site.hold(day: 30)).location == path)
            let alone = try await nils.get(path)
            let proposal = try alone.hidden("forslag")
            #expect(alone.contains("mikroforetag holds confirm \(proposal)"))
            #expect(try await nils.post(path, ["gor": "godkann", "forslag": proposal]).status == 409)
            #expect(try site.application.accounts.hold(on: id) == .inactive)

            try await site.application.accounts.grantRole(
                .administrator, to: site.id("astrid"), by: .operator, command: site.command())
            await site.waitForViews()
            #expect(!(try await nils.get(path).contains("holds confirm")))
            #expect(try await astrid.get("/admin").contains("ett förslag väntar på dig"))
            #expect(try await nils.get("/admin").contains("inget förslag väntar på dig"))
            #expect(try await astrid.get("/revision/bevaranden").contains("Väntar på godkännande"))
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["gor": "godkann", "forslag": proposal]).location == path)
            #expect(try site.application.accounts.hold(on: id) != .inactive)
            _ = try await astrid.get(path)
            #expect(try await astrid.post(path, ["gor": "godkann", "forslag": proposal]).status == 409)
        }
    }

    @Test func `a day that has been or is more than a year ahead is refused, and nothing that was typed is lost`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            _ = try await site.join(.moa)
            let path = "/admin/medlem/\(try site.id("moa"))/bevara"
            _ = try await nils.get(path)
            for day in [-1, 367] {
                let refused = try await nils.post(path, site.hold(day: day))
                #expect(refused.status == 422 && refused.contains("högst ett år framåt"))
                #expect(refused.contains("value=\"Polisen 0105-K1-26\""))
            }
            #expect(try await nils.post(path, site.hold(day: 0)).location == path)
        }
    }

    @Test func `a secret one shows in nothing that the member sees, before or after what it defers was due`()
        async throws
    {
        try await LeavingSite.visited { site async throws in
            _ = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.application.accounts.placeHold(
                on: id, #require(HoldReference("Polisen 1")), isSecret: true, by: .operator, command: site.command())
            site.time.advance(by: Period(days: 190))
            _ = try await moa.signIn("moa")
            let signIns = try site.application.views.auditTrail.things(
                of: SignInKind.self, with: "accounts.signed-in.v", by: id)
            let records = try signIns.compactMap { try site.application.accounts.signInRecord($0) }
            #expect(records.map { $0.origin.value == nil } == [true, false])
            #expect(records.first?.detailsEnd != nil)
            let receipt = try await moa.get("/kvitto/\(SecretToken.random())")
            #expect(receipt.status == 404 && receipt.contains("inte klart än"))
        }
    }

    @Test func `the timeline shows no id of a former member whose data are viewed or under legal hold`() async throws {
        try await LeavingSite.visited { site async throws in
            let nils = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            try await site.application.accounts.view(
                id, for: .support, note: nil, by: site.id("snickar-nisse"), command: site.command())
            await site.waitForViews()
            #expect(
                try await nils.get("/revision/granskningslogg").contains("öppnade uppgifter <span class=\"hash\">\(id)")
            )
            try await site.leave(moa)
            #expect(!(try await nils.get("/revision/granskningslogg").contains("\(id)")))
        }
    }
}

extension LeavingSite {
    /// The form of a proposal for a secret hold that ends so many days ahead.
    fileprivate func hold(day: Int) -> [String: String] {
        let last = time.now.advanced(seconds: Double(day) * 86_400).stockholmDate
        return ["gor": "foresla", "referens": "Polisen 0105-K1-26", "hemligt": "ja", "till": last.description]
    }

    fileprivate func confirmAtShell(_ member: MemberID) async throws {
        let open = try #require(try application.accounts.holdRecord(of: member).openProposal(at: time.now))
        try await application.accounts.confirmHold(on: member, open.id, by: .operator, command: command())
        await waitForViews()
    }
}
