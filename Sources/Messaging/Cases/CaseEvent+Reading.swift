package import Events

extension CaseEvent {
    /// - Throws: `UnreadableEvent`, `MalformedEvent`, `SealedWithoutKeys`.
    package static func decode(_ event: RecordedEvent) throws -> CaseEvent? {
        guard let name = try CaseEventName(event) else { return nil }
        switch name {
        case .opened: return .opened(try CaseOpening(event))
        case .contactGiven:
            try event.clear(nothing)
            return .contactGiven(try Filed(event, CaseContact.init))
        case .stated:
            let clear = try event.clear { (json) throws(MalformedEvent) in
                let asks = try json.bool("asks")
                let channel: CaseChannel = try json.code("channel")
                let party: CaseParty = try json.code("party")
                return (asks, channel, party, try json.optionalCode("trouble") as MailTrouble?)
            }
            return .stated(
                CaseAddition(
                    statement: try Filed(event, CaseStatement.init), party: clear.2, channel: clear.1, asks: clear.0,
                    trouble: clear.3, at: event.time))
        case .replied:
            let (awaits, audience) = try event.clear { (json) throws(MalformedEvent) in
                let awaits = try json.bool("awaits")
                return (awaits, try json.code("to") as CaseAudience)
            }
            let reply = try Filed(event) { (json) throws(MalformedEvent) in
                CaseReply(recorded: try json.text(.caseReply))
            }
            return .replied(CaseAnswer(reply: reply, audience: audience, awaits: awaits, at: event.time))
        case .noted:
            try event.clear(nothing)
            return .noted(
                try Filed(event) { (json) throws(MalformedEvent) in CaseNote(recorded: try json.text(.caseNote)) })
        case .assigned:
            return .assigned(try event.clear { (json) throws(MalformedEvent) in try json.optionalID("member") })
        case .warned:
            return .warned(step: try event.clear { (json) throws(MalformedEvent) in try json.integer("step") })
        case .closed:
            try event.clear(nothing)
            return .closed(at: event.time)
        case .reopened:
            try event.clear(nothing)
            return .reopened(at: event.time)
        case .decided:
            let (affected, outcome) = try event.clear { (json) throws(MalformedEvent) in
                let affected: MemberID? = try json.optionalID("affected")
                return (affected, try json.code("outcome") as CaseDecision.Outcome)
            }
            return .decided(
                CaseDecision(
                    outcome: outcome, reasons: try Filed(event, CaseReasons.init), affected: affected,
                    by: event.actor.member, at: event.time))
        case .appealed:
            let party: CaseParty = try event.clear { (json) throws(MalformedEvent) in try json.code("party") }
            return .appealed(try Filed(event, CaseStatement.init), by: party, at: event.time)
        case .extended:
            try event.clear(nothing)
            return .extended(try Filed(event, CaseReasons.init), at: event.time)
        case .identityChecked:
            try event.clear(nothing)
            return .identityChecked(try Filed(event, IdentityVerdict.init))
        case .identified:
            return .identified(try event.clear { (json) throws(MalformedEvent) in try json.id("member") })
        case .mailSetAside:
            let (cause, number) = try event.clear { (json) throws(MalformedEvent) in
                let cause: SetAsideCause = try json.code("cause")
                return (cause, try json.integer("number"))
            }
            return .mailSetAside(try Filed(event, SetAsideMail.init), cause, number: number)
        case .mailFiled:
            let (asks, number) = try event.clear { (json) throws(MalformedEvent) in
                let asks = try json.bool("asks")
                return (asks, try json.integer("number"))
            }
            return .mailFiled(number: number, asks: asks, at: event.time)
        case .mailReceived: return .mailReceived(try ReceivedMail(event))
        case .answersDirected:
            let mail = try event.clear { (json) throws(MalformedEvent) in try json.optionalInteger("mail") }
            return .answersDirected(mail.map { .replyTo(of: $0) } ?? .sender)
        case .erased:
            let reason: TextErasureReason = try event.clear { (json) throws(MalformedEvent) in try json.code("reason") }
            return .erased(reason, at: event.time)
        }
    }

    private static func nothing(_ json: inout ClearReader) throws(MalformedEvent) {}
}

extension CaseOpening {
    fileprivate init(_ event: RecordedEvent) throws {
        guard let id: CaseID = event.stream.id() else {
            throw UnreadableEvent(event)
        }
        let clear = try event.clear(Clear.init)
        guard let topic = clear.topic else { throw UnreadableEvent(event) }
        self.init(
            id: id, topic: topic, channel: clear.channel, opener: clear.opener,
            statement: try Filed(event, CaseStatement.init), trouble: clear.trouble, at: event.time)
    }

    /// The keys in the order in which they are written.
    private struct Clear {
        let channel: CaseChannel
        let conversation: ConversationID?
        let matter: CaseMatter
        let member: MemberID?
        let message: MessageID?
        let opener: MemberID?
        let other: MemberID?
        let post: PostID?
        let reason: ReportReason?
        let right: RightKind?
        let thread: ThreadID?
        let trouble: MailTrouble?

        init(_ json: inout ClearReader) throws(MalformedEvent) {
            channel = try json.code("channel")
            conversation = try json.optionalID("conversation")
            matter = try json.code("matter")
            member = try json.optionalID("member")
            message = try json.optionalID("message")
            opener = try json.optionalID("opener")
            other = try json.optionalID("other")
            post = try json.optionalID("post")
            reason = try json.optionalCode("reason")
            right = try json.optionalCode("right")
            thread = try json.optionalID("thread")
            trouble = try json.optionalCode("trouble")
        }

        /// Nil when the keys do not belong together.
        var topic: CaseTopic? {
            switch matter {
            case .support: .support
            case .correction: .correction
            case .report: reason.map { .report($0, thing) }
            case .dispute: other.map { .dispute(with: $0, ground) }
            case .rights: right.map { .rights($0) }
            }
        }

        private var thing: ReportedThing {
            if let post { return .post(post) }
            if let thread { return .thread(thread) }
            if let member { return .member(member) }
            if let message, let conversation { return .message(message, in: conversation) }
            return .page
        }

        private var ground: DisputeGround {
            if let thread { return .thread(thread) }
            return conversation.map { .conversation($0) } ?? .other
        }
    }
}

extension ReceivedMail {
    fileprivate init(_ event: RecordedEvent) throws {
        let clear = try event.clear(Clear.init)
        guard let sender = clear.party.map(Sender.party) ?? clear.aside.map(Sender.aside) else {
            throw UnreadableEvent(event)
        }
        self.init(
            letter: try Filed(event, CaseLetter.init), number: clear.number, sender: sender,
            file: clear.file.flatMap { file in clear.bytes.map { SealedFile(digest: file, bytes: $0) } },
            answer: clear.answer)
    }

    /// The keys in the order in which they are written.
    private struct Clear {
        let answer: Answer?
        let aside: Int?
        let bytes: Int?
        let file: TextHash?
        let number: Int
        let party: CaseParty?

        init(_ json: inout ClearReader) throws(MalformedEvent) {
            answer = try json.optionalCode("answer")
            aside = try json.optionalInteger("aside")
            bytes = try json.optionalInteger("bytes")
            file = try json.optionalHash("file")
            number = try json.integer("number")
            party = try json.optionalCode("party")
        }
    }
}

extension CaseLetter {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        mailID = try json.optionalValue(.caseMailID) { ReceivedMailID($0) }
        fileKey = try json.optionalValue(.caseMailKey) { SealedFileKey($0) }
        replyTo = try json.optionalValue(.caseReplyTo) { MailAddress(recorded: $0) }
    }
}

extension CaseStatement {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        let subject = try json.optionalText(.caseSubject)
        let target = try json.optionalText(.caseTarget)
        self.init(recorded: subject, try json.text(.caseText), target)
    }
}

extension CaseContact {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        address = try json.value(.caseContact) { MailAddress(recorded: $0) }
        name = try json.optionalText(.caseContactName)
    }
}

extension CaseReasons {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        let text = try json.text(.caseReasons)
        self.init(recorded: try json.optionalText(.caseRule), text)
    }
}

extension IdentityVerdict {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        let reason = try json.text(.caseReasons)
        let points = try json.text(.identityVerdict).split(separator: ",").compactMap { Point(rawValue: String($0)) }
        self.init(recorded: Set(points), reason)
    }
}

extension SetAsideMail {
    fileprivate init(_ json: inout SealedReader) throws(MalformedEvent) {
        let sender = try json.text(.caseContact)
        let subject = try json.text(.caseSubject)
        self.init(recorded: sender, subject, try json.text(.caseText))
    }
}
