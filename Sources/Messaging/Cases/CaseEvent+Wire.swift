package import Events

extension CaseEvent: DomainEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .opened(let opening):
            write(.opened, opening.statement.sealed(CaseStatement.write), opening.write)
        case .contactGiven(let contact):
            write(
                .contactGiven,
                contact.sealed { json, contact in
                    json.text(.caseContact, contact.address.text)
                    json.text(.caseContactName, contact.name)
                })
        case .stated(let addition):
            write(.stated, addition.statement.sealed(CaseStatement.write)) { json in
                json.bool("asks", addition.asks)
                json.code("channel", addition.channel)
                json.code("party", addition.party)
                json.code("trouble", addition.trouble)
            }
        case .replied(let answer):
            write(.replied, answer.reply.sealed { $0.text(.caseReply, $1.text) }) { json in
                json.bool("awaits", answer.awaits)
                json.code("to", answer.audience)
            }
        case .noted(let note): write(.noted, note.sealed { $0.text(.caseNote, $1.text) })
        case .assigned(let member): write(.assigned) { $0.id("member", member) }
        case .warned(let step): write(.warned) { $0.integer("step", step) }
        case .closed: write(.closed)
        case .reopened: write(.reopened)
        case .decided(let decision):
            write(.decided, decision.reasons.sealed(CaseReasons.write)) { json in
                json.id("affected", decision.affected)
                json.code("outcome", decision.outcome)
            }
        case .appealed(let statement, let party, at: _):
            write(.appealed, statement.sealed(CaseStatement.write)) { $0.code("party", party) }
        case .extended(let reasons, at: _): write(.extended, reasons.sealed(CaseReasons.write))
        case .identityChecked(let verdict):
            write(
                .identityChecked,
                verdict.sealed { json, verdict in
                    json.text(.caseReasons, verdict.reason)
                    json.text(.identityVerdict, verdict.words)
                })
        case .identified(let member): write(.identified) { $0.id("member", member) }
        case .mailSetAside(let mail, let cause, let number):
            write(
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
            write(.mailFiled) { json in
                json.bool("asks", asks)
                json.integer("number", number)
            }
        }
    }

    private func write(
        _ name: CaseEventName, _ sealed: SealedPart? = nil, _ clear: (inout ClearWriter) -> Void = { _ in }
    ) -> NewEvent {
        NewEvent(EventType(name.rawValue, 1), clear: ClearPart(clear), sealed: sealed)
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
