package import Events

extension CaseEvent: NamedEvent {
    package typealias Name = CaseEventName

    package func encoded() -> NewEvent {
        switch self {
        case .opened(let opening):
            event(.opened, opening.statement.sealed(CaseStatement.write), opening.write)
        case .contactGiven(let contact):
            event(
                .contactGiven,
                contact.sealed { json, contact in
                    json.text(.caseContact, contact.address.text)
                    json.text(.caseContactName, contact.name)
                })
        case .stated(let addition):
            event(.stated, addition.statement.sealed(CaseStatement.write)) { json in
                json.bool("asks", addition.asks)
                json.code("channel", addition.channel)
                json.code("party", addition.party)
                json.code("trouble", addition.trouble)
            }
        case .replied(let answer):
            event(.replied, answer.reply.sealed { $0.text(.caseReply, $1.text) }) { json in
                json.bool("awaits", answer.awaits)
                json.code("to", answer.audience)
            }
        case .noted(let note): event(.noted, note.sealed { $0.text(.caseNote, $1.text) })
        case .assigned(let member): event(.assigned) { $0.id("member", member) }
        case .warned(let step): event(.warned) { $0.integer("step", step) }
        case .closed: event(.closed)
        case .reopened: event(.reopened)
        case .decided(let decision):
            event(.decided, decision.reasons.sealed(CaseReasons.write)) { json in
                json.id("affected", decision.affected)
                json.code("outcome", decision.outcome)
            }
        case .appealed(let statement, let party, at: _):
            event(.appealed, statement.sealed(CaseStatement.write)) { $0.code("party", party) }
        case .extended(let reasons, at: _): event(.extended, reasons.sealed(CaseReasons.write))
        case .identityChecked(let verdict):
            event(
                .identityChecked,
                verdict.sealed { json, verdict in
                    json.text(.caseReasons, verdict.reason)
                    json.text(.identityVerdict, verdict.words)
                })
        case .identified(let member): event(.identified) { $0.id("member", member) }
        case .mailSetAside(let mail, let cause, let number):
            event(
                .mailSetAside,
                mail.sealed { json, mail in
                    json.text(.caseContact, mail.sender)
                    json.text(.caseSubject, mail.subject)
                    json.text(.caseText, mail.text)
                }
            ) { json in
                json.code("cause", cause)
                json.integer("number", number)
            }
        case .mailFiled(let number, let asks, at: _):
            event(.mailFiled) { json in
                json.bool("asks", asks)
                json.integer("number", number)
            }
        case .mailReceived(let mail):
            event(
                .mailReceived,
                mail.letter.sealed { json, letter in
                    json.text(.caseMailID, letter.mailID?.text)
                    json.text(.caseMailKey, letter.fileKey?.text)
                    json.text(.caseReplyTo, letter.replyTo?.text)
                }, mail.write)
        case .answersDirected(let choice):
            event(.answersDirected) { json in
                if case .replyTo(of: let number) = choice { json.integer("mail", number) }
            }
        case .erased(let reason, at: _): event(.erased) { $0.code("reason", reason) }
        }
    }
}

extension ReceivedMail {
    fileprivate func write(to json: inout ClearWriter) {
        json.code("answer", answer)
        if case .aside(let number) = sender { json.integer("aside", number) }
        json.integer("bytes", file?.bytes)
        json.hash("file", file?.digest)
        json.integer("number", number)
        if case .party(let party) = sender { json.code("party", party) }
    }
}

extension CaseStatement {
    fileprivate static func write(_ json: inout SealedWriter, _ statement: CaseStatement) {
        json.text(.caseSubject, statement.subject)
        json.text(.caseTarget, statement.target)
        json.text(.caseText, statement.text)
    }
}

extension CaseReasons {
    fileprivate static func write(_ json: inout SealedWriter, _ reasons: CaseReasons) {
        json.text(.caseReasons, reasons.text)
        json.text(.caseRule, reasons.rule)
    }
}

extension IdentityVerdict {
    /// The points that agree, in their order.
    fileprivate var words: String {
        Point.allCases.filter(agreeing.contains).map(\.rawValue).joined(separator: ",")
    }
}

extension CaseOpening {
    /// In ascending order of the keys, whatever the topic is.
    fileprivate func write(to json: inout ClearWriter) {
        var (post, member, message, thread) = (PostID?.none, MemberID?.none, MessageID?.none, ThreadID?.none)
        var (conversation, other) = (ConversationID?.none, MemberID?.none)
        var (reason, right) = (ReportReason?.none, RightKind?.none)
        switch topic {
        case .support, .correction: break
        case .report(let why, let thing):
            reason = why
            switch thing {
            case .post(let id): post = id
            case .thread(let id): thread = id
            case .member(let id): member = id
            case .message(let id, in: let place): (message, conversation) = (id, place)
            case .page: break
            }
        case .dispute(with: let party, let ground):
            other = party
            switch ground {
            case .thread(let id): thread = id
            case .conversation(let id): conversation = id
            case .other: break
            }
        case .rights(let kind): right = kind
        }
        json.code("channel", channel)
        json.id("conversation", conversation)
        json.code("matter", topic.matter)
        json.id("member", member)
        json.id("message", message)
        json.id("opener", opener)
        json.id("other", other)
        json.id("post", post)
        json.code("reason", reason)
        json.code("right", right)
        json.id("thread", thread)
        json.code("trouble", trouble)
    }
}
