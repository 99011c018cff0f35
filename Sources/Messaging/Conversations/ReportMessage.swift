package import Events

/// A participant's report of a message.
package struct MessageReport: Hashable, Sendable {
    package let message: MessageID
    package let reporter: MemberID
    package let reason: MessageReportReason
    package let note: ReportNote?
}

/// Why a message is reported.
package enum MessageReportReason: String, ClosedCode, CaseIterable {
    case abuse, spam, unlawful
    /// Uses a person's data in a way that the policy forbids (P-11.3).
    case personalData = "personal-data"
    case other
}

/// The reporter's free text in addition to the reason, sealed under a separate key.
package struct ReportNote: Hashable, Sendable {
    package static let mostCharacters = 2000

    let subject: Subject
    package let text: Personal<String>

    /// Nil when it has no visible characters, or is longer than `mostCharacters`.
    init?(_ text: String, createdBy command: CommandID) {
        guard let text = TypedText.visibleLines(text), text.count <= ReportNote.mostCharacters else { return nil }
        subject = Subject(.statement, createdBy: command)
        self.text = .known(text)
    }

    init(_ subject: Subject, _ text: Personal<String>) {
        self.subject = subject
        self.text = text
    }
}

extension ReportNote: CustomStringConvertible {
    package var description: String { "note of a report" }
}

struct ReportMessage {
    let report: MessageReport

    /// Decides nothing for a second report of the same message by the same reporter.
    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        let facts = try conversation.required(by: report.reporter)
        guard let author = facts.author(of: report.message) else { throw .noSuchMessage }
        guard author != report.reporter else { throw .ownMessage }
        let isKnown = facts.reports.contains { $0.message == report.message && $0.reporter == report.reporter }
        return isKnown ? [] : [.reported(facts.id, report)]
    }
}

/// Why an administrator opens a reported message. A closed code without free text, because the event stays in the log for ever.
package enum OpeningReason: String, ClosedCode, CaseIterable {
    /// To judge the report.
    case report
    /// The decision was appealed against.
    case appeal
    /// The participants are in dispute.
    case dispute
    /// A court or an authority has ordered it.
    case authority
}

/// An administrator opens a reported message; the event is appended before the text is shown (P-06.2).
struct OpenReportedMessage {
    let message: MessageID
    let reason: OpeningReason
    let administrator: MemberID

    func decide(given conversation: Conversation) throws(ConversationRefusal) -> [ConversationEvent] {
        guard let facts = conversation.facts else { throw .noSuchConversation }
        guard !facts.members.contains(administrator) else { throw .ownMatter }
        guard facts.reports.contains(where: { $0.message == message }) else { throw .notReported }
        return [.opened(facts.id, message, reason)]
    }
}

extension Messaging {
    /// - Parameter note: free text in addition to the reason; empty for none.
    package func report(
        _ message: MessageID, in conversation: ConversationID, for reason: MessageReportReason, note: String,
        by reporter: MemberID, command: CommandID
    ) async throws -> Appended {
        let note = ReportNote(note, createdBy: command)
        let report = MessageReport(message: message, reporter: reporter, reason: reason, note: note)
        return try await execute(command, by: .member(reporter)) { reading, _ in
            try ReportMessage(report: report).decide(given: reading.state(of: StreamName(conversation))).decided
        }
    }

    /// Opens a reported message for an administrator. The caller checks the role.
    ///
    /// The participants can see that it was opened.
    package func open(
        _ message: MessageID, in conversation: ConversationID, because reason: OpeningReason,
        by administrator: MemberID,
        command: CommandID
    ) async throws -> (message: ConversationMessage?, appended: Appended) {
        let appended = try await execute(command, by: .member(administrator)) { reading, _ in
            try OpenReportedMessage(message: message, reason: reason, administrator: administrator).decide(
                given: reading.state(of: StreamName(conversation))
            ).decided
        }
        return (try messages(in: conversation, showsDeleted: true).first { $0.id == message }, appended)
    }
}
