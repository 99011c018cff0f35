import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import Projections

@Suite(.clause("P-01.2"), .clause("P-11.2")) struct `What two generations differ by` {
    /// Runs `body` with members who show all they may, under the first version of the policy.
    private func onSite(
        _ body: (EventLog, Views, URL) async throws -> Void
    ) async throws {
        let site = try TemporarySite()
        let time = TestClock()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: 5, time: time)
            try await history.begin()
            for _ in 1...150 { try await history.step() }
            await showEverything(history)
            let views = try Views(of: log, in: site.files.data)
            defer { views.close() }
            try await body(log, views, site.files.data)
        }
    }

    /// Shows everything for every member who may.
    private func showEverything(_ history: GeneratedHistory) async {
        for member in history.members {
            for purpose in [ConsentPurpose.visibleName, .visibleAgeAndSex] {
                try? await history.accounts.answer(
                    AnswerConsent(purpose, isYes: true, wording: TextHash(of: "test")), of: member,
                    command: history.command())
            }
        }
    }

    private func draft(without field: ProfileField) throws -> ShownFields {
        let first = try PolicyDocument.first()
        let rules = first.rules.json.replacing(
            "[\"name\"],[\"age\",\"sex\"]", with: field == .name ? "[\"age\",\"sex\"]" : "[\"name\"]")
        return ShownFields(try PolicyRules(rules).fields)
    }

    @Test func `is nothing for two that were made alike, and what was taken away for a draft`() async throws {
        try await onSite { _, views, directory async throws in
            let showing = try views.source.count("SELECT count(*) FROM members WHERE name IS NOT NULL")
            let ages = try views.source.count("SELECT total(shows_age_and_sex) FROM members")
            let same = try await views.preview(showing: ShownFields(PolicyDocument.first().rules.fields))
            #expect(same.difference.isEqual && same.visibility.allSatisfy { $0.hidden + $0.shown == 0 })
            let noNames = try await views.preview(showing: draft(without: .name))
            #expect(noNames.visibility.contains(VisibilityChange(field: .name, hidden: showing, shown: 0)))
            let members = try #require(noNames.difference.tables.first { $0.name == "members" })
            #expect((members.added, members.removed, members.changed) == (0, 0, showing))
            #expect(Set(members.columns.map(\.name)) == (showing > 0 ? ["name", "name_key"] : []))
            let noAges = try await views.preview(showing: draft(without: .age))
            #expect(noAges.visibility.contains(VisibilityChange(field: .ageAndSex, hidden: ages, shown: 0)))
            #expect(showing > 0 && ages > 0, "the history has somebody who shows something")
            let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(files.filter { $0.hasPrefix("views-") && $0.hasSuffix(".sqlite") } == ["views-1.sqlite"])
        }
    }

    @Test func `is counted row by row between an earlier and a later one`() async throws {
        try await onSite { log, views, directory async throws in
            let earlier = try GenerationLoad.build(90, in: directory, from: log, through: log.head - 40) { _ in }
            let difference = try ViewsDifference.between(earlier.path, Views.path(ofGeneration: 1, in: directory))
            let trail = try #require(difference.tables.first { $0.name == "trail" })
            #expect((trail.added, trail.removed, trail.changed) == (40, 0, 0))
            #expect(difference.positions.second - difference.positions.first == 40 && !difference.isEqual)
            let back = try ViewsDifference.between(Views.path(ofGeneration: 1, in: directory), earlier.path)
            #expect(back.tables.first { $0.name == "trail" }?.removed == 40)
            earlier.retire()
            #expect(throws: NoViews.self) { try ViewsDifference.between("/nowhere", earlier.path) }
        }
    }

    @Test func `after a version that shows less is what was hidden, and the next start does not look back`()
        async throws
    {
        let site = try TemporarySite()
        let time = TestClock()
        try await site.withLog { log async throws in
            let history = GeneratedHistory(in: log, seed: 5, time: time)
            try await history.begin()
            for _ in 1...150 { try await history.step() }
            await showEverything(history)
            let accounts = history.accounts
            var views = try Views(of: log, in: site.files.data)
            #expect(try await views.followRules() == nil)
            let first = try PolicyDocument.first()
            let version = time.now.adding(Period(days: 1)).stockholmDate
            let rules = first.rules.json.replacing("2019-08-18", with: version.description)
                .replacing("[\"name\"],[\"age\",\"sex\"]", with: "[\"name\"]")
            try await accounts.publish(
                PolicyDocument(text: first.text.markdown, rules: rules), by: .operator, command: CommandID(at: time.now)
            )
            #expect(try await views.followRules() == nil, "announced, but not in force")
            time.set(version.startInStockholm)
            try await accounts.bringVersionsIntoForce()
            #expect(try await views.followRules()?.generation == 2)
            #expect(try await views.followRules() == nil)
            let ages = "SELECT total(shows_age_and_sex) FROM members"
            #expect(try views.source.count(QueryStatement(stringLiteral: ages)) == 0)
            views.close()
            // A file from before the version cannot be continued.
            let shown = try SQLiteConnection(Views.path(ofGeneration: 2, in: site.files.data), .readWrite)
            try shown.run("UPDATE generation SET shown = 'age,municipality,name,sex'")
            views = try Views(of: log, in: site.files.data)
            #expect(try views.source.count(QueryStatement(stringLiteral: ages)) == 0)
            views.close()
        }
    }
}
