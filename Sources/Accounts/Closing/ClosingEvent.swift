package import Events

/// How an account ends, is suspended, and comes back (P-16).
package enum ClosingEvent: Hashable, Sendable {
    case closed(ClosingDecision)
    case textsChosen(TextsChoices, erasing: [Subject])
    case restoreLinkRequested
    case restored
    case deactivated(DeactivationDecision)
    case returned
    case appealed(Sealed<AppealText>)
    case appealRejected(Sealed<StatementOfReasons>)
    case unusedWarned
    case purgeAnnounced
    /// The reason is set when the purge was ordered ahead of time.
    case purged(PurgeReason?)
}

package enum ClosingEventName: String, AccountStreamEventName {
    case closed = "accounts.closed"
    case textsChosen = "accounts.texts-chosen"
    case restoreLinkRequested = "accounts.way-back-requested"
    case restored = "accounts.restored"
    case deactivated = "accounts.deactivated"
    case returned = "accounts.returned"
    case appealed = "accounts.appealed"
    case appealRejected = "accounts.appeal-rejected"
    case unusedWarned = "accounts.unused-warned"
    case purgeAnnounced = "accounts.purge-announced"
    case purged = "accounts.purged"

    package var schema: Int {
        switch self {
        // v1 knew only erasures at the end of the period; v2 adds the reason of one ordered ahead of time.
        case .purged: 2
        // v1 had one choice for posts and messages.
        case .closed, .textsChosen: 2
        case .restoreLinkRequested, .restored, .deactivated, .returned, .appealed,
            .appealRejected,
            .unusedWarned, .purgeAnnounced:
            1
        }
    }
}

extension ClosingEvent: NamedEvent {
    package func encoded() -> NewEvent {
        switch self {
        case .closed(let decision): event(.closed, sealing: decision.reasons?.part, decision.clear)
        case .textsChosen(let choice, let erasing):
            event(.textsChosen) {
                $0.write(.erasing, erasing)
                $0.write(.messages, choice.messages)
                $0.write(.posts, choice.posts)
            }
        case .restoreLinkRequested: event(.restoreLinkRequested)
        case .restored: event(.restored)
        case .deactivated(let decision):
            event(.deactivated, sealing: decision.reasons.part) { $0.write(.until, decision.until) }
        case .returned: event(.returned)
        case .appealed(let text): event(.appealed, sealing: text.part)
        case .appealRejected(let reasons): event(.appealRejected, sealing: reasons.part)
        case .unusedWarned: event(.unusedWarned)
        case .purgeAnnounced: event(.purgeAnnounced)
        case .purged(let order): event(.purged, .order, order)
        }
    }

    package init(_ name: ClosingEventName, _ event: RecordedEvent) throws {
        switch name {
        case .closed:
            let clear =
                event.type.schema == 1 ? try event.clear(ClosingDecision.FirstClear.self).upcast : try event.clear()
            self = .closed(ClosingDecision(clear, reasons: try event.sealedIfAny()))
        case .textsChosen:
            guard event.type.schema > 1 else {
                let (choice, erasing) = try event.clear(.choice, .erasing)
                self = .textsChosen(TextsChoices(posts: choice, messages: choice), erasing: erasing)
                return
            }
            let (erasing, messages, posts) = try event.clear(.erasing, .messages, .posts)
            self = .textsChosen(TextsChoices(posts: posts, messages: messages), erasing: erasing)
        case .restoreLinkRequested: self = try event.bare(.restoreLinkRequested)
        case .restored: self = try event.bare(.restored)
        case .deactivated:
            self = .deactivated(DeactivationDecision(until: try event.clear(.until), reasons: try event.sealed()))
        case .returned: self = try event.bare(.returned)
        case .appealed: self = .appealed(try event.onlySealed())
        case .appealRejected: self = .appealRejected(try event.onlySealed())
        case .unusedWarned: self = try event.bare(.unusedWarned)
        case .purgeAnnounced: self = try event.bare(.purgeAnnounced)
        case .purged: self = .purged(try event.clear(.order))
        }
    }
}

extension ClosingDecision {
    fileprivate struct Clear {
        let cause: ClosingCause
        let marked: [Subject]
        let receipt: TextHash
        let texts: TextsChoices
    }

    /// Schema 1.
    fileprivate struct FirstClear {
        let cause: ClosingCause
        let marked: [Subject]
        let receipt: TextHash
        let texts: TextsChoice

        var upcast: Clear {
            Clear(
                cause: cause, marked: marked, receipt: receipt, texts: TextsChoices(posts: texts, messages: texts))
        }
    }

    fileprivate var clear: Clear { Clear(cause: cause, marked: marked, receipt: receipt, texts: texts) }

    fileprivate init(_ clear: Clear, reasons: Sealed<StatementOfReasons>?) {
        self.init(clear.cause, texts: clear.texts, marked: clear.marked, receipt: clear.receipt, reasons: reasons)
    }
}

extension ClosingDecision.Clear: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        cause = try fields("cause", \.cause)
        marked = try fields("marked", \.marked)
        let messages = try fields("messages", \.texts.messages)
        let posts = try fields("posts", \.texts.posts)
        receipt = try fields("receipt", \.receipt)
        texts = TextsChoices(posts: posts, messages: messages)
    }
}

extension ClosingDecision.FirstClear: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        cause = try fields("cause", \.cause)
        marked = try fields("marked", \.marked)
        receipt = try fields("receipt", \.receipt)
        texts = try fields("texts", \.texts)
    }
}

extension ClearField<TextsChoice> {
    fileprivate static var choice: Self { "choice" }
    fileprivate static var messages: Self { "messages" }
    fileprivate static var posts: Self { "posts" }
}

extension ClearField<[Subject]> {
    fileprivate static var erasing: Self { "erasing" }
}

extension ClearField<Instant> {
    fileprivate static var until: Self { "until" }
}

extension ClearField<PurgeReason?> {
    fileprivate static var order: Self { "order" }
}
