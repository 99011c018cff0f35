import Events

/// The rule for decisions that take two persons: another administrator approves, or the operator at the shell where there is no other.
struct SecondApproval {
    let proposer: Actor
    /// The member whom the decision concerns; she counts as no administrator in it.
    let member: MemberID

    init(of proposer: Actor, about member: MemberID) {
        self.proposer = proposer
        self.member = member
    }

    /// - Throws: `.alreadyDecided` when the proposer is no administrator any more.
    func check(_ actor: Actor, given staff: Staff) throws(AccountRefusal) {
        guard staff.mayAdminister(proposer) else { throw .alreadyDecided }
        switch actor {
        case .member(let id):
            guard actor != proposer else { throw .sameAdministrator }
            guard id != member else { throw .ownMatter }
            guard staff.mayAdminister(actor) else { throw .notAllowed }
        case .operator:
            guard others(staff).isEmpty else { throw .otherAdministratorNeeded }
        case .system, .visitor: throw .notAllowed
        }
    }

    /// The administrators who may approve.
    private func others(_ staff: Staff) -> Set<MemberID> {
        staff.members(with: .administrator).filter { $0 != member && .member($0) != proposer }
    }
}
