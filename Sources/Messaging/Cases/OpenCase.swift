package import Events

/// Begins a case: by the form, by mail, or by a member about another (P-18.1).
package struct OpenCase: Sendable {
    package let topic: CaseTopic
    package let channel: CaseChannel
    /// Who is signed in.
    package let opener: MemberID?
    /// Where somebody is answered who is not.
    package let contact: CaseContact?
    package let statement: CaseStatement
    package let trouble: MailTrouble?
    /// Nil for what came by the form.
    package let envelope: MailEnvelope?

    package init(
        _ topic: CaseTopic, by opener: MemberID?, at contact: CaseContact? = nil, _ statement: CaseStatement
    ) {
        self.init(topic, .page, by: opener, at: contact, statement, trouble: nil, nil)
    }

    /// A question that came by mail.
    /// - Parameter contact: nil when there is no address to answer to.
    package init(
        mailedFrom contact: CaseContact?, _ statement: CaseStatement, trouble: MailTrouble?, _ envelope: MailEnvelope
    ) {
        self.init(.support, .mail, by: nil, at: contact, statement, trouble: trouble, envelope)
    }

    /// A measure that nobody has asked for: begins with its decision (`decideUnasked`).
    package init(unasked topic: CaseTopic, _ statement: CaseStatement) {
        self.init(topic, .staff, by: nil, at: nil, statement, trouble: nil, nil)
    }

    private init(
        _ topic: CaseTopic, _ channel: CaseChannel, by opener: MemberID?, at contact: CaseContact?,
        _ statement: CaseStatement, trouble: MailTrouble?, _ envelope: MailEnvelope?
    ) {
        self.topic = topic
        self.channel = channel
        self.envelope = envelope
        self.opener = opener
        self.contact = contact
        self.statement = statement
        self.trouble = trouble
    }

    func decide(_ id: CaseID, _ command: CommandID, at time: Instant) throws(CaseRefusal) -> [CaseEvent] {
        if case .dispute(with: let other, _) = topic, other == opener { throw .disputeWithOneself }
        let opened = CaseEvent.opened(
            CaseOpening(
                id: id, topic: topic, channel: channel, opener: opener,
                statement: Sealed(statement, of: opener, in: id, by: command), trouble: trouble, at: time))
        let contacts = contact.map { CaseEvent.contactGiven(Sealed($0, .email, of: nil, in: id, by: command)) }
        let received = envelope?.received(
            1, from: .party(.opener), contact == nil ? nil : .receipt, in: id, command)
        return [opened] + [contacts, received].compactMap(\.self)
    }
}

extension Messaging {
    package func open(_ opening: OpenCase, by actor: Actor, command: CommandID) async throws -> CaseID {
        let id = CaseID(createdBy: command)
        try await execute(command, by: actor) { _, time in
            try opening.decide(id, command, at: time).map { Decided($0, in: StreamName(id)) }
        }
        return id
    }
}
