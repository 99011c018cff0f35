package import Events

extension CaseEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .opened(let opening): event(.opened, sealing: opening.statement.part, ClearOpening(opening))
        case .contactGiven(let contact): event(.contactGiven, sealing: contact.part)
        case .stated(let addition): event(.stated, sealing: addition.statement.part, ClearAddition(addition))
        case .replied(let answer):
            event(.replied, sealing: answer.reply.part) {
                $0.write(.awaits, answer.awaits)
                $0.write(.to, answer.audience)
            }
        case .noted(let note): event(.noted, sealing: note.part)
        case .assigned(let member): event(.assigned, .assignee, member)
        case .warned(let step): event(.warned, .step, step)
        case .closed: event(.closed)
        case .reopened: event(.reopened)
        case .decided(let decision):
            event(.decided, sealing: decision.reasons.part) {
                $0.write(.affected, decision.affected)
                $0.write(.outcome, decision.outcome)
            }
        case .appealed(let statement, let party):
            event(.appealed, sealing: statement.part) { $0.write(.party, party) }
        case .extended(let reasons): event(.extended, sealing: reasons.part)
        case .identityChecked(let verdict): event(.identityChecked, sealing: verdict.part)
        case .identified(let member): event(.identified, .member, member)
        case .mailSetAside(let mail, let cause, let number):
            event(.mailSetAside, sealing: mail.part) {
                $0.write(.cause, cause)
                $0.write(.number, number)
            }
        case .mailFiled(let number, let asks):
            event(.mailFiled) {
                $0.write(.asks, asks)
                $0.write(.number, number)
            }
        case .mailReceived(let mail): event(.mailReceived, sealing: mail.letter.part, ClearMail(mail))
        case .answersDirected(let choice): event(.answersDirected, .mail, choice.mail)
        case .erased(let reason): event(.erased, .reason, reason)
        }
    }

    package init(_ name: CaseEventName, _ event: RecordedEvent) throws {
        switch name {
        case .opened: self = .opened(try CaseOpening(event))
        case .contactGiven: self = .contactGiven(try event.onlySealed())
        case .stated: self = .stated(CaseAddition(try event.clear(), try event.sealed(), at: event.time))
        case .replied:
            let (awaits, audience) = try event.clear(.awaits, .to)
            self = .replied(
                CaseAnswer(reply: try event.sealed(), audience: audience, awaits: awaits, at: event.time))
        case .noted: self = .noted(try event.onlySealed())
        case .assigned: self = .assigned(try event.clear(.assignee))
        case .warned: self = .warned(step: try event.clear(.step))
        case .closed: self = try event.bare(.closed)
        case .reopened: self = try event.bare(.reopened)
        case .decided:
            let (affected, outcome) = try event.clear(.affected, .outcome)
            self = .decided(
                CaseDecision(
                    outcome: outcome, reasons: try event.sealed(), affected: affected, by: event.actor.member,
                    at: event.time))
        case .appealed: self = .appealed(try event.sealed(), by: try event.clear(.party))
        case .extended: self = .extended(try event.onlySealed())
        case .identityChecked: self = .identityChecked(try event.onlySealed())
        case .identified: self = .identified(try event.clear(.member))
        case .mailSetAside:
            let (cause, number) = try event.clear(.cause, .number)
            self = .mailSetAside(try event.sealed(), cause, number: number)
        case .mailFiled:
            let (asks, number) = try event.clear(.asks, .number)
            self = .mailFiled(number: number, asks: asks)
        case .mailReceived: self = .mailReceived(try ReceivedMail(event))
        case .answersDirected:
            self = .answersDirected(try event.clear(.mail).map { .replyTo(of: $0) } ?? .sender)
        case .erased: self = .erased(try event.clear(.reason))
        }
    }
}

private struct ClearAddition {
    let asks: Bool
    let channel: CaseChannel
    let party: CaseParty
    let trouble: MailTrouble?

    init(_ addition: CaseAddition) {
        asks = addition.asks
        channel = addition.channel
        party = addition.party
        trouble = addition.trouble
    }
}

extension ClearAddition: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        asks = try fields("asks", \.asks)
        channel = try fields("channel", \.channel)
        party = try fields("party", \.party)
        trouble = try fields("trouble", \.trouble)
    }
}

extension CaseAddition {
    fileprivate init(_ clear: ClearAddition, _ statement: Sealed<CaseStatement>, at time: Instant) {
        self.init(
            statement: statement, party: clear.party, channel: clear.channel, asks: clear.asks, trouble: clear.trouble,
            at: time)
    }
}

private struct ClearMail {
    let answer: ReceivedMail.Answer?
    let aside: Int?
    let bytes: Int?
    let file: TextHash?
    let number: Int
    let party: CaseParty?

    init(_ mail: ReceivedMail) {
        answer = mail.answer
        aside = if case .aside(let number) = mail.sender { number } else { nil }
        bytes = mail.file?.bytes
        file = mail.file?.digest
        number = mail.number
        party = if case .party(let party) = mail.sender { party } else { nil }
    }
}

extension ClearMail: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        answer = try fields("answer", \.answer)
        aside = try fields("aside", \.aside)
        bytes = try fields("bytes", \.bytes)
        file = try fields("file", \.file)
        number = try fields("number", \.number)
        party = try fields("party", \.party)
    }
}

extension ReceivedMail {
    fileprivate init(_ event: RecordedEvent) throws {
        let clear: ClearMail = try event.clear()
        guard let sender = clear.party.map(Sender.party) ?? clear.aside.map(Sender.aside) else {
            throw UnreadableEvent(event)
        }
        self.init(
            letter: try event.sealed(), number: clear.number, sender: sender,
            file: clear.file.flatMap { file in clear.bytes.map { SealedFile(digest: file, bytes: $0) } },
            answer: clear.answer)
    }
}

extension AnswerChoice {
    fileprivate var mail: Int? {
        switch self {
        case .sender: nil
        case .replyTo(of: let number): number
        }
    }
}

extension ClearField<Bool> {
    fileprivate static var asks: Self { "asks" }
    fileprivate static var awaits: Self { "awaits" }
}

extension ClearField<Int> {
    fileprivate static var number: Self { "number" }
    fileprivate static var step: Self { "step" }
}

extension ClearField<Int?> {
    fileprivate static var mail: Self { "mail" }
}

extension ClearField<MemberID> {
    fileprivate static var member: Self { "member" }
}

extension ClearField<MemberID?> {
    fileprivate static var affected: Self { "affected" }
    fileprivate static var assignee: Self { "member" }
}

extension ClearField<CaseAudience> {
    fileprivate static var to: Self { "to" }
}

extension ClearField<CaseDecision.Outcome> {
    fileprivate static var outcome: Self { "outcome" }
}

extension ClearField<CaseParty> {
    fileprivate static var party: Self { "party" }
}

extension ClearField<SetAsideCause> {
    fileprivate static var cause: Self { "cause" }
}

extension ClearField<TextErasureReason> {
    fileprivate static var reason: Self { "reason" }
}
