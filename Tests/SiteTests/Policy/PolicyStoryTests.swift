import Accounts
import Events
import Foundation
import Hummingbird
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

@Suite(.clause("P-00.1"), .clause("P-01.3")) struct `Four years under three versions of the policy` {
    /// At each moment the version in force is honoured, and the whole log conforms to it. At the end, each moment is shown as it was,
    /// except for members erased since, and each checkpoint stored then is consistent with the log.
    @Test func `are lived as each version promises, audited at every moment, and can be looked back at`() async throws {
        let kept = Guarded<[PolicyStory.Moment: PolicyStory.Kept]>([:])
        try await PolicyStory.tell { story, moment async throws in
            try await check(story, moment, kept.value)
            try await audit(story, moment.moment)
            kept.update { $0[moment.moment] = moment }
            guard moment.moment == .ended else { return }
            let moments = kept.value
            #expect(moments.count == PolicyStory.Moment.allCases.count)
            #expect(moments[.rebuilt]?.directory == moments[.shownAgain]?.directory, "rebuilt equals followed")
            for moment in PolicyStory.Moment.allCases {
                let then = try #require(moments[moment])
                try await lookBack(at: then, story)
                try replay(then, story)
            }
            try verify(moments.values.map(\.checkpoint), story)
        }
    }

    private func audit(_ story: PolicyStory, _ moment: PolicyStory.Moment) async throws {
        let conformance = try await story.audit()
        #expect(!conformance.isBroken && conformance.head >= story.application.log.head - 1, "\(moment)")
        for name in InvariantName.allCases {
            switch conformance.outcomes[name] {
            case .holds: break
            case .broken(let violations): Issue.record("\(moment): \(name.rawValue): \(violations.first)")
            // The story keeps sessions and markers in memory.
            case .notChecked, nil:
                #expect([.runtime, .reading].contains(name.evidence), "\(moment): \(name.rawValue) was not checked")
            }
        }
    }

    /// `views rebuild --as-of` and `serve --views`
    private func lookBack(at then: PolicyStory.Kept, _ story: PolicyStory) async throws {
        let files = try #require(story.application.views.past)
        let built = try await files.build(asOf: then.time, to: nil)
        let views = try files.show(URL(fileURLWithPath: built.path))
        let shown = PastSite(
            views, of: story.application, sharing: story.site.accounts.site,
            at: try #require(BaseURL("http://\(PastSite.host):\(PastSite.port)")))
        try await shown.site.serving(shown.routes()) { client in
            let browser = Browser(client)
            #expect(try await browser.signIn(PolicyStory.administrator).status == 303)
            let seen = try await SeenPages(
                thread: story.thread, of: PolicyStory.staying.map(story.id), by: browser, reason: "audit")
            let expected = then.pages.without(PolicyStory.erased)
            #expect(seen.directory == expected.directory, "\(then.moment)")
            #expect(seen.thread == expected.thread, "\(then.moment)")
            #expect(seen.profiles == expected.profiles, "\(then.moment)")
            #expect(seen.policy == expected.policy && !seen.policy.isEmpty, "\(then.moment)")
        }
        files.stopShowing(views)
        try files.delete(URL(fileURLWithPath: built.path))
    }

    /// `log replay --as-of`, without keys.
    private func replay(_ then: PolicyStory.Kept, _ story: PolicyStory) throws {
        let replay = try Replay(of: Events.LogCopy(story.application.files), asOf: then.time)
        #expect(replay.policy?.version == then.policy, "\(then.moment)")
        #expect(replay.members[.active] == then.directory.count, "\(then.moment)")
        #expect(Set(replay.directory.map(\.member)) == Set(then.directory.map(\.member)), "\(then.moment)")
        let erased = try PolicyStory.erased.map(story.id)
        for entry in replay.directory {
            let row = try #require(then.directory.first { $0.member == entry.member })
            let shown: Replay.Seen = erased.contains(entry.member) ? .erased : .sealed
            #expect(entry.username == shown)
            #expect(entry.name == (row.name == nil ? .hidden : shown), "\(then.moment)")
            #expect(entry.ageAndSex == (row.showsAgeAndSex ? shown : .hidden), "\(then.moment)")
            #expect(entry.municipality == (row.municipality == nil ? .hidden : shown), "\(then.moment)")
        }
    }

    /// Verifies with `script/verify-log`, which shares no code with this program.
    private func verify(_ checkpoints: [String], _ story: PolicyStory) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = try checkpoints.enumerated().map { index, note in
            let file = directory.appending(path: "\(index)")
            try Data(note.utf8).write(to: file)
            return file.path
        }
        let process = Process()
        process.executableURL = project.appending(path: "script/verify-log")
        process.arguments =
            [story.application.files.log, "--key", story.application.log.verifierKey.description]
            + files.flatMap { ["--checkpoint", $0] }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(output)")
        let lines = output.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("checkpoint: consistent at ") } == checkpoints.count, "\(output)")
        #expect(lines.count { $0 == "signature: valid" } == checkpoints.count && lines.last == "sound", "\(output)")
    }

    private func check(
        _ story: PolicyStory, _ now: PolicyStory.Kept, _ earlier: [PolicyStory.Moment: PolicyStory.Kept]
    ) async throws {
        let accounts = story.application.accounts
        let (moa, eva, berit) = (try story.id("moa"), try story.id("eva-b"), try story.id("berit"))
        let moaIsAsked = try accounts.mustAcceptTexts(moa)
        switch now.moment {
        case .joined: #expect(now.directory.count == 5 && now.policy.description == "2019-08-18")
        case .shown:
            #expect(now.directory.count { $0.showsAgeAndSex } == 2)
            #expect(now.directory.contains { $0.username == "olle" && $0.name == "Olle Ek" })
        case .minorAnnounced:
            #expect(now.policy.description == "2019-08-18")
            #expect(try await story.site.browser.get("/integritetspolicy").contains("börjar gälla den 1 februari 2027"))
        case .minorInForce:
            #expect(now.policy.description == "2027-02-01")
            #expect(try inForceTimes(story).last == now.policy.startInStockholm, "dated as due, not as done")
            #expect(now.generation == earlier[.shown]?.generation, "nothing is shown otherwise")
            #expect(!moaIsAsked)
        case .closed: #expect(now.directory.count == 4)
        case .hidden: #expect(now.directory.contains { $0.username == "olle" && $0.name == nil })
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
            #expect(!now.directory.contains { $0.showsAgeAndSex })
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
        case .shownAgain: #expect(now.directory.contains { $0.username == "olle" && $0.name == "Olle Ek" })
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

    /// The times at which the versions of the policy took effect, according to the log.
    private func inForceTimes(_ story: PolicyStory) throws -> [Instant] {
        try story.application.log.events(in: PolicyDocument.stream).filter {
            $0.type.name == "accounts.policy-in-force"
        }
        .map(\.time)
    }
}
