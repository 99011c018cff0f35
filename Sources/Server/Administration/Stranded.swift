import Accounts
import Events
import Messaging
import Projections

/// What waits and concerns everybody who could handle it, so that it is in no list (P-08.2).
struct Stranded: Sendable {
    /// Who could handle what, if somebody else were one.
    enum Kind: CaseIterable, Sendable {
        case reports, cases, corrections, appeals, reviews

        var role: Role {
            switch self {
            case .reports, .reviews: .moderator
            case .cases, .corrections, .appeals: .administrator
            }
        }
    }

    let counts: [Kind: Int]

    var isEmpty: Bool { counts.isEmpty }
    var all: Int { counts.values.reduce(0, +) }

    /// An administrator can do whatever a moderator can.
    var role: Role { counts.keys.contains { $0.role == .administrator } ? .administrator : .moderator }

    /// Those that moderators see to.
    var reports: Stranded { Stranded(counts: counts.filter { $0.key == .reports }) }

    /// In English, for `doctor`.
    var words: String {
        let parts = Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind)" } }
        return "waiting for somebody whom they do not concern: \(parts.joined(separator: ", ")); "
            + "run 'members invite EMAIL --role \(role.rawValue)' or 'members grant-role'"
    }
}

extension Community {
    func stranded() throws -> Stranded {
        try views.read { try Stranded(in: $0, accounts) }
    }
}

extension Stranded {
    init(in views: ViewsSnapshot, _ accounts: Accounts) throws {
        let administrators = try views.members.all(with: [.administrator])
        let reviewers = try views.members.all(with: [.moderator, .administrator])
        var counts: [Kind: Int] = [:]
        for matter in CaseMatter.allCases {
            counts[matter == .report ? .reports : .cases, default: 0] += try views.cases.stranded(
                [matter], handledBy: matter.handlers)
        }
        // Two of the staff at most: who asks, and who has the number that is asked for.
        if administrators.count <= 2 {
            counts[.corrections] = try views.corrections.allWaiting().count {
                try administrators.isSubset(of: accounts.concerned(byCorrection: $0))
            }
        }
        // Whose appeal it is cannot be among them: that one is out.
        // One of the staff at most made a decision, or has the number that a sign-up gave.
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

extension HTMLWriter {
    /// Says that something waits that none of the staff may handle, without saying what, and what to do about it.
    mutating func notice(of stranded: Stranded) {
        guard !stranded.isEmpty else { return }
        notice(.warning) { html in
            html.p(
                stranded.all == 1
                    ? "Ett ärende väntar på någon annan: det gäller alla i personalen som kan ta hand om det, och därför står det inte i någons lista."
                    : "\(SwedishNumber.grouped(stranded.all)) ärenden väntar på någon annan: de gäller alla i personalen som kan ta hand om dem, och därför står de inte i någons lista."
            )
            html.howToAppoint("Den som väntar ska ändå få svar i tid. Utse någon till:", stranded.role)
        }
    }

    /// The commands by which somebody else gets a role.
    /// - Parameter why: stands before them.
    mutating func howToAppoint(_ why: String, _ role: Role, class name: StaticString? = nil) {
        p(class: name) { html in
            html.text("\(why) den som sköter driften bjuder in med kommandot ")
            html.element(.code, text: "mikroforetag members invite E-POST --role \(role.rawValue)")
            html.text(" eller ger en medlem rollen med ")
            html.element(.code, text: "mikroforetag members grant-role NAMN \(role.rawValue)")
            html.text(".")
        }
    }
}
