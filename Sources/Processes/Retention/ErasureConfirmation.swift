package import Events

/// The mail that confirms an erasure to the former member.
///
/// Only a serving site can send it; elsewhere nothing is sent.
package struct ErasureConfirmation: Sendable {
    /// Writes the mail while the address can still be opened, and returns a closure that sends it.
    package let prepare: @Sendable (MemberID) -> (@Sendable () async -> Void)

    package init(prepare: @escaping @Sendable (MemberID) -> (@Sendable () async -> Void)) { self.prepare = prepare }

    package static let none = ErasureConfirmation { _ in {} }
}
