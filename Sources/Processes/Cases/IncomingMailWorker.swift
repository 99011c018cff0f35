import Accounts
import Crypto
import Events
import Foundation
package import Logging
package import Messaging

/// Turns mail to the site's inboxes into cases (P-18.1).
///
/// Each mail is handled once: after a crash between the event and the removal of the file, the same mail gives the same command.
package struct IncomingMailWorker: Sendable {
    /// Cases per hour that one address can open by mail; further mail is added to the newest of them without another receipt.
    static let mostCases = 3
    /// Total bytes of stored mails that could not be read whole; further such mails are set aside in the maildir.
    static let mostKept = 2 << 30
    /// Maximum size in bytes of a mail whose original is stored with its case.
    static let largestKept = 50 << 20
    /// Bytes at the start of a larger mail that are searched for header fields.
    private static let largestStart = 65_536

    private let application: Application
    private let maildirs: [Maildir]
    /// Addresses that the site itself sends from or reads.
    private let own: [MailAddress]
    private let recent: RecentCases
    private let reader: MailReader
    private let logger: Logger

    private var blobs: SealedFiles { SealedFiles(application.files) }

    /// - Throws: `ConfigurationError` for a directory that is not a maildir.
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
        maildirs = directories.map { Maildir(at: $0) }
        do {
            for maildir in maildirs { try maildir.requireExisting() }
        } catch {
            throw ConfigurationError(
                "mail.incoming: \(error.path) is no maildir; it needs the folders new, cur and tmp")
        }
    }

    /// The number of mails set aside: those sent by programs, and those too large to store.
    package var unreadableCount: Int { maildirs.reduce(0) { $0 + $1.asideCount } }

    package func work() async {
        for maildir in maildirs {
            do {
                for mail in try maildir.waiting() {
                    do {
                        try await take(mail, from: maildir)
                    } catch {
                        // The mail stays where it is and is tried again; the next one is handled regardless.
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

    /// Removes stored mails that no case refers to: the case was erased, or the site was killed before the event that names the file.
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

    private func take(_ waiting: Maildir.Waiting, from maildir: Maildir) async throws {
        let isSafe: Bool
        if let bytes = try maildir.bytes(of: waiting, atMost: IncomingMailWorker.largestKept) {
            isSafe = try await file(bytes)
        } else if let start = try maildir.start(of: waiting, atMost: IncomingMailWorker.largestStart) {
            isSafe = try await file(start, isWhole: false)
        } else {
            logger.warning("what came as mail is no file, and was set aside")
            isSafe = false
        }
        if isSafe { try maildir.remove(waiting) } else { try maildir.setAside(waiting) }
    }

    /// - Parameter isWhole: false for the beginning of a mail that is too large to store.
    /// - Returns: whether the mail's own file can be deleted without loss.
    package func file(_ bytes: [UInt8], isWhole: Bool = true) async throws -> Bool {
        let letter = try await IncomingLetter(bytes, isWhole: isWhole, by: reader)
        if let id = letter.mailID, OwnMailIDs(log: application.log).isOwn(id) {
            logger.info("the site's own mail came to an inbox that it reads")
            return true
        }
        let command = letter.command(for: bytes, application.log)
        // Already handled, here or as a copy from another inbox.
        guard try application.log.stream(of: command) == nil else { return isWhole }
        let named = try letter.named.first { try application.messaging.record($0) != nil }
        // Prevents mail loops between two programs.
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

    /// The sender's newest case if she has reached `mostCases` within the hour; further mail is added to it without another receipt.
    ///
    /// Ends mail loops between two programs even when neither declares itself as one.
    private func crowded(_ letter: IncomingLetter) throws -> CaseID? {
        guard let sender = letter.sender else { return nil }
        let cases = try recent.opened(from: sender, at: application.clock.now())
        guard cases.count >= IncomingMailWorker.mostCases else { return nil }
        return try cases.last { try application.messaging.record($0) != nil }
    }

    /// Nil when nothing needs to be stored, or there is no room.
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

    /// Never to one of the site's own addresses: the answer would come back as the next question.
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

    /// The party whose registered address, or address given for the case, is the sender's.
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

/// The letter's text is not valid for a case; the mail reader should never produce one.
private struct UnwritableLetter: Error {}

extension MailAddress {
    /// Compares without the part after a plus sign, which only sorts mail within one inbox.
    fileprivate func isSameInbox(as other: MailAddress) -> Bool {
        func inbox(_ address: MailAddress) -> Substring { address.localPart.lowercased().prefix { $0 != "+" } }
        return domain == other.domain && inbox(self) == inbox(other)
    }
}
