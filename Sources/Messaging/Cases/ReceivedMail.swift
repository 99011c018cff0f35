package import Events

/// The sealed metadata of a received mail: what an answer refers to, and where it may be sent.
package struct CaseLetter: Hashable, Sendable, Redacted {
    package let mailID: ReceivedMailID?
    /// The Reply-To address if it differs from the sender's. Unverified.
    package let replyTo: MailAddress?
    /// Key to the stored original mail; nil if it was not stored.
    package let fileKey: SealedFileKey?

    package init(mailID: ReceivedMailID?, replyTo: MailAddress?, fileKey: SealedFileKey?) {
        self.mailID = mailID
        self.replyTo = replyTo
        self.fileKey = fileKey
    }
}

extension CaseLetter: SealedRecord {
    package init<Fields: SealedFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        mailID = try fields(.caseMailID, \.mailID)
        fileKey = try fields(.caseMailKey, \.fileKey)
        replyTo = try fields(.caseReplyTo, \.replyTo)
    }
}

/// A mail received in a case; its text is in an earlier event of the same append.
package struct ReceivedMail: Hashable, Sendable {
    package let letter: Sealed<CaseLetter>
    /// Number among the case's mails, from 1.
    package let number: Int
    package let sender: Sender
    /// The complete original, stored when not all of it could be read.
    package let file: SealedFile?
    /// The automatic answer to send, if any.
    package let answer: Answer?

    package enum Sender: Hashable, Sendable {
        case party(CaseParty)
        /// Not a verified party; the number is that of the `mailSetAside` event.
        case aside(Int)
    }

    package enum Answer: String, ClosedCode, CaseIterable {
        case receipt
        /// Says that parts of the mail could not be read.
        case trouble
    }
}

/// A mail to be added to a case, without its text.
package struct MailEnvelope: Sendable {
    let letter: CaseLetter
    let file: SealedFile?
    /// Whether an automatic answer is allowed.
    let mayAnswer: Bool

    /// - Parameter kept: the stored original and its key.
    package init(
        mailID: ReceivedMailID?, replyTo: MailAddress?, kept: (file: SealedFile, key: SealedFileKey)?, mayAnswer: Bool
    ) {
        letter = CaseLetter(mailID: mailID, replyTo: replyTo, fileKey: kept?.key)
        file = kept?.file
        self.mayAnswer = mayAnswer
    }

    /// For a mail of which only the text is known.
    package static let empty = MailEnvelope(mailID: nil, replyTo: nil, kept: nil, mayAnswer: true)

    func received(
        _ number: Int, from sender: ReceivedMail.Sender, _ answer: ReceivedMail.Answer?, in id: CaseID,
        _ command: CommandID
    ) -> CaseEvent {
        .mailReceived(
            ReceivedMail(
                letter: Sealed(letter, .email, as: "letter", of: nil, in: id, by: command), number: number,
                sender: sender, file: file, answer: mayAnswer ? answer : nil))
    }
}

extension CaseFile {
    /// A party's mails, the oldest first.
    package func mails(from party: CaseParty) -> [ReceivedMail] { mails.filter { $0.sender == .party(party) } }

    /// Where to answer an opener who is not a member.
    ///
    /// A Reply-To address is used without review only if it has the sender's domain: otherwise anybody could make the site write to a third
    /// party.
    package var answerAddress: AnswerAddress? {
        guard let contact, let sender = contact.value.value?.address else { return nil }
        let asSent = AnswerAddress(address: sender, subject: contact.subject, isReplyTo: false)
        guard topic.matter != .rights else { return asSent }
        switch answersTo {
        case .sender: return asSent
        case .replyTo(of: let number):
            return mails.first { $0.number == number }.flatMap(AnswerAddress.init(replyToOf:)) ?? asSent
        case nil:
            let wished = mails(from: .opener).first.flatMap(AnswerAddress.init(replyToOf:))
            return wished.flatMap { $0.address.domain == sender.domain ? $0 : nil } ?? asSent
        }
    }

    /// The newest alternative to `answerAddress`, for the staff to choose.
    package var otherAnswerAddress: (choice: AnswerChoice, address: MailAddress)? {
        guard let present = answerAddress, opener == nil, topic.matter != .rights else { return nil }
        for mail in mails(from: .opener).reversed() {
            if let wished = mail.letter.value.value?.replyTo, wished != present.address {
                return (.replyTo(of: mail.number), wished)
            }
        }
        guard let sender = contact?.value.value?.address, sender != present.address else { return nil }
        return (.sender, sender)
    }
}

/// An address to answer to, and the subject under which it is sealed.
package struct AnswerAddress: Hashable, Sendable {
    package let address: MailAddress
    package let subject: Subject
    /// Taken from a mail's Reply-To.
    package let isReplyTo: Bool
}

extension AnswerAddress {
    fileprivate init?(replyToOf mail: ReceivedMail) {
        guard let address = mail.letter.value.value?.replyTo else { return nil }
        self.init(address: address, subject: mail.letter.subject, isReplyTo: true)
    }
}

/// The answer address chosen by the staff.
package enum AnswerChoice: Hashable, Sendable {
    case sender
    /// The Reply-To of the mail with that number in the case.
    case replyTo(of: Int)
}

/// A staff member directs answers to a mail's Reply-To address or back to the sender, after reviewing both.
struct ChooseAnswerAddress {
    let choice: AnswerChoice
    let staff: MemberID

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        // A member, or a person who makes a rights request, is answered only at the registered address (P-17.2).
        guard file.opener == nil, file.topic.matter != .rights else { throw .noSuchMail }
        switch choice {
        case .sender: guard file.contact != nil else { throw .noSuchMail }
        case .replyTo(of: let number):
            guard file.mails(from: .opener).contains(where: { $0.number == number }) else { throw .noSuchMail }
        }
        return choice == file.answersTo ? [] : [.answersDirected(choice)]
    }
}

extension Messaging {
    @discardableResult
    package func answer(
        in id: CaseID, to choice: AnswerChoice, by staff: MemberID, command: CommandID
    ) async throws -> Appended {
        try await handle(id, command, by: staff) { file, _ in
            try ChooseAnswerAddress(choice: choice, staff: staff).decide(given: file)
        }
    }
}
