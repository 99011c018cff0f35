import Crypto
import Events
import Messaging

/// An incoming mail in the form that a case needs; the only place that depends on the output of the mail reader.
struct IncomingLetter: Sendable {
    /// Nil if the mail names no sender, or no valid address.
    let sender: MailAddress?
    let name: String?
    let mailID: ReceivedMailID?
    let replyTo: MailAddress?
    /// The cases that the mail may belong to, most likely first.
    let named: [CaseID]
    let subject: String
    let text: String
    let trouble: MailTrouble?
    let isByProgram: Bool
    /// Whether it came through a mailing list or group.
    let wantsNoReply: Bool

    /// Whether content is lost unless the whole mail is stored. Attachments are left out on purpose.
    var isPartial: Bool {
        switch trouble {
        case .unreadable, .shortened, .tooLarge: true
        case .attachments, nil: false
        }
    }

    /// - Parameter bytes: the whole mail, or its start.
    /// - Throws: the reader's failure; the mail can be tried again.
    init(_ bytes: [UInt8], isWhole: Bool, by reader: MailReader) async throws {
        do {
            guard isWhole else { throw try await reader.beginning(bytes) }
            self.init(try await reader.mail(bytes))
        } catch let unreadable as UnreadableMail {
            self.init(unreadable)
        }
    }

    private init(_ mail: IncomingMail) {
        self.init(mail.head, mail.text, mail.leftOut.isEmpty ? nil : .attachments)
    }

    private init(_ mail: UnreadableMail) {
        switch mail.problem {
        case .tooLarge: self.init(mail.head, "Mejlet var för stort för att läsas här.", .tooLarge)
        case .noText: self.init(mail.head, "Mejlet har ingen text som syns.", .unreadable)
        case .noSender where mail.text?.isEmpty == false: self.init(mail.head, mail.text ?? "", nil)
        case .noSender, .notRead: self.init(mail.head, "Det gick inte att läsa vad som står i mejlet.", .unreadable)
        }
    }

    private init(_ head: MailHead?, _ words: String, _ trouble: MailTrouble?) {
        sender = head?.sender?.address
        name = head?.sender?.name
        mailID = head?.messageID.flatMap { ReceivedMailID($0) }
        replyTo = head?.replyTo?.address
        subject = head?.subject ?? ""
        named = CaseReference.all(in: subject, head?.recipients ?? [], head?.references ?? [])
        // Leaves room for the subject where it is prepended.
        let longest = CaseStatement.longest - 200
        text = String(words.prefix(longest))
        self.trouble = words.count > longest ? .shortened : trouble
        isByProgram = head?.origin.isProgram ?? false
        wantsNoReply = head?.wantsNoReply ?? false
    }
}

extension IncomingLetter {
    /// A command id that is equal for copies of one mail in several inboxes; a keyed hash, so that the log reveals nothing about the mail.
    ///
    /// The message id alone is not enough: anyone could repeat one, and thereby block another sender's mail.
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

    /// The mail without the header fields that mail servers add in transit.
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

/// References to a case: in the subject of an answer, `[Ärende 0z9…]`, in the recipient address, `info+arende-0z9…@`, or in the id of
/// the mail that it answers. Anyone can write one; the sender's address decides which party the mail is from.
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

    /// The prefix of the message ids of a case's mails; letters and digits only.
    static func inMessageID(_ id: CaseID) -> String { "arende\(id)x" }
}
