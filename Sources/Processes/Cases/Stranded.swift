package import Accounts
import Events
import HTML
import Messaging
package import Projections

/// Items that concern every member of staff who could handle them, so that no list shows them (P-08.2).
package struct Stranded: Sendable {
    /// The kinds of item; each needs a further member of staff with the kind's role.
    package enum Kind: CaseIterable, Sendable {
        case reports, cases, corrections, appeals, reviews

        package var role: Role {
            switch self {
            case .reports, .reviews: .moderator
            case .cases, .corrections, .appeals: .administrator
            }
        }
    }

    package let counts: [Kind: Int]

    package init(counts: [Kind: Int]) {
        self.counts = counts
    }

    package var isEmpty: Bool { counts.isEmpty }
    package var all: Int { counts.values.reduce(0, +) }

    /// The role that would unblock all items: an administrator can do everything that a moderator can.
    package var role: Role { counts.keys.contains { $0.role == .administrator } ? .administrator : .moderator }

    /// The items that moderators handle.
    package var reports: Stranded { Stranded(counts: counts.filter { $0.key == .reports }) }

    /// In English, for `doctor`.
    package var words: String {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind)" } }
        return "waiting for somebody whom they do not concern: \(parts.joined(separator: ", ")); "
            + "run 'members invite EMAIL --role \(role.rawValue)' or 'members grant-role'"
    }
}

extension Application {
    package func stranded() throws -> Stranded {
        try views.read { try Stranded(in: $0, accounts) }
    }
}

extension Stranded {
    package init(in views: ViewsSnapshot, _ accounts: Accounts) throws {
        let administrators = try views.members.all(with: [.administrator])
        let reviewers = try views.members.all(with: [.moderator, .administrator])
        var counts: [Kind: Int] = [:]
        for matter in CaseMatter.allCases {
            counts[matter == .report ? .reports : .cases, default: 0] += try views.cases.stranded(
                [matter], handledBy: matter.handlers)
        }
        // At most two members of staff are concerned: the member who asks, and the holder of the number that she asks for.
        if administrators.count <= 2 {
            counts[.corrections] = try views.corrections.allWaiting().count {
                try administrators.isSubset(of: accounts.concerned(byCorrection: $0))
            }
        }
        // The appellant is not among them: her account is closed or deactivated.
        // At most one member of staff is concerned: the one who decided, or the holder of the number given at sign-up.
        if administrators.count <= 1 {
            counts[.appeals] = try views.appeals.waiting(limit: 200).count {
                try administrators.isSubset(of: accounts.concerned(byDecisionAbout: $0.member))
            }
        }
        if reviewers.count <= 1 {
            counts[.reviews] = try views.reviews.all().count {
                try reviewers.isSubset(of: accounts.concerned(byReviewOf: $0.member))
            }
        }
        self.init(counts: counts.filter { $0.value > 0 })
    }
}
