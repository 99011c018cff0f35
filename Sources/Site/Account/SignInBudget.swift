import Accounts
import Events
import Processes
import Web

/// Who may try how many passwords, and what a refusal shows. `docs/decisions/0026-who-spends-which-budget.md` says why.
///
/// A refusal that shows (429) is counted by network and by what was typed, so it says nothing about members. What is counted by member is silent.
struct SignInBudget: Sendable {
    let limits: RateLimits
    let alarm: SignInAlarm

    /// An attempt that has been paid for.
    struct Attempt: Sendable {
        /// Refused like a wrong password, whatever it is.
        var isHeldBack = false
        fileprivate var spent: [(kind: RateLimit.Kind, spender: RateLimits.Spender)] = []
    }

    /// - Parameters:
    ///   - member: whom the identifier leads to.
    ///   - devices: what the browser's cookie stands for.
    /// - Throws: `tooMany`.
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
        // One network cannot use up what all of them have, whichever of her names it tries.
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

    /// It was the owner: only failures are counted.
    func giveBack(_ attempt: Attempt, at now: Instant) {
        for (kind, spender) in attempt.spent { limits.refund(kind, to: spender, at: now) }
    }
}
