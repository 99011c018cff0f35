import Events
import Forum
import Foundation
import HummingbirdTesting
import Messaging
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The chapters of a member's life, each carried out through the use cases that the pages call.
struct CanaryDoings: Sendable {
    let site: CanarySite
    let member: MemberID
    let other: MemberID
    let admin: MemberID

    private var accounts: Accounts { site.application.accounts }
    private var forum: Forum { site.application.forum }
    private var administration: Actor { .member(admin) }

    /// Changes username, address, municipality and identity protection, each replacing an earlier value.
    func changeDetails() async throws {
        try await accounts.changeUsername(
            of: member, to: Username(CanaryMember.username), command: site.command())
        try await accounts.requestEmailChange(
            of: member, to: EmailAddress(CanaryMember.email), command: site.command())
        await site.mailWorker.work()
        try await accounts.confirmEmailChange(of: member, linkMadeAt: site.time.now, command: site.command())
        // The time to undo has passed, but the old address is not erased yet.
        site.time.advance(seconds: 8 * 86_400)
        try await accounts.requestEmailChange(
            of: member, to: EmailAddress(CanaryMember.pendingEmail), command: site.command())
        for protection in [IdentityProtection.protected, .ordinary] {
            try await accounts.setIdentityProtection(
                of: member, to: protection, by: .member(member), command: site.command())
        }
        try await accounts.declareMunicipality(
            of: member, #require(Municipality(code: CanaryMember.municipality)), command: site.command())
    }

    /// Requests three corrections: the name and the sex are approved, the number is not.
    func askForCorrections() async throws {
        let number = try PersonalIdentityNumber(CanaryMember.wishedNumber, today: site.time.now.stockholmDate)
        try await correct(
            .personalIdentityNumber(number), CanaryMember.otherGrounds, .differs, CanaryMember.otherDecision)
        try await correct(.sex(.male), CanaryMember.grounds, .documentAgrees, CanaryMember.decision)
        try await correct(
            .name(PersonName(CanaryMember.correctedName)), CanaryMember.grounds, .documentAgrees,
            CanaryMember.decision)
        try await accounts.answer(
            AnswerConsent(.visibleName, isYes: true, wording: TextHash(of: "name")), of: member,
            command: site.command())
    }

    private func correct(
        _ value: CorrectedValue, _ grounds: String, _ comparison: Comparison, _ reason: String
    ) async throws {
        let wish = try #require(CorrectionWish(value, grounds: grounds))
        let id = try await accounts.requestCorrection(of: member, to: wish, command: site.command())
        try await accounts.compare(id, comparison, by: administration, command: site.command())
        try await accounts.decide(
            id, approve: comparison != .differs, #require(DecisionReason(reason)), by: administration,
            command: site.command())
    }

    /// Asks one question as a member, and one from before she could sign in that is attributed to her; both cases are closed.
    /// - Returns: the two cases.
    func ask() async throws -> [CaseID] {
        let messaging = site.application.messaging
        let statement = try #require(
            CaseStatement(
                subject: CanaryMember.questionSubject, text: CanaryMember.question, target: CanaryMember.target))
        let address = try #require(MailAddress(CanaryMember.contact))
        let contact = try #require(CaseContact(address, name: CanaryMember.contactName))
        let mailed = site.command()
        let kept = try SealedFiles(site.application.files).add(
            Array(CanaryMember.mail.utf8), of: CaseID(createdBy: mailed))
        let envelope = MailEnvelope(
            mailID: ReceivedMailID(CanaryMember.mailID), replyTo: MailAddress(CanaryMember.replyTo), kept: kept,
            mayAnswer: true)
        let cases = [
            try await messaging.open(
                OpenCase(.support, by: member, statement), by: .member(member), command: site.command()),
            try await messaging.open(
                OpenCase(mailedFrom: contact, statement, trouble: .unreadable, envelope), by: .visitor,
                command: mailed),
        ]
        let points: Set<IdentityVerdict.Point> = Set(IdentityVerdict.Point.allCases)
        let verdict = try #require(IdentityVerdict(points, reason: CanaryMember.checked))
        try await messaging.identify(cases[1], as: member, verdict, by: admin, command: site.command())
        for id in cases {
            try await messaging.answer(id, #require(CaseReply(CanaryMember.reply)), by: admin, command: site.command())
            try await messaging.note(
                #require(CaseNote(CanaryMember.caseNote)), in: id, by: admin, command: site.command())
            try await messaging.decide(
                id, .partly, #require(CaseReasons(rule: CanaryMember.caseRule, CanaryMember.caseReasons)), by: admin,
                command: site.command())
        }
        await site.mailWorker.work()
        return cases
    }

    /// Suspends the member; her appeal is rejected and the account restored; her data are opened, and put on hold for a while.
    func areJudged() async throws {
        let reasons = try #require(StatementOfReasons(rule: CanaryMember.rule, facts: CanaryMember.facts))
        try await accounts.deactivate(
            member, until: site.time.now.advanced(seconds: 86_400), reasons, by: administration,
            command: site.command())
        try await accounts.appeal(
            of: member, #require(AppealText(CanaryMember.appeal)), command: site.command())
        let kept = try #require(StatementOfReasons(rule: CanaryMember.keptRule, facts: CanaryMember.keptFacts))
        // An appeal may not be decided by the author of the decision (P-08.2).
        try await accounts.rejectAppeal(of: member, kept, by: .operator, command: site.command())
        try await accounts.restore(member, by: administration, command: site.command())
        try await accounts.view(
            member, for: .support, note: ViewingNote(CanaryMember.note), by: admin, command: site.command())
        try await accounts.placeHold(
            on: member, #require(HoldReference(CanaryMember.reference)), isSecret: false, by: administration,
            command: site.command())
        try await accounts.liftHold(on: member, by: administration, command: site.command())
        await site.waitForViews()
    }

    /// Writes, is quoted and mentioned; deletes one text, and has another removed by staff.
    func write() async throws -> CanaryTexts {
        let (hers, administrator) = (Standing(member), Standing(admin, as: .administrator))
        let category = try await forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody, by: administrator, command: site.command()
        ).category
        await site.waitForViews()
        let opened = try await forum.openThread(
            in: category, title: ThreadTitle(CanaryMember.formerTitle),
            body: site.application.draft(CanaryMember.formerBody), by: hers, command: site.command())
        let thread = opened.thread
        _ = try await forum.retitle(thread, ThreadTitle(CanaryMember.title), by: hers, command: site.command())
        _ = try await forum.revise(
            opened.post, from: 1, to: site.application.draft(CanaryMember.named), by: hers, command: site.command())
        let quoted = try await reply(CanaryMember.quoted, to: thread, by: hers)
        let plain = try await reply(CanaryMember.plain, to: thread, by: hers)
        let deleted = try await reply(CanaryMember.deleted, to: thread, by: hers)
        _ = try await forum.delete(deleted, by: hers, command: site.command())
        let removed = try await reply(CanaryMember.removed, to: thread, by: hers)
        _ = try await forum.remove(removed, for: .spam, by: administrator, command: site.command())
        let others = try await forum.openThread(
            in: category, title: ThreadTitle("En annans tråd"), body: site.application.draft("Hej på er"),
            by: Standing(other), command: site.command())
        let answer = try await reply(
            "[citat \(quoted)]\n\n[citat \(plain)]\n\nTack, @\(CanaryMember.username)!", to: others.thread,
            by: Standing(other))
        let report = try #require(CaseStatement(text: "Hon skriver ut ett nummer"))
        _ = try await site.application.messaging.open(
            OpenCase(.report(.personalData, .post(quoted)), by: other, report), by: .member(other),
            command: site.command())
        let (conversation, plainMessage) = try await correspond()
        await site.waitForViews()
        return CanaryTexts(
            thread: thread, opening: opened.post, quoted: quoted, plain: plain, othersThread: others.thread,
            reply: answer, conversation: conversation, plainMessage: plainMessage)
    }

    /// Writes to another member, reports the answer, follows a thread, and reads her notifications.
    private func correspond() async throws -> (ConversationID, plain: MessageID) {
        let messaging = site.application.messaging
        let command = site.command()
        let conversation = try await messaging.beginConversation(
            with: [other], reachable: [other], MessageText(CanaryMember.message), by: member, command: command
        ).conversation
        // The other member reports it, and staff open it.
        let first = MessageID(createdBy: command)
        _ = try await messaging.report(
            first, in: conversation, for: .personalData, note: "Hon skriver ut ett nummer", by: other,
            command: site.command())
        let opened = try await messaging.open(
            first, in: conversation, because: .report, by: admin, command: site.command())
        #expect(opened.message?.text.value?.text == CanaryMember.message)
        let plain = try await messaging.send(
            MessageText(CanaryMember.plainMessage), in: conversation, by: member, reachable: { Set($0) },
            command: site.command()
        ).message
        let answer = try await messaging.send(
            MessageText("Det var tråkigt"), in: conversation, by: other, reachable: { Set($0) },
            command: site.command()
        ).message
        _ = try await messaging.report(
            answer, in: conversation, for: .abuse, note: CanaryMember.report, by: member, command: site.command())
        for reader in [member, other] {
            site.application.markRead(conversation, through: site.application.log.head, by: reader)
        }
        try save(about: conversation)
        return (conversation, plain)
    }

    /// Marks a post with a note and leaves drafts unsent; the other member does likewise.
    private func save(about conversation: ConversationID) throws {
        let (reading, now) = (site.application.reading, site.time.now)
        let place = DraftPlace.thread(CategoryID(rawValue: 1))
        try reading.save(DraftText("Kanarina börjar om"), at: place, of: member, at: now)
        try reading.save(
            DraftText(CanaryMember.draft, title: CanaryMember.draftTitle), at: place, of: member, at: now)
        try reading.save(DraftText("Bos utkast"), at: .message(conversation), of: other, at: now)
        for (reader, note) in [(member, CanaryMember.bookmarkNote), (other, "Bos minne")] {
            try reading.bookmark(PostID(rawValue: 1), note: note, of: reader, at: now)
        }
    }

    private func reply(_ text: String, to thread: ThreadID, by standing: Standing) async throws -> PostID {
        site.time.advance(seconds: 60)
        await site.waitForViews()
        return try await forum.reply(
            to: thread, site.application.draft(text), by: standing, command: site.command()
        ).post
    }

    /// Sets up a second factor; an administrator proposes a reset, and the member switches it off and on again.
    /// - Returns: the stored secret and recovery codes.
    func setUpTwoFactor() async throws -> [String: String] {
        func enable(_ secret: TOTPSecret) async throws {
            let code = secret.code(at: TOTPSecret.step(at: site.time.now))
            _ = try await accounts.enableTwoFactor(
                of: member, with: secret, first: EnteredCode(code), command: site.command())
        }
        try await enable(TOTPSecret(Array("kanarinas hemlighet1".utf8)))
        try await accounts.disableTwoFactor(of: member, command: site.command())
        try await enable(TOTPSecret(Array("kanarinas hemlighet2".utf8)))
        try await accounts.proposeReset(
            of: member, #require(ResetReason(CanaryMember.resetReason)), by: admin, command: site.command())
        try await accounts.declineReset(of: member, by: .member(member), command: site.command())
        await site.mailWorker.work()
        let factor = try #require(try accounts.member(member).active?.twoFactor)
        return [
            PersonalField.twoFactorSecret.rawValue: try #require(factor.secret.value.value?.base32),
            PersonalField.recoveryCodes.rawValue: try #require(factor.codes?.value.value?.text),
        ]
    }

    /// Signs in, reads, searches and downloads her data; a link and a mail are left pending.
    /// - Returns: the hashes of her session and her mailed link.
    func signIn() async throws -> [String: [UInt8]] {
        let origin = SignInOrigin(address: CanaryMember.signInAddress, device: CanaryMember.device)
        _ = try await accounts.signIn(
            identifier: CanaryMember.email, password: EnteredPassword(CanaryMember.password), from: origin,
            command: site.command())
        let now = site.time.now
        let session = try site.site.sessions.begin(for: member, device: CanaryMember.device, replacing: nil, at: now)
        let link = try OneTimeTokens(store: site.site.runtime).issue(
            .newPassword, for: member, until: now.adding(Period(days: 730)))
        var visit = VisitingRequest(time: now, route: .member, path: "/medlem/\(member)")
        visit.client = try #require(ClientAddress(CanaryMember.signInAddress))
        visit.signedIn = VisitingRequest.SignedIn(member: member, visit: .random())
        site.visits.note(visit)
        try await site.browsing { client in
            let browser = Browser(client)
            #expect(try await browser.signIn(CanaryMember.username, CanaryMember.password).location == "/")
            let words = percentEncoded(CanaryMember.username)
            #expect(try await browser.get("/sok?q=\(words)").contains(CanaryMember.correctedName))
            _ = try await browser.get("/installningar/utdrag")
            let report = try await browser.post("/installningar/utdrag", ["password": CanaryMember.password])
            #expect(report.status == 200 && report.contains(CanaryMember.number))
        }
        await site.mailWorker.work()
        try Outbox(store: site.site.runtime, head: site.application.log.head).add(
            [Outbox.Entry(position: 1, mail: .newPassword, member: member)], readTo: site.application.log.head,
            due: now.adding(Period(days: 730)))
        return ["session": Array(session.hash), "link": Array(link.hash)]
    }
}
