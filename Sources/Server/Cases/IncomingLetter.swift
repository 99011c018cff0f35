import Crypto
import Events
import Messaging

/// A mail as a case takes it: the only place that knows what the reader of mails makes of one.
struct IncomingLetter: Sendable {
    /// Nil when the mail does not say, or nothing that is an address.
    let sender: MailAddress?
    let name: String?
    let mailID: ReceivedMailID?
    let replyTo: MailAddress?
    /// The cases that it may belong to, the likeliest first.
    let named: [CaseID]
    let subject: String
    let text: String
    let trouble: MailTrouble?
    let isByProgram: Bool
    /// The sender's program asks for no automatic answers.
    let wantsNoReply: Bool

    /// Whether something is lost unless the whole mail is kept. Files that came with it are left on purpose.
    var isPartial: Bool {
        switch trouble {
        case .unreadable, .shortened, .tooLarge: true
        case .attachments, nil: false
        }
    }

    /// - Parameter bytes: the whole mail, or its start.
    init(reading bytes: [UInt8], isWhole: Bool) {
        guard isWhole else {
            self.init(UnreadableLetter(ofStart: bytes))
            return
        }
        do {
            self.init(try IncomingMail(parsing: bytes))
        } catch {
            self.init(UnreadableLetter(error))
        }
    }

    private init(_ mail: IncomingMail) {
        sender = mail.sender
        name = mail.senderName
        mailID = mail.messageID.flatMap { ReceivedMailID($0) }
        replyTo = mail.replyTo?.address
        named = CaseReference.all(in: mail.subject, mail.recipients, mail.references)
        subject = mail.subject
        // Room for the subject, where that is put before it.
        let isLong = mail.text.count > CaseStatement.longest - 200
        let isVisible = TypedText.visibleLines(mail.text) != nil
        text =
            isVisible ? String(mail.text.prefix(CaseStatement.longest - 200)) : "Mejlet har ingen text som syns."
        trouble = !isVisible ? .unreadable : isLong ? .shortened : mail.attachments > 0 ? .attachments : nil
        isByProgram = mail.isAutomatic
        wantsNoReply = mail.wantsNoReply
    }

    private init(_ letter: UnreadableLetter) {
        sender = letter.sender
        name = nil
        mailID = nil
        replyTo = nil
        named = CaseReference.all(in: letter.subject, [], [])
        subject = letter.subject
        text =
            letter.isTooLarge
            ? "Mejlet var för stort för att läsas här." : "Det gick inte att läsa vad som står i mejlet."
        trouble = letter.isTooLarge ? .tooLarge : .unreadable
        isByProgram = letter.isByProgram
        wantsNoReply = false
    }
}

extension IncomingLetter {
    /// The same for the same mail, also when it comes to several inboxes, and tells nobody who reads the log anything about it.
    ///
    /// An id alone names no mail: anybody can repeat one, and would keep somebody else's mail out with it.
    func command(for bytes: [UInt8], _ log: EventLog) -> CommandID {
        let words: [String] =
            if let mailID {
                [
                    mailID.text, sender?.text.lowercased() ?? "", subject,
                    Hex.encode(SHA256.hash(data: Array(text.utf8))),
                ]
            } else {
                [Hex.encode(SHA256.hash(data: IncomingLetter.withoutTrace(bytes)))]
            }
        return CommandID(
            named: Hex.encode(log.secret((["mail"] + words).joined(separator: "\n"))), at: Instant(milliseconds: 0))
    }

    /// Without the fields that each mail server on the way puts before a mail.
    static func withoutTrace(_ bytes: [UInt8]) -> [UInt8] {
        let trace = ["received", "delivered-to", "x-original-to", "envelope-to", "return-path"]
        var kept: [UInt8] = []
        var rest = bytes[...]
        var isTrace = false
        while let end = rest.firstIndex(of: 0x0A) {
            let line = rest[...end]
            guard line.contains(where: { $0 != 0x0A && $0 != 0x0D }) else { break }
            rest = rest[(end + 1)...]
            if line.first != 0x20, line.first != 0x09 {
                let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
                isTrace = trace.contains(name)
            }
            if !isTrace { kept += line }
        }
        return kept + rest
    }
}

/// What is known of a mail whose words cannot be read.
private struct UnreadableLetter {
    let sender: MailAddress?
    let subject: String
    let isTooLarge: Bool
    let isByProgram: Bool

    init(_ mail: UnreadableMail) {
        sender = mail.sender
        subject = mail.subject ?? ""
        isTooLarge = mail.problem == .tooLarge
        isByProgram = mail.isAutomatic
    }

    /// The rest of it is too large to be looked at.
    init(ofStart bytes: [UInt8]) {
        switch Result(catching: { () throws(UnreadableMail) in try IncomingMail(parsing: bytes) }) {
        case .success(let mail):
            (sender, subject, isByProgram) = (mail.sender, mail.subject, mail.isAutomatic)
        case .failure(let mail):
            (sender, subject, isByProgram) = (mail.sender, mail.subject ?? "", mail.isAutomatic)
        }
        isTooLarge = true
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
