import Events
import Foundation
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-00.1"), .clause("P-01.2")) struct `A draft of a version` {
    static let fixtures = project.appending(path: "Fixtures")
    static let rules =
        (try? String(contentsOf: fixtures.appending(path: "policies/2027-02-01/rules.yaml"), encoding: .utf8)) ?? ""
    static let text =
        (try? String(contentsOf: fixtures.appending(path: "policies/2027-02-01/policy.md"), encoding: .utf8)) ?? ""

    private func problems(
        _ change: (old: String, new: String)? = nil, text: (old: String, new: String)? = nil,
        today: CalendarDate = Sample.today
    ) throws -> [String] {
        var (rules, markdown) = (Self.rules, Self.text)
        if let change {
            #expect(rules.contains(change.old))
            rules = rules.replacing(change.old, with: change.new)
        }
        if let text {
            #expect(markdown.contains(text.old))
            markdown = markdown.replacing(text.old, with: text.new)
        }
        do {
            _ = try WrittenVersion(.policy, text: markdown, rules: rules)
                .read(after: Sample.policies(), .given(.termsPublished(Sample.terms())), today: today)
            return []
        } catch let refused as DraftProblems { return refused.problems.map(\.description) }
    }

    private func line(_ words: String, in text: String = rules) throws -> Int {
        try #require(text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(words) })
            + 1
    }

    @Test func `is read from a folder, as are the examples, one after the other`() throws {
        var (policies, terms) = (try Sample.policies(), TermsCalendar.given(.termsPublished(try Sample.terms())))
        for folder in ["policies/2027-02-01", "policies/2028-03-01", "terms/2028-03-01"] {
            let written = try WrittenVersion(folder: Self.fixtures.appending(path: folder))
            switch try written.read(after: policies, terms, today: Sample.today) {
            case .policy(let document): policies.evolve(.policyPublished(document))
            case .terms(let document): terms.evolve(.termsPublished(document))
            }
        }
        #expect(policies.versions.map(\.change) == [.major, .minor, .major])
        #expect(terms.versions.count == 2)
    }

    @Test func `continues what was published, written as a person would`() throws {
        let first = try PolicyDocument.first()
        let again = try PolicyRules(first.rules.yaml)
        #expect(again.json == first.rules.json)
        #expect(first.rules.yaml.hasPrefix("version: \"2019-08-18\"\nchange: major\n"))
        #expect(first.rules.yaml.contains("\n  privateMessageNotice: \"on\"\n"))
    }

    @Test func `has every clause of the program, and no other, each told with its line`() throws {
        let end = Self.text.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(
            try problems(text: ("### P-18.2 Svar", "### P-19.7 Svar")) == [
                "policy.md:\(try line("### P-18.2", in: Self.text)): P-19.7 is no clause of this program: nothing would keep it",
                "policy.md:\(try line("### P-18.2", in: Self.text)): the clause P-18.2 is missing before this line: reword it, but keep it",
            ], "\(end)")
        #expect(
            try problems(text: ("### P-11.2 Namn", "### P-11.1 Namn"))[0].contains("the clause P-11.1 is there already")
        )
    }

    @Test func `comes after every other version, and not before it was announced`() throws {
        let place = "rules.yaml:\(try line("version:"))"
        #expect(
            try problems(("2027-02-01\"", "2019-08-17\""))
                == ["\(place): version must be later than 2019-08-18, the newest one"])
        #expect(
            try problems(("2027-02-01\"", "2026-03-09\""))
                == ["\(place): version must be 2026-03-10 or later: nothing was in force before it was announced"])
        #expect(try problems(("2027-02-01\"", "2026-03-10\"")) == [])
        #expect(try problems(("2027-02-01\"", "2027-02-30\""))[0].contains("must be a date such as"))
    }

    @Test(.clause("P-16.3"), .clause("P-18.2"))
    func `shortens what was promised, and lengthens nothing`() throws {
        let place = "rules.yaml:\(try line("closedAccount:"))"
        #expect(
            try problems(("closedAccount: P1Y", "closedAccount: P13M")) == [
                "\(place): retention.closedAccount is P13M, but P1Y is promised since 2019-08-18: a promise can only be shortened"
            ])
        for (old, new) in [
            ("closedAccount: P1Y", "closedAccount: P366D"), ("question: PT24H", "question: PT25H"),
            ("rightsRequest: P1M", "rightsRequest: P31D"), ("backup: P30D", "backup: P1M"),
        ] { #expect(try problems((old, new)).count == 1, "\(new)") }
        for (old, new) in [
            ("closedAccount: P1Y", "closedAccount: P12M"), ("closedAccount: P1Y", "closedAccount: P365D"),
            ("appealWindow: P6M", "appealWindow: P1Y"), ("rightsRequest: P1M", "rightsRequest: P4W"),
        ] { #expect(try problems((old, new)) == [], "\(new)") }
    }

    @Test(.clause("P-11.1"), .clause("P-11.2")) func `shows nothing without a member's choice`() throws {
        let switches = "    - [name]\n    - [age, sex]\n"
        let always = "alwaysVisibleToMembers: [municipality]"
        #expect(
            try problems((always, "alwaysVisibleToMembers: [municipality, name]"))[0].contains(
                "can hold municipality only"))
        #expect(try problems((always, "alwaysVisibleToMembers: []")) == [])
        #expect(
            try problems((switches, "    - [name, age, sex]\n")).contains { $0.contains("a switch that there is not") })
        #expect(
            try problems((switches, "    - [name]\n")).contains { $0.contains("consents must name visibleAgeAndSex") })
        #expect(try problems(("visibleName, visibleAgeAndSex, newsletter", "visibleName, newsletter")).count == 1)
    }

    @Test func `promises nothing that the program does not do, and no figure that makes no sense`() throws {
        for (old, new, reason) in [
            ("mandatoryMail: [accountSecurity, ", "mandatoryMail: [", "mandatoryMail must be"),
            ("minimumAge: 18", "minimumAge: 17", "must be at least 18"),
            ("minimumAge: 18", "minimumAge: 18\n  adultAge: 20", "has no effect"),
            ("passwordMinimumLength: 12", "passwordMinimumLength: 6", "must be between 8 and"),
            ("minimumCount: 5", "minimumCount: 1", "must be at least 2"),
            ("ipv4: 24", "ipv4: 32", "must be between 0 and 24"),
            ("purgeAnnouncedBefore: P30D", "purgeAnnouncedBefore: P2Y", "must be shorter than retention.closedAccount"),
            (
                "questionWarnings: [PT12H, PT20H]", "questionWarnings: [PT12H, PT30H]",
                "must be shorter than deadlines.question"
            ),
            ("visitLog: P60D", "visitLog: P0D", "is no time"),
            (
                "deactivation:\n", "unusedAccount:\n  closedAfter: P3Y\n  warnBefore: []\ndeactivation:\n",
                "must have a warning"
            ),
            ("id: statistics", "id: statistik", "leaves out statistics"),
        ] {
            let found = try problems((old, new))
            #expect(found.contains { $0.contains(reason) && $0.hasPrefix("rules.yaml:") }, "\(new): \(found)")
        }
    }

    @Test func `may keep the age of an earlier program that has no effect any more`() throws {
        #expect(try problems(("minimumAge: 18", "minimumAge: 18\n  adultAge: 18")) == [])
    }

    @Test func `with several mistakes is told of all of them`() throws {
        let found = try problems(
            ("closedAccount: P1Y", "closedAccount: P2Y\n  # and\n"), text: ("### P-18.2 Svar", "### P-18.3 Svar"))
        #expect(found.count == 3)
    }

    @Test func `that cannot be read says where`() throws {
        #expect(throws: DraftProblems.self) { try WrittenVersion(folder: Self.fixtures) }
        #expect(throws: DraftProblems.self) { try WrittenVersion(folder: URL(fileURLWithPath: "/nowhere")) }
        let found = try problems(("minimumAge: 18", "minimumAge: [13"))
        #expect(found.count == 1 && found[0].contains("is no YAML") && !found[0].contains("\n"))
        #expect(try problems(("minimumAge: 18", "minimumAge: 18\n  minimumAge: 19")).count == 1)
        // With CRLF line ends, as a browser sends it.
        let windows = WrittenVersion(
            .policy, text: Self.text.replacing("\n", with: "\r\n"), rules: Self.rules.replacing("\n", with: "\r\n"))
        guard
            case .policy(let document) = try windows.read(
                after: Sample.policies(), .given(.termsPublished(Sample.terms())), today: Sample.today)
        else { return }
        #expect(document.hash == TextHash(of: Self.text))
    }

    @Test func `says what it changes`() throws {
        let next = try PolicyDocument(folder: Self.fixtures.appending(path: "policies/2028-03-01"))
        let changes = try next.rules.changes(since: Sample.policy().rules)
        #expect(
            changes.map(\.path) == [
                "consents", "fields.optional", "purposes", "retention.closedAccount", "retention.session",
                "retention.signInDetails", "retention.visitLog",
            ])
        #expect(changes.contains(RuleChange(path: "retention.closedAccount", before: "\"P1Y\"", after: "\"P6M\"")))
        let clauses = next.text.changes(since: try Sample.policy().text)
        #expect(clauses.contains { $0.id == "P-16.3" && $0.kind == .reworded })
        #expect(!clauses.contains { $0.id == "P-18.1" })
    }

    @Test func `of the terms needs its day and its clauses only`() throws {
        let read = { (text: String, version: String) in
            try WrittenVersion(.terms, text: text, rules: "version: \"\(version)\"\nchange: minor\n").read(
                after: Sample.policies(), .given(.termsPublished(Sample.terms())), today: Sample.today)
        }
        #expect(try read("### T-01.1 Ett\n", "2026-03-10").kind == .terms)
        #expect(throws: DraftProblems.self) { try read("### P-01.1 Ett\n", "2026-03-10") }
        #expect(throws: DraftProblems.self) { try read("### T-01.1 Ett\n", "2019-08-18") }
    }
}
