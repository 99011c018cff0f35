import Accounts
import Crypto
import Events
import Foundation
package import Logging
package import Messaging

/// From the mail that comes to the site's inboxes to cases (P-18.1).
///
/// Each mail is taken once: killed between the event and the removal of the file, the same mail makes the same command again.
package struct IncomingMailWorker: Sendable {
    /// So many cases an hour one address opens by mail, and so many receipts it gets; what follows goes to the newest of them.
    static let mostCases = 3
    /// So many bytes of mails that could not be read whole are kept at most. What comes then lies aside.
    static let mostKept = 2 << 30

    private let application: Application
    private let maildirs: [IncomingMaildir]
    /// Addresses that the site itself writes from, or reads.
    private let own: [MailAddress]
    private let recent: RecentCases
    private let reader: MailReader
    private let logger: Logger

    private var blobs: SealedFiles { SealedFiles(application.files) }

    /// - Throws: `ConfigurationError` for a folder that is no maildir.
    package init(
        application: Application, directories: [String], own: [MailAddress] = [], reader: MailReader, logger: Logger
    )
        throws
    {
        self.application = application
        self.own = own
        self.reader = reader
        self.logger = logger
        recent = RecentCases(log: application.log)
        do {
            maildirs = try directories.map { try IncomingMaildir(at: $0) }
        } catch let missing as MissingMaildir {
            throw ConfigurationError(
                "mail.incoming: \(missing.path) is no maildir; it needs the folders new, cur and tmp")
        }
    }

    /// How many mails lie aside: those of programs, and those that are too large to be kept.
    package var unreadableCount: Int { maildirs.reduce(0) { $0 + $1.asideCount } }

    package func work() async {
        for maildir in maildirs {
            do {
                for mail in try maildir.waiting() {
                    do {
                        try await take(mail, from: maildir)
                    } catch {
                        // It stays where it is and is tried again; the next one is taken all the same.
                        logger.error("an incoming mail is not taken", metadata: ["kind": "\(type(of: error))"])
                        removeOrphans()
                    }
                }
                let limit = try application.accounts.policyInForce(at: application.clock.now()).rules.retention
                    .supportCase
                try maildir.pruneAside(before: application.clock.now().subtracting(limit).date)
            } catch {
                logger.error("incoming mail stands still", metadata: ["kind": "\(type(of: error))"])
            }
        }
    }

    /// Removes the files of mails that no case holds: it was erased, or the site was killed before the event that names the file.
    func removeOrphans() {
        do {
            let count = try blobs.keep { (id: CaseID) in
                Set(try application.messaging.record(id)?.file.mails.compactMap(\.file) ?? [])
            }
            if count > 0 { logger.notice("files that no case holds are removed", metadata: ["files": "\(count)"]) }
        } catch {
            logger.error("files that no case holds stay", metadata: ["kind": "\(type(of: error))"])
        }
    }

    private func take(_ waiting: IncomingMaildir.Waiting, from maildir: IncomingMaildir) async throws {
        let isSafe: Bool
        if let bytes = try maildir.bytes(of: waiting) {
            isSafe = try await file(bytes)
        } else if let start = try maildir.start(of: waiting) {
            isSafe = try await file(start, isWhole: false)
        } else {
            logger.warning("what came as mail is no file, and was set aside")
            isSafe = false
        }
        if isSafe { try maildir.remove(waiting) } else { try maildir.setAside(waiting) }
    }

    /// - Parameter isWhole: false for the start of a mail that is too large to be kept.
    /// - Returns: whether nothing is lost when the mail's own file goes.
    package func file(_ bytes: [UInt8], isWhole: Bool = true) async throws -> Bool {
        let letter = try await IncomingLetter(bytes, isWhole: isWhole, by: reader)
        if let id = letter.mailID, OwnMailIDs(log: application.log).isOwn(id) {
            logger.info("the site's own mail came to an inbox that it reads")
            return true
        }
        let command = letter.command(for: bytes, application.log)
        // Taken before, or as a copy from another inbox.
        guard try application.log.stream(of: command) == nil else { return isWhole }
        let named = try letter.named.first { try application.messaging.record($0) != nil }
        // Two programs must not talk to each other.
        if named == nil, letter.isByProgram {
            logger.notice("an incoming mail of a program was set aside")
            return false
        }
        let known = try named ?? crowded(letter)
        let kept = isWhole ? try keep(letter, bytes, in: known ?? CaseID(createdBy: command)) : nil
        let envelope = MailEnvelope(
            mailID: letter.mailID, replyTo: letter.replyTo, kept: kept,
            mayAnswer: mayAnswer(letter) && (named != nil || known == nil))
        if let known {
            try await add(letter, envelope, to: known, command, namingSubject: named == nil)
        } else {
            try await open(letter, envelope, command)
        }
        return kept != nil || !letter.isPartial
    }

    /// The newest case of a sender who has opened as many within the hour as one opens: what follows is put to it, without another receipt.
    ///
    /// So ends what two machines say to each other, even when neither tells that it is one.
    private func crowded(_ letter: IncomingLetter) throws -> CaseID? {
        guard let sender = letter.sender else { return nil }
        let cases = try recent.opened(from: sender, at: application.clock.now())
        guard cases.count >= IncomingMailWorker.mostCases else { return nil }
        return try cases.last { try application.messaging.record($0) != nil }
    }

    /// Nil when there is nothing to keep, or no room for it.
    private func keep(
        _ letter: IncomingLetter, _ bytes: [UInt8], in id: CaseID
    ) throws -> (file: SealedFile, key: SealedFileKey)? {
        guard letter.isPartial else { return nil }
        guard blobs.size + bytes.count <= IncomingMailWorker.mostKept else {
            logger.error("there is no room for another mail as it came; it lies aside")
            return nil
        }
        return try blobs.add(bytes, of: id)
    }

    /// Never to an address of the site's own: the answer would come back as the next question.
    private func mayAnswer(_ letter: IncomingLetter) -> Bool {
        guard let sender = letter.sender, !letter.wantsNoReply, !letter.isByProgram else { return false }
        return !own.contains { $0.isSameInbox(as: sender) }
    }

    private func add(
        _ letter: IncomingLetter, _ envelope: MailEnvelope, to id: CaseID, _ command: CommandID, namingSubject: Bool
    ) async throws {
        let text = namingSubject ? "Ämne: \(letter.subject)\n\n\(letter.text)" : letter.text
        let mail = SetAsideMail(sender: letter.sender, subject: letter.subject, text: text)
        try await application.messaging.file(
            mail, trouble: letter.trouble, envelope, in: id, try application.caseRules(), command: command
        ) { file in
            if letter.isByProgram { return .program }
            return try letter.sender.flatMap { try party($0, in: file) }.map { .party($0) } ?? .stranger
        }
    }

    /// Whose registered address it is, or the one that was given for the case.
    private func party(_ sender: MailAddress, in file: CaseFile) throws -> CaseParty? {
        for party in CaseParty.allCases {
            if let member = file.member(party) {
                let registered = try application.accounts.member(member).account?.email?.value.value
                if let registered, (try? EmailAddress(sender.text)) == registered { return party }
            } else if party == .opener {
                let addresses = [file.contact?.value.value?.address, file.answerAddress?.address].compactMap(\.self)
                if addresses.contains(where: { $0.text.lowercased() == sender.text.lowercased() }) { return party }
            }
        }
        return nil
    }

    private func open(_ letter: IncomingLetter, _ envelope: MailEnvelope, _ command: CommandID) async throws {
        let subject = TypedText.visibleLine(letter.subject).map { String($0.prefix(150)) } ?? "Utan ämne"
        guard let statement = CaseStatement(subject: subject, text: letter.text) else {
            throw UnwritableLetter()
        }
        let contact = letter.sender.flatMap { CaseContact($0, name: letter.name) }
        _ = try await application.messaging.open(
            OpenCase(mailedFrom: contact, statement, trouble: letter.trouble, envelope), by: .visitor, command: command)
    }
}

/// A mail has no words that a case could hold; the reading of mails gives it some.
private struct UnwritableLetter: Error {}

extension MailAddress {
    /// What stands behind a plus sign only sorts the mail of an inbox.
    fileprivate func isSameInbox(as other: MailAddress) -> Bool {
        func inbox(_ address: MailAddress) -> Substring { address.localPart.lowercased().prefix { $0 != "+" } }
        return domain == other.domain && inbox(self) == inbox(other)
    }
}
