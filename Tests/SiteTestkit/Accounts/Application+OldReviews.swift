import Accounts
import Events
import Testing

@testable import Processes

extension Application {
    /// Lets the newest sign-up await a review, as programs did whose logs are still read.
    func awaitReviewOfLastSignUp(_ command: CommandID, at time: Instant) async throws -> MemberID {
        let signedUp = try log.events(after: 0, limit: 2000).last { $0.type.name == "accounts.signed-up" }
        let id: MemberID = try #require(signedUp?.stream.id())
        _ = try await log.append(
            Append(
                command: command, actor: .visitor, time: time,
                streams: [
                    StreamAppend(
                        StreamName(id), expected: .any, [MemberEvent.registration(.reviewRequested(.numberTaken))])
                ]))
        return id
    }
}
