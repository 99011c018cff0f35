import Accounts
import Crypto
import Events
import Foundation
import Logging
import Messaging

/// From the mail that comes to the site's inboxes to cases (P-18.1).
///
/// Each mail is taken once: killed between the event and the removal of the file, the same mail makes the same command again.
struct IncomingMailDesk: Sendable {
    private let community: Community
    private let maildirs: [IncomingMaildir]
    private let logger: Logger

    /// - Throws: `ConfigurationError` for a folder that is no maildir.
    init(community: Community, directories: [String], logger: Logger) throws {
        self.community = community
        self.logger = logger
        do {
            maildirs = try directories.map { try IncomingMaildir(at: $0) }
        } catch let missing as MissingMaildir {
            throw ConfigurationError(
                "mail.incoming: \(missing.path) is no maildir; it needs the folders new, cur and tmp")
        }
    }

    var unreadableCount: Int { maildirs.reduce(0) { $0 + $1.asideCount } }

    func work() async {
        for maildir in maildirs {
            do {
                for mail in try maildir.waiting() {
                    do {
                        try await take(mail, from: maildir)
                    } catch {
                        // It stays where it is and is tried again; the next one is taken all the same.
                        logger.error("an incoming mail is not taken", metadata: ["kind": "\(type(of: error))"])
                    }
                }
                let limit = try community.accounts.policyInForce(at: community.clock.now()).rules.retention.supportCase
                try maildir.pruneAside(before: community.clock.now().subtracting(limit).date)
            } catch {
                logger.error("incoming mail stands still", metadata: ["kind": "\(type(of: error))"])
            }
        }
    }

    private func take(_ waiting: IncomingMaildir.Waiting, from maildir: IncomingMaildir) async throws {
        guard let bytes = try maildir.bytes(of: waiting) else {
            logger.warning("an incoming mail was set aside", metadata: ["reason": "too-large-or-no-file"])
            return try maildir.setAside(waiting)
        }
        if try await file(bytes) { try maildir.remove(waiting) } else { try maildir.setAside(waiting) }
    }

    /// - Returns: false when a person has to look at the file itself.
    func file(_ bytes: [UInt8]) async throws -> Bool {
        let letter: Letter
        do {
            letter = Letter(try IncomingMail(parsing: bytes))
        } catch {
            guard let sender = error.sender, !error.isAutomatic else {
                logger.warning("an incoming mail was set aside", metadata: ["reason": "\(error)"])
                return false
            }
            letter = Letter(unreadable: error.subject ?? "", from: sender)
        }
        let command = command(for: bytes)
        if let id = try letter.named.first(where: { try community.messaging.record($0) != nil }) {
            try await add(letter, to: id, command)
            return true
        }
        // Two programs must not talk to each other.
        guard !letter.isAutomatic else { return false }
        return try await open(letter, command)
    }

    private func add(_ letter: Letter, to id: CaseID, _ command: CommandID) async throws {
        let mail = SetAsideMail(sender: letter.sender, subject: letter.subject, text: letter.text)
        try await community.messaging.file(
            mail, trouble: letter.trouble, in: id, try community.caseRules(), command: command
        ) { file in
            if letter.isAutomatic { return .program }
            return try party(letter.sender, in: file).map { .party($0) } ?? .stranger
        }
    }

    /// Whose registered address it is, or the one that was given for the case.
    private func party(_ sender: MailAddress, in file: CaseFile) throws -> CaseParty? {
        for party in CaseParty.allCases {
            if let member = file.member(party) {
                let registered = try community.accounts.member(member).account?.email?.value.value
                if let registered, (try? EmailAddress(sender.text)) == registered { return party }
            } else if party == .opener, let contact = file.contact?.value.value,
                contact.address.text.lowercased() == sender.text.lowercased()
            {
                return party
            }
        }
        return nil
    }

    private func open(_ letter: Letter, _ command: CommandID) async throws -> Bool {
        guard
            let statement = CaseStatement(
                subject: TypedText.visibleLine(letter.subject).map { String($0.prefix(150)) } ?? "Utan ämne",
                text: letter.text),
            let contact = CaseContact(letter.sender, name: letter.name)
        else { return false }
        _ = try await community.messaging.open(
            OpenCase(.support, by: nil, at: contact, statement, through: .mail, trouble: letter.trouble), by: .visitor,
            command: command)
        return true
    }

    /// The same for the same mail, and tells nobody who reads the log anything about it.
    private func command(for bytes: [UInt8]) -> CommandID {
        let digest = SHA256.hash(data: bytes).map { $0 }
        return CommandID(
            named: Hex.encode(community.log.secret("mail\n\(Hex.encode(digest))")), at: Instant(milliseconds: 0))
    }
}

/// A mail as a case takes it.
private struct Letter {
    let sender: MailAddress
    let name: String?
    /// The cases that it may belong to, the likeliest first.
    let named: [CaseID]
    let subject: String
    let text: String
    let trouble: MailTrouble?
    let isAutomatic: Bool

    init(_ mail: IncomingMail) {
        sender = mail.sender
        name = mail.senderName
        named = CaseReference.all(in: mail.subject, mail.recipients, mail.references)
        subject = mail.subject
        let isLong = mail.text.count > CaseStatement.longest
        text = isLong ? String(mail.text.prefix(CaseStatement.longest)) : mail.text
        trouble = isLong ? .shortened : mail.attachments > 0 ? .attachments : nil
        isAutomatic = mail.isAutomatic
    }

    init(unreadable subject: String, from sender: MailAddress) {
        self.sender = sender
        name = nil
        named = CaseReference.all(in: subject, [], [])
        self.subject = subject
        text = "Mejlet gick inte att läsa. Avsändaren har fått besked om det."
        trouble = .unreadable
        isAutomatic = false
    }
}

/// The number of a case in the subject of an answer, `[Ärende 0z9…]`, in the address that it was sent to, `info+arende-0z9…@`, or in the id of
/// the mail that it answers. Anybody can write one: whose the mail is, its sender says.
enum CaseReference {
    static func all(in subject: String, _ recipients: [MailAddress], _ references: [String]) -> [CaseID] {
        let inSubject = subject.lowercased().firstMatch(of: /ärende ([0-9a-hjkmnp-tv-z]{13})(?![0-9a-z])/)?.1
        let inAddresses = recipients.compactMap {
            $0.localPart.lowercased().firstMatch(of: /\+arende-([0-9a-hjkmnp-tv-z]{13})$/)?.1
        }
        let inReferences = references.compactMap {
            $0.firstMatch(of: /^arende([0-9a-hjkmnp-tv-z]{13})x[0-9a-f]{32}@/)?.1
        }
        return ([inSubject].compactMap(\.self) + inAddresses + inReferences).compactMap { CaseID(String($0)) }
    }

    /// What the ids of a case's mails begin with. Letters and digits only.
    static func inMessageID(_ id: CaseID) -> String { "arende\(id)x" }
}
