import Events
import Testing
import Testkit

@testable import Messaging

@Suite(.clause("P-10.1")) struct `What a member under a legal hold has written to others` {
    private let anna = MemberID(rawValue: 1)
    private let bo = MemberID(rawValue: 2)
    private let moa = MemberID(rawValue: 3)

    private func withMessaging(
        _ body: (RacingLog, Messaging, LegalHolds) async throws -> Void
    ) async throws {
        let site = try TemporarySite()
        let racing = try RacingLog(site.files)
        try await closing(with: racing.log.close) {
            let messaging = Messaging(log: racing.log, clock: TestClock().clock, reportedText: { _ in nil })
            try await body(racing, messaging, LegalHolds(in: racing.log))
        }
    }

    private func command() -> CommandID { CommandID(at: .testStart) }

    /// A closed dispute that Anna has opened with Bo.
    private func dispute(_ messaging: Messaging) async throws -> CaseID {
        let statement = try #require(CaseStatement(text: "Han betalar inte"))
        return try await messaging.open(
            OpenCase(.dispute(with: bo, .other), by: anna, statement), by: .member(anna), command: command())
    }

    @Test(arguments: [false, true], [false, true])
    func `stays in a case when either party is held, and goes when the last hold ends`(races: Bool, isEarly: Bool)
        async throws
    {
        try await withMessaging { racing, messaging, holds in
            let id = try await dispute(messaging)
            let (anna, moa, command) = (anna, moa, command())
            let parties = { try await racing.log.subjects(of: Owner(partyTo: anna), [.statement]) }
            #expect(try await parties().count == 1)
            try await holds.place(on: bo)
            let (erase, place) = (
                { @Sendable in
                    if isEarly {
                        try await messaging.erase(id, because: .unlawful, by: moa, command: command)
                    } else {
                        _ = try await messaging.erase(id) { _ in true }
                    }
                },
                { @Sendable in try await holds.place(on: anna) }
            )
            if races {
                try await racing.race(place, erase)
            } else {
                try await place()
                try await erase()
            }
            #expect(try await parties().count == 1)
            try await holds.lift(from: bo)
            #expect(try await parties().count == 1)
            try await holds.lift(from: anna)
            #expect(try await parties().isEmpty)
            #expect(try racing.log.deferredErasures().isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `stays in an abandoned conversation when one of both is held, and goes when the hold ends`(races: Bool)
        async throws
    {
        try await withMessaging { racing, messaging, holds in
            let talk = try await messaging.beginConversation(
                with: [bo], reachable: [bo], MessageText("Hej"), by: anna, command: command()
            ).conversation
            _ = try await messaging.send(
                MessageText("Hej själv"), in: talk, by: bo, reachable: { Set($0) }, command: command())
            let (anna, bo) = (anna, bo)
            func left(_ member: MemberID) async throws -> Int {
                try await racing.log.subjects(of: Owner(member), [.message]).count
            }
            let (erase, place) = (
                { @Sendable in _ = try await messaging.eraseConversation(talk) },
                { @Sendable in try await holds.place(on: anna) }
            )
            if races {
                try await racing.race(place, erase)
            } else {
                try await place()
                try await erase()
            }
            #expect(try await (left(anna), left(bo)) == (1, 0))
            #expect(try messaging.messages(in: talk).allSatisfy { $0.text == .erased }, "nobody reads it")
            try await holds.lift(from: anna)
            #expect(try await left(anna) == 0)
            #expect(try racing.log.deferredErasures().isEmpty)
        }
    }

    @Test func `is no longer shown when a moderator erases it, and erased when the hold ends`() async throws {
        try await withMessaging { racing, messaging, holds in
            let talk = try await messaging.beginConversation(
                with: [bo], reachable: [bo], MessageText("Du är dum"), by: anna, command: command()
            ).conversation
            let message = try #require(try messaging.messages(in: talk).first?.id)
            _ = try await messaging.report(message, in: talk, for: .abuse, note: "", by: bo, command: command())
            try await holds.place(on: anna)
            _ = try await messaging.erase(message, in: talk, because: .unlawful, by: moa, command: command())
            #expect(try messaging.messages(in: talk).map(\.text) == [.erased])
            #expect(try await racing.log.subjects(of: Owner(anna), [.message]).count == 1)
            try await holds.lift(from: anna)
            #expect(try await racing.log.subjects(of: Owner(anna), [.message]).isEmpty)
        }
    }
}
