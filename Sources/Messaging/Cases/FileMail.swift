package import Events

/// Adds a mail to a case if it comes from a party's address, and sets it aside otherwise: the reference in a subject proves nothing
/// (P-17.2).
package struct FileMail: Sendable {
    package enum Sender: Hashable, Sendable {
        case party(CaseParty)
        case stranger
        /// A program, not a person.
        case program
    }

    package let sender: Sender
    package let mail: SetAsideMail
    package let trouble: MailTrouble?
    package let envelope: MailEnvelope

    package init(from sender: Sender, _ mail: SetAsideMail, trouble: MailTrouble?, _ envelope: MailEnvelope = .empty) {
        self.sender = sender
        self.mail = mail
        self.trouble = trouble
        self.envelope = envelope
    }

    func decide(
        given file: CaseFile, _ rules: CaseRules, _ command: CommandID, at time: Instant
    ) throws(CaseRefusal) -> [CaseEvent] {
        switch sender {
        case .party(let party):
            guard let statement = CaseStatement(text: mail.text) else { return setAside(.automatic, file, command) }
            let filed = Sealed(statement, of: file.member(party), in: file.id, by: command)
            let stated = try WriteInCase(
                statement: filed, party: party, channel: .mail, trouble: trouble, time: time
            ).decide(given: file, rules)
            let answer: ReceivedMail.Answer? = trouble == nil ? nil : .trouble
            return stated + [received(from: .party(party), answer, file, command)]
        case .stranger: return setAside(.otherSender, file, command)
        case .program: return setAside(.automatic, file, command)
        }
    }

    private func setAside(_ cause: SetAsideCause, _ file: CaseFile, _ command: CommandID) -> [CaseEvent] {
        let number = file.mailsSetAside + 1
        return [
            .mailSetAside(Sealed(mail, of: nil, in: file.id, by: command), cause, number: number),
            received(from: .aside(number), nil, file, command),
        ]
    }

    private func received(
        from sender: ReceivedMail.Sender, _ answer: ReceivedMail.Answer?, _ file: CaseFile, _ command: CommandID
    ) -> CaseEvent {
        envelope.received(file.mails.count + 1, from: sender, answer, in: file.id, command)
    }
}

/// A staff member accepts a set-aside mail as the party's.
struct AcceptMail {
    let number: Int
    let staff: MemberID
    let time: Instant

    func decide(given file: CaseFile, _ rules: CaseRules) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        guard file.setAside.contains(number) else { throw .noSuchMail }
        return [.mailFiled(number: number, asks: file.isAsked(by: .opener, rules))]
    }
}

extension Messaging {
    /// - Parameter sender: evaluated on the current state of the case.
    @discardableResult
    package func file(
        _ mail: SetAsideMail, trouble: MailTrouble?, _ envelope: MailEnvelope = .empty, in id: CaseID,
        _ rules: CaseRules, command: CommandID,
        from sender: (CaseFile) throws -> FileMail.Sender
    ) async throws -> Appended {
        try await inCase(id, command, by: .visitor) { file, time in
            try FileMail(from: sender(file), mail, trouble: trouble, envelope)
                .decide(given: file, rules, command, at: time)
        }
    }

    @discardableResult
    package func acceptMail(
        _ number: Int, in id: CaseID, _ rules: CaseRules, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, time in
            try AcceptMail(number: number, staff: staff, time: time).decide(given: file, rules)
        }
    }
}
