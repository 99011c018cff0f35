import Dispatch
import Testing
import Testkit

@testable import Accounts

@Suite(.clause("P-12.1")) struct `The password hasher` {
    let password = EnteredPassword("grön båt i motvind")

    @Test func `hashes and compares`() async throws {
        let hasher = PasswordHasher(cost: .quick)
        let hash = try await hasher.hash(
            Password("grön båt i motvind", by: PasswordRules(Sample.policy().rules, names: [])))
        #expect(try await hasher.compare(password, with: hash))
        #expect(try await !hasher.compare(EnteredPassword("röd båt"), with: hash))
        #expect(try await !hasher.compare(password, with: nil))
    }

    @Test func `knows a hash of another cost for outdated`() async throws {
        let hasher = PasswordHasher(cost: ScryptCost(logarithm: 5))
        let old = Sample.quickHash
        #expect(hasher.isOutdated(old))
        #expect(try await hasher.compare(password, with: old))
        #expect(try await !hasher.isOutdated(hasher.rehash(password)))
    }

    @Test func `works on a few at once, lets a few wait, and turns the rest away`() async throws {
        let hasher = PasswordHasher(cost: ScryptCost(logarithm: 15), limit: 2, capacity: 3)
        let outcomes = await withTaskGroup { group in
            for _ in 0..<40 {
                group.addTask { (try? await hasher.compare(password, with: nil)) != nil }
            }
            return await group.reduce(into: (served: 0, refused: 0)) {
                if $1 { $0.served += 1 } else { $0.refused += 1 }
            }
        }
        #expect(outcomes.served >= 5)
        #expect(outcomes.refused > 0)
        #expect(outcomes.served + outcomes.refused == 40)
        #expect(try await !hasher.compare(password, with: nil), "and serves again afterwards")
    }

    @Test func `takes as long for an unknown member as for a wrong password (P-16.6)`() async throws {
        let hasher = PasswordHasher(cost: ScryptCost(logarithm: 14))
        let hash = Sample.hash("another", cost: hasher.cost)
        func fastest(_ hash: PasswordHash?) async throws -> Duration {
            var best = Duration.seconds(60)
            for _ in 0..<5 {
                best = min(
                    best, try await ContinuousClock().measure { _ = try await hasher.compare(password, with: hash) })
            }
            return best
        }
        // A tenth leaves room for tests that run in parallel; without the work it would be a thousandth.
        let (known, unknown) = (try await fastest(hash), try await fastest(nil))
        #expect(known < unknown * 10 && unknown < known * 10)
    }
}
