package import Events

/// Records the result of comparing the identity points; if all match that the case asks for, the member becomes its opener (P-17.2).
package struct IdentifyOpener: Sendable {
    let member: MemberID
    let verdict: Sealed<IdentityVerdict>
    let staff: MemberID

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard member != staff else { throw .ownMatter }
        // An account can have been made with another person's number: signing in proves no identity in such a case.
        guard file.opener == nil || file.topic == .number && file.identifiedAs == nil else { return [] }
        let isProved = verdict.value.value.map { file.topic.needed.isSubset(of: $0.agreeing) } == true
        return [.identityChecked(verdict)] + (isProved ? [.identified(member)] : [])
    }
}

extension CaseTopic {
    /// The points that prove the opener's identity. In a case about a number the person shows an identity document: her address may be new.
    package var needed: Set<IdentityVerdict.Point> {
        switch self {
        case .number: [.name, .username, .personalIdentityNumber]
        case .support, .correction, .report, .dispute, .rights: Set(IdentityVerdict.Point.allCases)
        }
    }
}

extension Messaging {
    @discardableResult
    package func identify(
        _ id: CaseID, as member: MemberID, _ verdict: IdentityVerdict, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, _ in
            try IdentifyOpener(
                member: member, verdict: Sealed(verdict, of: nil, in: id, by: command), staff: staff
            ).decide(given: file)
        }
    }
}
