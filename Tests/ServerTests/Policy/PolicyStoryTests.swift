import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import Server

@Suite(.clause("P-00.1"), .clause("P-01.3")) struct `Four years under three versions of the policy` {
    @Test func `are lived as each version promises`() async throws {
        let kept = Guarded<[PolicyStory.Moment: PolicyStory.Kept]>([:])
        try await PolicyStory.tell { story, moment async throws in
            try await check(story, moment, kept.value)
            kept.update { $0[moment.moment] = moment }
        }
        let moments = kept.value
        #expect(moments.count == PolicyStory.Moment.allCases.count)
        #expect(moments[.rebuilt]?.directory == moments[.shownAgain]?.directory, "rebuilt equals followed")
    }

    private func check(
        _ story: PolicyStory, _ now: PolicyStory.Kept, _ earlier: [PolicyStory.Moment: PolicyStory.Kept]
    ) async throws {
        let accounts = story.community.accounts
        let (moa, eva, berit) = (try story.id("moa"), try story.id("eva-b"), try story.id("berit"))
        let moaIsAsked = try accounts.mustAcceptTexts(moa)
        switch now.moment {
        case .joined: #expect(now.directory.count == 5 && now.policy.description == "2019-08-18")
        case .shown:
            #expect(now.directory.filter { $0.hasSuffix("age and sex") }.count == 2)
            #expect(now.directory.contains { $0.hasPrefix("olle · Olle Ek") })
        case .minorAnnounced:
            #expect(now.policy.description == "2019-08-18")
            #expect(try await story.site.browser.get("/integritetspolicy").contains("börjar gälla den 1 februari 2027"))
        case .minorInForce:
            #expect(now.policy.description == "2027-02-01")
            #expect(try inForceTimes(story).last == now.policy.startInStockholm, "dated as due, not as done")
            #expect(now.generation == earlier[.shown]?.generation, "nothing is shown otherwise")
            #expect(!moaIsAsked)
        case .closed: #expect(now.directory.count == 4)
        case .hidden: #expect(now.directory.contains { $0.hasPrefix("olle · –") })
        case .majorAnnounced:
            #expect(now.policy.description == "2027-02-01")
            let mails = try await story.site.accounts.mails()
            for subject in ["Integritetspolicyn ändras den 1 mars 2028", "Medlemsvillkoren ändras den 1 mars 2028"] {
                #expect(mails.filter { $0.subject == subject }.count == 4, "each present member, and nobody who left")
            }
            #expect(!moaIsAsked)
        case .majorInForce:
            #expect(now.policy.description == "2028-03-01")
            #expect(try inForceTimes(story).last == now.policy.startInStockholm)
            #expect(!now.directory.contains { $0.hasSuffix("age and sex") })
            #expect(now.generation > earlier[.majorAnnounced]?.generation ?? .max, "the rows were made anew")
            guard case .purged = try accounts.member(berit) else {
                Issue.record("six months are over, and a year is promised no more")
                return
            }
            #expect(moaIsAsked)
        case .accepted:
            #expect(!moaIsAsked)
            let ledger = try accounts.consentLedger(of: moa).entries
            #expect(ledger.filter { $0.matter == .policy(now.policy) && $0.isYes && !$0.isFromRegistration }.count == 1)
        case .declined:
            #expect(try accounts.member(eva).closing != nil)
            #expect(try accounts.consentLedger(of: eva).entries.allSatisfy { $0.matter != .policy(now.policy) })
        case .shownAgain: #expect(now.directory.contains { $0.hasPrefix("olle · Olle Ek") })
        case .rebuilt: #expect(now.generation > earlier[.shownAgain]?.generation ?? .max)
        case .purged:
            guard case .purged = try accounts.member(eva) else {
                Issue.record("six months after she left nothing is left of her")
                return
            }
        case .ended:
            #expect(now.directory.count == 3)
            let archive = try TextArchive(.policy, in: accounts, at: now.time)
            #expect(archive.versions.count == 3)
            for (old, new) in [
                ("2019-08-18", "2028-03-01"), ("2027-02-01", "2028-03-01"), ("2028-03-01", "2019-08-18"),
            ] {
                let page = try await story.site.browser.get("/integritetspolicy/andringar?fran=\(old)&till=\(new)")
                #expect(page.status == 200 && page.contains("<ins>") && page.contains("P-11.2"), "\(old) \(new)")
            }
            #expect(try await story.site.browser.get("/medlemsvillkor/andringar").contains("sex månader"))
        }
    }

    /// When each version of the policy came into force, by the log.
    private func inForceTimes(_ story: PolicyStory) throws -> [Instant] {
        try story.community.log.events(in: PolicyDocument.stream).filter { $0.type.name == "accounts.policy-in-force" }
            .map(\.time)
    }
}
