package import Events

extension Sealed where Value: Redacted {
    /// - Parameters:
    ///   - part: tells it from others of the same kind that the command files.
    ///   - member: whose own words they are; nil for what belongs to the case.
    init(
        _ value: Value, _ kind: SubjectKind = .statement, as part: String? = nil, of member: MemberID?,
        in file: CaseID, by command: CommandID
    ) {
        let subject = part.map { Subject(kind, createdBy: command, as: $0) } ?? Subject(kind, createdBy: command)
        self.init(.known(value), under: subject, of: member.map(Owner.init(partyTo:)) ?? Owner(file))
    }
}

package enum PartyKind: IdentifierKind { package static let name = "party" }

extension Owner {
    /// A member as a party to cases. The erasure of the account leaves what she said in a case to the case's own time (P-16.5).
    package init(partyTo member: MemberID) { self.init(Identifier<PartyKind>(rawValue: member.rawValue)) }
}
