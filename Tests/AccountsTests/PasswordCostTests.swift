import Events
import Testing
import Testkit

@testable import Accounts

/// Counts the hashes computed, at next to no cost.
private final class CountedWork: Sendable {
    let costs = Guarded([ScryptCost]())

    var work: Int { costs.value.reduce(0) { $0 + $1.work } }

    func hasher(_ cost: ScryptCost) -> PasswordHasher {
        PasswordHasher(cost: cost) { password, cost, salt in
            self.costs.update { $0.append(cost) }
            return PasswordHash.scrypt(password, cost: .quick, salt: salt)
        }
    }
}

@Suite(.clause("P-16.6")) struct `Comparing a password costs what it costs today` {
    static let today = ScryptCost(logarithm: 17)
    let right = EnteredPassword("grön båt i motvind")

    @Test(arguments: [1, 4, 10, 14, 16, 17], [true, false])
    func `whatever the stored hash cost, whether the password is right or wrong`(logarithm: Int, isRight: Bool)
        async throws
    {
        let work = CountedWork()
        let cheap: KeyDerivation = { password, _, salt in PasswordHash.scrypt(password, cost: .quick, salt: salt) }
        let stored = PasswordHash(of: right, cost: ScryptCost(logarithm: logarithm), by: cheap)
        let hash = try #require(stored)
        let entered = isRight ? right : EnteredPassword("röd båt")
        #expect(try await work.hasher(Self.today).compare(entered, with: hash) == isRight)
        #expect(work.work == Self.today.work)
    }

    @Test func `also where there is no member, or the password is absurd`() async throws {
        for password in [right, EnteredPassword(""), EnteredPassword(String(repeating: "x", count: 100_000))] {
            let work = CountedWork()
            #expect(try await !work.hasher(Self.today).compare(password, with: nil))
            #expect(work.work == Self.today.work)
        }
    }

    @Test(arguments: [
        (ScryptCost(logarithm: 10, blockSize: 4), ScryptCost(logarithm: 14)),
        (
            ScryptCost(logarithm: 9, blockSize: 8, parallelism: 3),
            ScryptCost(logarithm: 12, blockSize: 8, parallelism: 2)
        ),
    ])
    func `within one smallest step where the parameters are of another shape`(stored: ScryptCost, today: ScryptCost) {
        let done = stored.work + today.remainder(after: stored).reduce(0) { $0 + $1.work }
        #expect(done <= today.work && today.work - done < 2 * today.blockSize)
        #expect(today.remainder(after: today).isEmpty)
        #expect(stored.remainder(after: today).isEmpty)
    }

    @Test func `at every sign-in, which renews a cheaper hash`() async throws {
        try await AccountsSite.with { site in
            let moa = try await site.member()
            let work = CountedWork()
            let today = Accounts(log: site.log, hasher: work.hasher(Self.today), clock: site.clock.clock)
            #expect(try await site.signIn("moa", "röd båt i medvind", through: today) == .refused)
            let known = work.work
            #expect(try await site.signIn("nobody", "röd båt i medvind", through: today) == .refused)
            #expect(work.work == 2 * known && known == Self.today.work)
            guard case .signedIn = try await site.signIn("moa", through: today) else { throw Unexpected() }
            #expect(try site.accounts.member(moa).active?.password?.value.value?.cost == Self.today)
        }
    }
}
