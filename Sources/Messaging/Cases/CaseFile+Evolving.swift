package import Events

extension CaseState: EventSourced {
    package static var initial: CaseState { .none }

    package mutating func evolve(_ event: CaseEvent, at time: Instant) {
        switch (event, self) {
        case (.opened(let opening), .none): self = .known(CaseFile(opening))
        case (_, .known(var file)):
            file.evolve(event, at: time)
            self = .known(file)
        case (_, .none): break
        }
    }
}

extension CaseFile {
    fileprivate init(_ opening: CaseOpening) {
        id = opening.id
        topic = opening.topic
        channel = opening.channel
        openedAt = opening.at
        opener = opening.opener
        if case .dispute(with: let other, _) = opening.topic { self.other = other }
        subjects = [opening.statement.subject]
        isErased = opening.statement.value == .erased
        if !isUnasked { questions[.opener] = CaseQuestion(party: .opener, askedAt: opening.at) }
    }

    fileprivate mutating func evolve(_ event: CaseEvent, at time: Instant) {
        switch event {
        case .opened: break
        case .contactGiven(let contact): self.contact = contact
        case .stated(let addition):
            subjects.append(addition.statement.subject)
            heard.insert(addition.party)
            if addition.asks { ask(addition.party, at: addition.at) }
        case .replied(let answer):
            for party in answer.audience.parties {
                questions[party] = nil
                heard.insert(party)
            }
            phase = answer.awaits ? .waiting(since: answer.at) : .answered(at: answer.at)
        case .noted: break
        case .assigned(let member): assignee = member
        case .warned(let step): if let party = question?.party { questions[party]?.warnings = step }
        case .closed:
            questions = [:]
            phase = .closed(at: time)
        case .reopened: phase = .reopened(at: time)
        case .decided(let decision):
            self.decision = decision
            other = other ?? decision.affected
            questions = [:]
            phase = .closed(at: decision.at)
        case .appealed(let statement, by: let party):
            subjects.append(statement.subject)
            appellants.insert(party)
            appealedAt = time
            if let decided = decision?.by { overruled.insert(decided) }
            heard.insert(party)
            ask(party, at: time)
        case .extended: extendedAt = time
        case .identityChecked: break
        case .identified(let member):
            opener = member
            identifiedAs = member
        case .mailSetAside(_, _, let number):
            setAside.insert(number)
            mailsSetAside = max(mailsSetAside, number)
        case .mailFiled(let number, let asks):
            setAside.remove(number)
            accept(number)
            if asks { ask(.opener, at: time) }
        case .mailReceived(let mail): mails.append(mail)
        case .answersDirected(let choice): answersTo = choice
        case .erased:
            isErased = true
            questions = [:]
            phase = .closed(at: time)
        }
    }

    /// Attributes an accepted set-aside mail to the opener.
    private mutating func accept(_ number: Int) {
        mails = mails.map { mail in
            guard mail.sender == .aside(number) else { return mail }
            return ReceivedMail(
                letter: mail.letter, number: mail.number, sender: .party(.opener), file: mail.file,
                answer: mail.answer)
        }
    }

    private mutating func ask(_ party: CaseParty, at time: Instant) {
        if questions[party] == nil { questions[party] = CaseQuestion(party: party, askedAt: time) }
        phase = .reopened(at: time)
    }
}

extension CaseState {
    /// - Throws: `CaseRefusal.noSuchCase`.
    func required() throws(CaseRefusal) -> CaseFile {
        guard case .known(let file) = self, !file.isErased else { throw .noSuchCase }
        return file
    }
}
