import Events
import Synchronization

/// The mail that tells a member that everything is erased. Only a serving site can send it; elsewhere nothing is sent.
final class LastMail: Sendable {
    typealias Preparation = @Sendable (MemberID) -> (@Sendable () async -> Void)

    private let preparation = Mutex<Preparation?>(nil)

    /// - Parameter prepare: writes the mail while the address can still be opened, and gives back what sends it.
    func install(_ prepare: @escaping Preparation) { preparation.withLock { $0 = prepare } }

    func prepare(_ member: MemberID) -> @Sendable () async -> Void {
        preparation.withLock { $0 }?(member) ?? {}
    }
}
