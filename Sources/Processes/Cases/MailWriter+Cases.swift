import Accounts
package import Events
import Forum
package import Messaging
import Projections
import SiteMap

/// The mails about cases, each written from the case's state at the time of sending.
extension MailWriter {
    func aboutCase(_ entry: Outbox.Entry, _ asked: Instant, _ now: Instant) throws -> OutgoingMail? {
        guard let event = try messaging.caseEvent(at: entry.position), let file = try messaging.record(event.id)?.file
        else { return nil }
        if entry.mail == .caseDue { return try caseDue(entry, file, now) }
        guard let party = entry.party(in: file), let address = try address(of: party, in: file) else { return nil }
        let head = CaseMailHead(
            id: file.id, page: try page(of: file, for: party), siteName: sheet.siteName, takesAnswers: takesAnswers)
        guard let text = try text(entry.mail, event.event, file, party, head, now) else { return nil }
        return mail(
            entry, in: file.id, to: address.text, sealedUnder: address.subject, text,
            answering: file.mails(from: party), now)
    }

    private func text(
        _ mail: SiteMail, _ event: CaseEvent, _ file: CaseFile, _ party: CaseParty, _ head: CaseMailHead, _ now: Instant
    ) throws -> MailText? {
        let rules = try accounts.policies().caseRules(
            from: file.decision?.at ?? file.question?.askedAt ?? file.openedAt, judgedAt: now)
        let isBehindLink = file.topic.matter == .rights
        switch event {
        case .opened(let opening):
            return mail == .disputeOpened
                ? .disputeOpened(head)
                : .caseReceipt(
                    head, isReport: file.topic.matter == .report, due: file.due(rules), trouble: opening.trouble)
        case .stated(let addition): return addition.trouble.map { .caseTrouble(head, $0) }
        case .mailReceived(let received):
            let trouble = try messaging.record(file.id)?.trouble(ofMail: received.number)
            return mail == .caseReceipt
                ? .caseReceipt(head, isReport: file.topic.matter == .report, due: file.due(rules), trouble: trouble)
                : trouble.map { .caseTrouble(head, $0) }
        case .replied(let answer):
            guard let reply = answer.reply.value.value else { return nil }
            return .caseReplied(head, isBehindLink ? nil : reply.text, awaits: answer.awaits)
        case .decided(let decision):
            guard let reasons = decision.reasons.value.value else { return nil }
            return .caseDecided(
                head, decision.outcome.swedish(in: file.topic), isBehindLink ? nil : reasons,
                about: try judgedText(in: file, for: party), appealUntil: file.appealDeadline(party, rules))
        case .extended(let reasons):
            return .caseExtended(head, isBehindLink ? nil : reasons.value.value, due: file.due(rules))
        case .closed: return try messaging.record(file.id)?.endedWaitingSince.map { .caseEnded(head, askedAt: $0) }
        case .contactGiven, .noted, .assigned, .warned, .reopened, .appealed, .identityChecked, .identified,
            .mailSetAside, .mailFiled, .answersDirected, .erased:
            return nil
        }
    }

    /// The text that was decided about, for the mail to its author: where it was and when it was written, never its content.
    private func judgedText(in file: CaseFile, for party: CaseParty) throws -> JudgedTextFacts? {
        guard case .report(_, let thing) = file.topic, party == .other else { return nil }
        let origin: JudgedTextFacts.Origin = file.isUnasked ? .ownInitiative : .report(at: file.openedAt)
        switch thing {
        case .post(let id):
            guard let history = try forum.post(id), let facts = history.post.facts else { return nil }
            let thread = try forum.thread(facts.thread).facts?.title.value?.text
            return JudgedTextFacts(
                words: "ett inlägg som du skrev", in: thread, written: history.revisions.first?.time, place: .post(id),
                origin: origin)
        case .thread(let id):
            guard let titles = try forum.titles(of: id) else { return nil }
            return JudgedTextFacts(
                words: "en tråd som du startade", in: titles.revisions.last?.title.value?.text,
                written: titles.revisions.first?.time, place: .thread(id), origin: origin)
        case .member: return JudgedTextFacts(words: "din profil", in: nil, written: nil, place: nil, origin: origin)
        case .message:
            return JudgedTextFacts(
                words: "ett privat meddelande som du skrev", in: nil, written: nil, place: nil, origin: origin)
        case .page: return nil
        }
    }

    /// To the administration's inbox and to each of the staff who may answer: an inbox that the site itself reads has no human reader.
    /// Nil if the question has been answered.
    private func caseDue(_ entry: Outbox.Entry, _ file: CaseFile, _ now: Instant) throws -> OutgoingMail? {
        guard let question = file.question,
            let due = file.due(try accounts.policies().caseRules(from: question.askedAt, judgedAt: now))
        else { return nil }
        let isToInbox = entry.member == file.id.visitor
        let address =
            isToInbox ? MailAddress(sheet.controller.email).map { ($0, nil) } : try staffAddress(of: entry.member, file)
        guard let address else { return nil }
        return mail(
            entry, in: file.id, to: address.0, sealedUnder: address.1,
            .caseDue(file.id, askedAt: question.askedAt, due: due, isToInbox: isToInbox), now)
    }

    /// Nil for a member who may not act in the case.
    private func staffAddress(of member: MemberID, _ file: CaseFile) throws -> (MailAddress, Subject?)? {
        let roles = try accounts.roles(of: member)
        guard !roles.isDisjoint(with: file.topic.matter.handlers), try !messaging.concerned(by: file).contains(member),
            let email = try accounts.member(member).active?.email, let known = email.value.value,
            let address = MailAddress(known.text)
        else { return nil }
        return (address, email.subject)
    }

    /// A member's registered address, whatever address was typed (P-17.2).
    private func address(of party: CaseParty, in file: CaseFile) throws -> (text: MailAddress, subject: Subject)? {
        guard let member = file.member(party) else {
            guard party == .opener, let known = file.answerAddress else { return nil }
            return (known.address, known.subject)
        }
        guard let email = try accounts.member(member).account?.email, let known = email.value.value,
            let address = MailAddress(known.text)
        else { return nil }
        return (address, email.subject)
    }

    /// The page of the case for a member who can sign in; otherwise a link with a token.
    private func page(of file: CaseFile, for party: CaseParty) throws -> SiteLink {
        if let member = file.member(party), try accounts.member(member).active != nil { return .ownCase(file.id) }
        return .caseByLink(file.id, token: messaging.link(to: file.id, for: party))
    }

    private func mail(
        _ entry: Outbox.Entry, in id: CaseID, to address: MailAddress, sealedUnder subject: Subject?, _ text: MailText,
        answering mails: [ReceivedMail] = [], _ now: Instant
    ) -> OutgoingMail {
        let inbox = MailAddress(sheet.controller.email)
        let ids = mails.compactMap(\.letter.value.value?.mailID).suffix(MailWriter.mostAnswered)
        return OutgoingMail(
            from: sender, to: address, subject: text.subject, text: sheet.plain(text), html: sheet.html(text),
            id: messageID(of: entry, naming: CaseReference.inMessageID(id)), date: now,
            headers: entry.mail.submission(isAnswer: !mails.isEmpty)
                + (ids.isEmpty ? [] : [.answering(Array(ids))])
                + (inbox.map { [.replyTo($0)] } ?? []), address: subject,
            returnPath: subject == nil ? nil : returnPaths?.address(for: entry.key))
    }
}

extension MailWriter {
    /// The maximum number of a party's mails that an answer refers to.
    private static let mostAnswered = 10
}

extension CaseRecord {
    /// Which part of a mail was not read; the preceding event states it.
    fileprivate func trouble(ofMail number: Int) -> MailTrouble? {
        var trouble: MailTrouble?
        for entry in entries {
            switch entry.event {
            case .opened(let opening): trouble = opening.trouble
            case .stated(let addition): trouble = addition.trouble
            case .mailReceived(let mail): if mail.number == number { return trouble }
            case .contactGiven, .replied, .noted, .assigned, .warned, .closed, .reopened, .decided, .appealed,
                .extended, .identityChecked, .identified, .mailSetAside, .mailFiled, .answersDirected, .erased:
                break
            }
        }
        return nil
    }
}

extension SiteMail {
    /// The mails that an event of a case asks for, given the case's state at that event.
    package static func due(after event: CaseEvent, in file: CaseFile) -> [(mail: SiteMail, party: CaseParty?)] {
        switch event {
        case .opened(let opening):
            guard !file.isUnasked else { return [] }
            // A case opened by mail gets its receipt from the event of that mail. Old logs have no such event.
            let isAnsweredLater = opening.channel == .mail && !file.mails.isEmpty
            let receipt: [(mail: SiteMail, party: CaseParty?)] = isAnsweredLater ? [] : [(.caseReceipt, .opener)]
            if case .dispute = opening.topic { return receipt + [(.disputeOpened, .other)] }
            return receipt
        case .stated(let addition):
            return addition.trouble == nil || !file.mails.isEmpty ? [] : [(.caseTrouble, addition.party)]
        case .mailReceived(let mail):
            guard case .party(let party) = mail.sender, let answer = mail.answer else { return [] }
            return [(answer == .receipt ? .caseReceipt : .caseTrouble, party)]
        case .replied(let answer): return answer.audience.parties.filter(file.has).map { (.caseReplied, $0) }
        case .decided: return CaseParty.allCases.filter(file.has).map { (.caseDecided, $0) }
        case .extended: return [(.caseExtended, .opener)]
        case .warned: return [(.caseDue, nil)]
        case .contactGiven, .noted, .assigned, .closed, .reopened, .appealed, .identityChecked, .identified,
            .mailSetAside, .mailFiled, .answersDirected, .erased:
            return []
        }
    }
}

extension CaseFile {
    fileprivate func has(_ party: CaseParty) -> Bool {
        switch party {
        case .opener: !isUnasked
        case .other: other != nil
        }
    }
}

extension Outbox.Entry {
    /// - Parameter party: nil for the administration's own inbox; a party who is not a member is identified by the case.
    package init(position: Int, mail: SiteMail, to party: CaseParty?, in file: CaseFile) {
        self.init(position: position, mail: mail, member: party.flatMap(file.member) ?? file.id.visitor)
    }

    fileprivate func party(in file: CaseFile) -> CaseParty? {
        if let other = file.other, member == other { return .other }
        // A visitor who has since proved to be a member is answered as a member.
        return member == file.opener || member == file.id.visitor ? .opener : nil
    }
}

extension CaseID {
    /// Used in place of a member id in mails, for the opener of a case who is not a member.
    package var visitor: MemberID { MemberID(rawValue: rawValue) }
}
