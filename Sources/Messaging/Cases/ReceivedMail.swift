package import Events

/// What is known of a mail apart from its words: what an answer to it names, and where it may go.
package struct CaseLetter: Hashable, Sendable, Redacted {
    package let mailID: ReceivedMailID?
    /// Where its sender wants answers, when that is another address than the mail came from. Anybody can write one.
    package let replyTo: MailAddress?
    /// Opens the whole mail, when that is kept.
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

/// That a mail has come to a case. Its words are in the event before.
package struct ReceivedMail: Hashable, Sendable {
    package let letter: Sealed<CaseLetter>
    /// Among the case's mails, from 1.
    package let number: Int
    /// Whose it is.
    package let sender: Sender
    /// Everything that came, when not all of it could be read.
    package let file: SealedFile?
    /// What the site answers by itself.
    package let answer: Answer?

    package enum Sender: Hashable, Sendable {
        case party(CaseParty)
        /// Not known: the number is that of the mail that was set aside.
        case aside(Int)
    }

    package enum Answer: String, ClosedCode, CaseIterable {
        case receipt
        /// That not all of it arrived.
        case trouble
    }
}

/// A mail to be filed, as a case takes it apart from its words.
package struct MailEnvelope: Sendable {
    let letter: CaseLetter
    let file: SealedFile?
    /// Whether the site may answer by itself.
    let mayAnswer: Bool

    /// - Parameter kept: where the whole mail is.
    package init(
        mailID: ReceivedMailID?, replyTo: MailAddress?, kept: (file: SealedFile, key: SealedFileKey)?, mayAnswer: Bool
    ) {
        letter = CaseLetter(mailID: mailID, replyTo: replyTo, fileKey: kept?.key)
        file = kept?.file
        self.mayAnswer = mayAnswer
    }

    /// Of a mail of which only the words are known.
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

    /// Where the opener is answered who is no member.
    ///
    /// What stands in Reply-To counts without asking only under the domain that the mail came from: the site is not to write to a third
    /// party because somebody said so.
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

    /// The newest address other than the present one that answers could go to.
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
    /// It stood in a mail's Reply-To.
    package let isReplyTo: Bool
}

extension AnswerAddress {
    fileprivate init?(replyToOf mail: ReceivedMail) {
        guard let address = mail.letter.value.value?.replyTo else { return nil }
        self.init(address: address, subject: mail.letter.subject, isReplyTo: true)
    }
}

/// Where a person of the staff wants answers to go.
package enum AnswerChoice: Hashable, Sendable {
    case sender
    /// Of the mail with that number in the case.
    case replyTo(of: Int)
}

/// Answers go where a mail's Reply-To says, or to its sender again: a person has looked at both.
struct ChooseAnswerAddress {
    let choice: AnswerChoice
    let staff: MemberID

    func decide(given file: CaseFile) throws(CaseRefusal) -> [CaseEvent] {
        try file.requireOthersMatter(than: staff)
        // Who is a member, or asks for her rights, is answered at the registered address only (P-17.2).
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
