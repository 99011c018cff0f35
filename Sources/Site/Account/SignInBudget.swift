import Accounts
import Events
import Processes
import Web

/// Limits password attempts; `docs/decisions/0026-who-spends-which-budget.md` explains which limit counts what.
///
/// A visible refusal (429) depends only on the network and on what was typed, so it reveals nothing about members. Limits per member
/// refuse silently.
struct SignInBudget: Sendable {
    let limits: RateLimits
    let alarm: SignInAlarm

    /// An attempt that was counted against the limits.
    struct Attempt: Sendable {
        /// True when the attempt is refused like a wrong password, even if the password is right.
        var isHeldBack = false
        fileprivate var spent: [(kind: RateLimit.Kind, spender: RateLimits.Spender)] = []
    }

    /// - Parameters:
    ///   - member: the member that the identifier leads to.
    ///   - devices: the known devices in the browser's cookie.
    /// - Throws: `tooMany` when a visible limit is reached.
    func begin(
        _ identifier: SignInIdentifier, of member: MemberID?, from client: ClientAddress, on devices: [KnownDevice],
        at now: Instant
    ) throws(PageError) -> Attempt {
        var attempt = Attempt()
        func spend(_ kind: RateLimit.Kind, _ spender: RateLimits.Spender) throws(PageError) {
            try limits.spend(kind, by: spender, at: now)
            attempt.spent.append((kind, spender))
        }
        if let device = devices.first(where: { $0.member == member }) {
            try spend(.signInDevice, .device(device.id))
            return attempt
        }
        try spend(.signIn, .address(client))
        if let claim = identifier.claim { try spend(.signInName, .name(claim, from: client)) }
        guard let member else { return attempt }
        // Per network and member, so that one network cannot use up the limit that all networks share by trying both her names.
        let here = RateLimits.Spender.accountFrom(client, member)
        guard limits.take(.signInName, by: here, at: now) else {
            attempt.isHeldBack = true
            return attempt
        }
        attempt.spent.append((.signInName, here))
        guard limits.take(.signInAccount, by: .account(member), at: now) else {
            alarm.note(member)
            attempt.isHeldBack = true
            return attempt
        }
        attempt.spent.append((.signInAccount, .account(member)))
        return attempt
    }

    /// Refunds an attempt by the owner: only failures are counted.
    func giveBack(_ attempt: Attempt, at now: Instant) {
        for (kind, spender) in attempt.spent { limits.refund(kind, to: spender, at: now) }
    }
}
