package import Events

/// Opens a case: from the form, from a mail, or as a member's dispute with another (P-18.1).
package struct OpenCase: Sendable {
    package let topic: CaseTopic
    package let channel: CaseChannel
    /// The signed-in member; nil for a visitor.
    package let opener: MemberID?
    /// Where to answer an opener who is not signed in.
    package let contact: CaseContact?
    package let statement: CaseStatement
    package let trouble: MailTrouble?
    /// Nil when the case did not arrive by mail.
    package let envelope: MailEnvelope?

    package init(
        _ topic: CaseTopic, by opener: MemberID?, at contact: CaseContact? = nil, _ statement: CaseStatement
    ) {
        self.init(topic, .page, by: opener, at: contact, statement, trouble: nil, nil)
    }

    /// A question received by mail.
    /// - Parameter contact: nil when the mail has no usable sender address.
    package init(
        mailedFrom contact: CaseContact?, _ statement: CaseStatement, trouble: MailTrouble?, _ envelope: MailEnvelope
    ) {
        self.init(.support, .mail, by: nil, at: contact, statement, trouble: trouble, envelope)
    }

    /// A measure of the staff without a report: the case begins with its decision (`decideUnasked`).
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
