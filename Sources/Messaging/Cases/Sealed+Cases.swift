package import Events

extension Sealed where Value: Redacted {
    /// - Parameters:
    ///   - part: distinguishes several values of the same kind created by one command.
    ///   - member: the author of the text; nil for values that belong to the case.
    init(
        _ value: Value, _ kind: SubjectKind = .statement, as part: String? = nil, of member: MemberID?,
        in file: CaseID, by command: CommandID
    ) {
        let subject = part.map { Subject(kind, createdBy: command, as: $0) } ?? Subject(kind, createdBy: command)
        self.init(.known(value), under: subject, of: member.map(Owner.init(partyTo:)) ?? Owner(file))
    }
}

extension Owner {
    /// Owner of a member's statements in cases. Erasing her account keeps them until the case's retention period ends (P-16.5).
    package init(partyTo member: MemberID) { self.init(Identifier<PartyKind>(rawValue: member.rawValue)) }
}
