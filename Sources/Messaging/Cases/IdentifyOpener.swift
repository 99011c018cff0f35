package import Events

/// Notes what comparing the four points has shown (P-17.2). When all agree, whoever asked is that member from then on.
package struct IdentifyOpener: Sendable {
    let member: MemberID
    let verdict: Sealed<IdentityVerdict>
    let staff: MemberID

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard member != staff else { throw .ownMatter }
        guard file.opener == nil else { return [] }
        let isProved = verdict.value.value?.isProved == true
        return [.identityChecked(verdict)] + (isProved ? [.identified(member)] : [])
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
