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
            if clause.isDone { #expect(!clause.enforcedIn.isEmpty, "\(clause)") }
            for file in clause.enforcedIn {
                let path = project.appending(path: "Sources/\(file).swift").path
                #expect(FileManager.default.fileExists(atPath: path), "\(clause.rawValue): \(file)")
            }
        }
    }

    @Test func `that are done have a test or a check of the whole log`() throws {
        let files = FileManager.default.enumerator(
            at: project.appending(path: "Tests"), includingPropertiesForKeys: nil)
        var cited: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", let text = try? String(contentsOf: file, encoding: .utf8) else {
                continue
            }
            for match in text.matches(of: /clause\("(P-\d\d\.\d)"\)/) { cited.insert(String(match.1)) }
        }
        for clause in PolicyClause.allCases where clause.isDone {
            let isChecked = InvariantName.allCases.contains { $0.clause == clause }
            #expect(isChecked || cited.contains(clause.rawValue), "\(clause.rawValue)")
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
        #expect(found.state(of: name.clause) == .broken && !found.isSound)
        #expect(try WrittenLog().audit().outcomes[name]?.violations == nil, "and not where it is kept")
    }

    @Test func `that no feature keeps yet are never said to be kept`() throws {
        let report = try WrittenLog().audit()
        #expect(report.state(of: .registerConsent) == .notYet)
        #expect(report.state(of: .versions) == .kept)
        let evidence = report.evidence(for: .versions)
        #expect(evidence.count == 4 && evidence.position == 4)
    }

    @Test func `an event that cannot be read is reported, and the rest is checked all the same`() throws {
        var log = try WrittenLog()
        log.add(NewEvent(EventType("accounts.unheard-of", 1)), in: StreamName("x"), by: .system)
        let unread = log.last
        log.close(anna)
        log.signIn(anna, 10)
        let report = log.audit()
        #expect(report.unreadable == [unread] && !report.isSound)
        #expect(report.outcomes[.onlyMembersSignIn]?.violations?.count == 1)
    }

    @Test(.clause("P-11.2"), .clause("P-16.2"))
    func `what the views show is compared with what the log allows`() throws {
        var log = try WrittenLog()
        log.about(anna, .consent(.given(.visibleName, form: TextHash(of: "form"))))
        let seen = { (position: Int, name: Bool, age: Bool) in
            ViewsSeen(position: position, members: [WrittenLog.anna: .init(name: name, ageAndSex: age)])
        }
        #expect(log.audit(views: seen(log.last, true, false)).isSound)
        #expect(log.audit(views: seen(log.last, true, true)).state(of: .visibility) == .broken)
        // Observed before the consent, and observed at a position the log has not reached.
        #expect(log.audit(views: seen(log.last - 1, true, false)).state(of: .visibility) == .broken)
        let ahead = log.audit(views: seen(log.last + 1, true, true))
        #expect(ahead.outcomes[.shownOnlyWithConsent] == nil && ahead.isSound)
        log.close(anna)
        #expect(log.audit(views: seen(log.last, false, false)).state(of: .hiddenAtClosing) == .broken)
    }

    @Test(.clause("P-05.1")) func `a row of the visit log that is too old is reported`() throws {
        var log = try WrittenLog()
        let seen = VisitsSeen(oldest: log.time)
        log.wait("P90D")
        #expect(log.audit(visits: seen).state(of: .visitLog) == .kept)
        #expect(log.audit(visits: VisitsSeen(oldest: nil)).isSound)
        log.wait("P1D")
        #expect(log.audit(visits: seen).state(of: .visitLog) == .broken)
        #expect(log.audit().outcomes[.visitsGo] == nil)
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
            return log.audit(claims: ClaimsSeen(position: log.last, holders: holders)).state(of: .registration) == .kept
        }
        #expect(audit())
        #expect(!audit { $0[.email]?.append(Owner(MemberID(rawValue: 9))) })
        #expect(!audit { $0[.username]?.removeLast() })
        #expect(!audit { $0[.personalIdentityNumber]?.append(Owner(WrittenLog.anna)) })
        // A pending change of address holds two.
        #expect(audit { $0[.email]?.append(Owner(WrittenLog.anna)) })
    }
}
