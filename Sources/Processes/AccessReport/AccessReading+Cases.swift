import Accounts
import Events
import Messaging
import Projections

extension AccessReading {
    /// The cases that the member is a party to: what was said to her and by her, and the staff's notes on cases that she opened.
    ///
    /// What the other party of a dispute says is that party's data, and is shown in the case only.
    func cases() throws -> [ReportRecord] {
        try views.cases.of(id).compactMap { entry in
            guard let record = try application.partyRecord(of: entry.id), let party = record.file.party(of: id) else {
                return nil
            }
            return self.record(of: record, as: party, entry)
        }
    }

    private func record(of record: CaseRecord, as party: CaseParty, _ entry: CaseList.Entry) -> ReportRecord {
        let file = record.file
        let closedAt: Instant? = if case .closed(at: let time) = file.phase { time } else { nil }
        let conversation = CaseConversation(record: record, party: party, today: now.stockholmDate)
        let contact = party == .opener ? file.contact?.value.value : nil
        return [
            .id: .text(file.id.description), .matter: .code(file.topic.matter.rawValue, file.topic.swedish),
            .party: .code(party.rawValue, party == .opener ? "du öppnade det" : "du är den andra parten"),
            .openedAt: .time(file.openedAt), .state: .code(entry.phase.rawValue, conversation.phase),
            .subject: party == .opener ? .optional(record.opening?.subject) : .missing,
            .target: party == .opener ? .optional(record.opening?.target) : .missing,
            .address: .optional(
                contact.map { [$0.name, $0.address.shown].compactMap(\.self).joined(separator: ", ") }),
            .closedAt: .optional(closedAt),
            .eraseBy: closedAt.map { deadline(from: $0, file.topic.matter.retention) } ?? .missing,
            .entries: .list(record.entries.compactMap { line(of: $0, as: party) }),
        ]
    }

    private func line(of entry: CaseRecord.Entry, as party: CaseParty) -> ReportRecord? {
        switch entry.event {
        case .opened(let opening):
            return party == .opener ? line(entry, "cases.opened", opening.statement.value.value?.text) : nil
        case .stated(let addition):
            return addition.party == party ? line(entry, "cases.stated", addition.statement.value.value?.text) : nil
        case .appealed(let statement, by: let appellant):
            return appellant == party ? line(entry, "cases.appealed", statement.value.value?.text) : nil
        case .replied(let answer):
            return answer.audience.parties.contains(party)
                ? line(entry, "cases.replied", answer.reply.value.value?.text) : nil
        case .noted(let note): return party == .opener ? line(entry, "cases.noted", note.value.value?.text) : nil
        case .decided(let decision):
            return line(
                entry, "cases.decided", decision.reasons.value.value?.text, rule: decision.reasons.value.value?.rule,
                outcome: decision.outcome)
        case .extended(let reasons): return line(entry, "cases.extended", reasons.value.value?.text)
        case .identityChecked(let verdict):
            return party == .opener
                ? line(entry, "cases.identity-checked", verdict.value.value?.reason, points: verdict.value.value) : nil
        case .mailReceived(let mail): return line(of: mail, entry, as: party)
        case .contactGiven, .assigned, .warned, .closed, .reopened, .identified, .mailSetAside, .mailFiled,
            .answersDirected, .erased:
            return nil
        }
    }

    /// Nil unless the sender is known to be the member: other mail in the case may be another person's.
    private func line(of mail: ReceivedMail, _ entry: CaseRecord.Entry, as party: CaseParty) -> ReportRecord? {
        guard mail.sender == .party(party), let letter = mail.letter.value.value else { return nil }
        return [
            .event: .code("cases.mail-received", EventWords.sentence(for: "cases.mail-received")),
            .time: .time(entry.at), .actor: actor(entry.actor), .messageID: .optional(letter.mailID?.text),
            .replyTo: .optional(letter.replyTo?.text),
            .file: .optional(mail.file.map { _ in AccessReading.fileName(of: mail) }),
        ]
    }

    /// The mails that are stored whole, under the names that the report gives them.
    func keptMails() throws -> [(name: String, bytes: [UInt8])] {
        let blobs = SealedFiles(application.files)
        return try views.cases.of(id).flatMap { entry -> [(name: String, bytes: [UInt8])] in
            guard let file = try application.partyRecord(of: entry.id)?.file, let party = file.party(of: id) else {
                return []
            }
            return try file.mails(from: party).compactMap { mail in
                guard let kept = mail.file, let key = mail.letter.value.value?.fileKey,
                    let bytes = try blobs.open(kept, of: entry.id, with: key)
                else { return nil }
                return (AccessReading.fileName(of: mail), bytes)
            }
        }
    }

    private static func fileName(of mail: ReceivedMail) -> String {
        "mejl/\(mail.file?.digest.description.prefix(16) ?? "").eml"
    }

    private func line(
        _ entry: CaseRecord.Entry, _ event: String, _ text: String?, rule: String? = nil,
        outcome: CaseDecision.Outcome? = nil, points: IdentityVerdict? = nil
    ) -> ReportRecord {
        let agreeing = points.map { verdict in
            IdentityVerdict.Point.allCases.filter(verdict.agreeing.contains).map(\.rawValue).joined(separator: ", ")
        }
        return [
            .event: .code(event, EventWords.sentence(for: event)), .time: .time(entry.at), .actor: actor(entry.actor),
            .text: .optional(text), .rule: .optional(rule), .outcome: .optional(outcome?.rawValue),
            .points: .optional(agreeing),
        ]
    }
}
