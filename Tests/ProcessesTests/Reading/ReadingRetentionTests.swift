import Accounts
import Events
import Projections
import Testing
import Testkit

@testable import Processes
@testable import SiteTestkit

@Suite(.clause("P-06.4")) struct `What a member has read long ago` {
    @Test func `is forgotten by the rule of the policy, and counts as read from then on`() async throws {
        let (temporary, time) = (try TemporarySite(), TestClock())
        let application = try Application(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick), serving: true)
        try await closing(with: application.close) {
            try await application.accounts.publishFirstVersions()
            let (member, position) = (MemberID(rawValue: 1), application.log.head)
            application.markOpened(position, by: member)
            application.markRead(ConversationID(rawValue: 7), through: position, by: member)
            let side = application.retention(confirmation: .none).side
            time.advance(by: Period(days: 360))
            #expect(try side.due().allSatisfy { $0.rule != .reading })
            _ = try await side.run()
            #expect(try application.readMarkers(of: member).count == 2 && application.oldestRead() == .testStart)
            time.advance(by: Period(days: 10))
            #expect(try side.due().first { $0.rule == .reading }?.count == 2)
            #expect(try await side.run()[.reading] == 2)
            let read = try application.readMarkers(of: member)
            #expect(read.isEmpty && read.isRead(position) && read.through(ConversationID(rawValue: 7)) >= position)
            #expect(try application.oldestRead() == nil && side.due().allSatisfy { $0.rule != .reading })
        }
    }
}
