import Foundation
import Testing
import Testkit

@testable import Accounts
@testable import Events
@testable import Projections

@Suite struct `The clauses of the policy` {
    private let anna = WrittenLog.anna

    @Test func `are known to the program, every one and in their order`() throws {
        let text = try PolicyDocument.first().text.clauses.map(\.id)
        #expect(text == PolicyClause.allCases.map(\.rawValue))
        let report = try WrittenLog().audit()
        #expect(report.reports.map(\.text.id) == text)
    }

    @Test func `are enforced by existing files`() {
        for clause in PolicyClause.allCases {
            if clause.isBuilt { #expect(!clause.enforcedIn.isEmpty, "\(clause)") }
            for file in clause.enforcedIn {
                let path = project.appending(path: "Sources/\(file).swift").path
                #expect(FileManager.default.fileExists(atPath: path), "\(clause.rawValue): \(file)")
            }
        }
    }

    @Test func `are checked, or held by tests that are named`() {
        for clause in PolicyClause.allCases where clause.isBuilt {
            let isChecked = InvariantName.allCases.contains { $0.clause == clause }
            #expect(isChecked == clause.attestedBy.isEmpty, "\(clause.rawValue)")
        }
    }

    @Test(.clause("P-08.1")) func `every type of event that was ever written is tagged, and no other`() throws {
        let fixtures = try FileManager.default.contentsOfDirectory(
            atPath: project.appending(path: "Fixtures/events").path)
        let names = Set(fixtures.compactMap { $0.wholeMatch(of: /(.+)\.v\d+\.json/).map { String($0.1) } })
        let tagged = Set(EventTag.all.map(\.name))
        #expect(names.subtracting(tagged) == [], "these have no tag")
        #expect(tagged.subtracting(names) == [], "there are no such events")
    }

    @Test(.clause("P-08.1")) func `everything is processed for a purpose that the policy names`() throws {
        let register = ProcessingRegister(under: try PolicyDocument.first())
        #expect(register.unnamed == [])
        let listed = register.activities.flatMap(\.fields).map { $0.rawValue }
        let all = PersonalField.allCases.map(\.rawValue) + VisitField.allCases.map(\.rawValue)
        #expect(listed.sorted() == all.sorted())
        #expect(register.activities.flatMap(\.events).count == EventTag.all.count)
    }

    @Test(arguments: InvariantName.allCases) func `every promise is seen broken where it is broken`(
        name: InvariantName
    ) throws {
        let found = try BrokenLog.audit(name)
        #expect(found.outcomes[name]?.violations != nil, "\(name.rawValue)")
        #expect(found.verdict(on: name.clause) == .broken && found.isBroken)
        #expect(try WrittenLog().audit().outcomes[name]?.violations == nil, "and not where it is kept")
    }

    @Test func `are proved only by checks that had all their evidence`() throws {
        let log = try WrittenLog()
        let bare = log.audit()
        #expect(bare.verdict(on: .versions) == .proved)
        #expect(bare.verdict(on: .externalLinks) == .attested)
        #expect(bare.verdict(on: .registerConsent) == .notChecked([.notBuilt]))
        #expect(bare.verdict(on: .visitLog) == .notChecked([.missing(.visits)]))
        #expect(bare.verdict(on: .erasure).reasons == [.missing(.views), .missing(.vault), .missing(.runtime)])
        #expect(log.audit(VisitsSeen(position: log.last)).verdict(on: .visitLog) == .proved)
        let evidence = bare.evidence(for: .versions)
        #expect(evidence.count == 4 && evidence.position == 4)
    }

    @Test func `are not checked by a file that is newer than the log`() throws {
        let log = try WrittenLog()
        #expect(log.audit(VisitsSeen(position: log.last + 1)).verdict(on: .visitLog).kind == .notChecked)
    }

    @Test func `are broken by one breach, whatever could not be checked`() throws {
        var log = try WrittenLog()
        log.close(anna)
        log.signIn(anna, 10)
        #expect(log.audit().outcomes[.sessionsAreOfMembers] == nil)
        #expect(log.audit().verdict(on: .closing) == .broken)
    }

    @Test func `are not proved by a log with an event that cannot be read, and the rest is checked all the same`()
        throws
    {
        var log = try WrittenLog()
        log.add(NewEvent(EventType("accounts.unheard-of", 1)), in: StreamName("x"), by: .system)
        let unread = log.last
        log.close(anna)
        log.signIn(anna, 10)
        let report = log.audit()
        #expect(report.unreadable == [unread])
        #expect(report.verdict(on: .versions) == .notChecked([.unreadableEvents]))
        #expect(report.outcomes[.onlyMembersSignIn]?.violations?.count == 1)
        // The register of processing does not name it either.
        #expect(report.outcomes[.eventsHaveAPurpose]?.violations?.first.map(\.position) == [unread])
    }

    @Test(.clause("P-11.2"), .clause("P-16.2"))
    func `what the views show is compared with what the log allows`() throws {
        var log = try WrittenLog()
        log.about(anna, .consent(.given(.visibleName, form: TextHash(of: "form"))))
        let seen = { (position: Int, name: Bool, age: Bool) in
            ViewsSeen(position: position, members: [WrittenLog.anna: .init(name: name, ageAndSex: age)])
        }
        #expect(log.audit(seen(log.last, true, false)).verdict(on: .visibility) == .proved)
        #expect(log.audit(seen(log.last, true, true)).verdict(on: .visibility) == .broken)
        // Observed before the consent, and observed at a position the log has not reached.
        #expect(log.audit(seen(log.last - 1, true, false)).verdict(on: .visibility) == .broken)
        let ahead = log.audit(seen(log.last + 1, true, true))
        #expect(ahead.outcomes[.shownOnlyWithConsent] == nil && !ahead.isBroken)
        log.close(anna)
        #expect(log.audit(seen(log.last, false, false)).verdict(on: .hiddenAtClosing) == .broken)
    }

    @Test(.clause("P-06.1")) func `names are held by members and by nobody else`() throws {
        var log = try WrittenLog()
        try log.join(MemberID(rawValue: 9), confirming: false)
        func audit(_ change: (inout [Claim.Kind: [Owner]]) -> Void = { _ in }) -> Bool {
            let members = [WrittenLog.anna, WrittenLog.astrid].map { Owner($0) }
            var holders: [Claim.Kind: [Owner]] = [
                .email: members, .username: members, .personalIdentityNumber: members,
            ]
            change(&holders)
            return log.audit(ClaimsSeen(position: log.last, holders: holders)).verdict(on: .registration) == .proved
        }
        #expect(audit())
        #expect(!audit { $0[.email]?.append(Owner(MemberID(rawValue: 9))) })
        #expect(!audit { $0[.username]?.removeLast() })
        #expect(!audit { $0[.personalIdentityNumber]?.append(Owner(WrittenLog.anna)) })
        // A pending change of address holds two.
        #expect(audit { $0[.email]?.append(Owner(WrittenLog.anna)) })
    }
}
