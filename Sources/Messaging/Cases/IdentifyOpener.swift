package import Events

/// Records the result of comparing the four identity points (P-17.2); if all match, the member becomes the opener of the case.
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
