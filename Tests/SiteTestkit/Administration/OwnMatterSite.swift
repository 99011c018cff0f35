import Accounts
import Events
import Forum
import HummingbirdTesting
import Messaging
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// A site where Astrid and Nils have every staff role; everything that waits concerns Astrid, and most of it was reported by Moa, a
/// member.
struct OwnMatterSite {
    let cases: CaseSite
    let astrid: MemberID
    let nils: MemberID
    let moa: MemberID
    let thread: ThreadID
    let post: PostID
    let message: MessageID
    /// Reports of the post, the thread, the message, and the member herself.
    let reports: [CaseID]
    let dispute: CaseID
    let correction: CorrectionID
    /// Signed up with Astrid's personal identity number.
    let applicant: MemberID

    var application: Application { cases.application }

    /// Nils rejects a report.
    func settle(_ id: CaseID) async throws {
        let reasons = try #require(CaseReasons(rule: "T-04.1", "Det är tillåtet."))
        try await application.messaging.decide(id, .rejected, reasons, by: nils, command: cases.nextCommand())
    }

    static func visited(_ body: @Sendable (OwnMatterSite) async throws -> Void) async throws {
        try await CaseSite.visited { cases async throws in try await body(OwnMatterSite(cases)) }
    }

    private init(_ cases: CaseSite) async throws {
        self.cases = cases
        let (accounts, forum, messaging) = (
            cases.application.accounts, cases.application.forum, cases.application.messaging
        )
        func command() -> CommandID { cases.nextCommand() }
        let (astrid, nils, moa) = (
            try cases.member("astrid"), try cases.member("snickar-nisse"), try cases.member("moa")
        )
        for role in [Role.administrator, .moderator, .auditor] {
            for member in [astrid, nils] {
                try await accounts.grantRole(role, to: member, by: .operator, command: command())
            }
        }
        let category = try await forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody, by: Standing(nils, as: .administrator),
            command: command())
        let opened = try await forum.openThread(
            in: category.category, title: ThreadTitle("Så tycker jag"),
            body: cases.application.draft("Det jag skrev i min tråd"), by: Standing(astrid), command: command())
        let begun = try await messaging.beginConversation(
            with: [moa], reachable: [moa], MessageText("Hej"), by: astrid, command: command())
        let message = try await messaging.send(
            MessageText("Skärp dig"), in: begun.conversation, by: astrid, reachable: { Set($0) }, command: command()
        ).message
        _ = try await messaging.report(
            message, in: begun.conversation, for: .abuse, note: "Otrevligt", by: moa, command: command())
        try await cases.catchUp()
        await cases.work.work()
        var reports = [try await cases.newest()]
        for thing in [ReportedThing.post(opened.post), .thread(opened.thread), .member(astrid)] {
            reports.append(try await cases.open(.report(.abuse, thing), by: moa))
        }
        dispute = try await cases.open(.dispute(with: astrid, .other), by: moa)
        try await cases.keepMail(in: dispute)
        let wish = try #require(CorrectionWish(.name(PersonName("Astrid Berg")), grounds: "Gift"))
        correction = try await accounts.requestCorrection(of: astrid, to: wish, command: command())
        applicant = try await cases.signUp(
            Applicant(
                email: "dubbel@example.se", username: "dubbel",
                number: try #require(Applicant.astrid.fields["personnummer"])))
        try await accounts.placeHold(
            on: astrid, try #require(HoldReference("Polisen 0105-K1-26")), isSecret: true, by: .member(nils),
            command: command())
        try await accounts.view(astrid, for: .security, note: nil, by: nils, command: command())
        (self.astrid, self.nils, self.moa) = (astrid, nils, moa)
        (thread, post, self.message, self.reports) = (opened.thread, opened.post, message, reports)
        try await cases.catchUp()
    }

    /// The positions of events by others that concern Astrid.
    func hiddenPositions() throws -> [Int] {
        let names: Set = ["cases.opened", "messages.reported", "oversight.data-viewed"]
        return try application.log.events(after: 0, limit: 2000).filter { names.contains($0.type.name) }.map(\.position)
    }

    var routes: Routes {
        get throws {
            try Routes(of: application, cases.account.site, rebuild: ViewsRebuild(application.views))
        }
    }
}

extension CaseSite {
    func nextCommand() -> CommandID {
        time.advance(seconds: 1)
        return CommandID(at: time.now)
    }

    func open(_ topic: CaseTopic, by member: MemberID?) async throws -> CaseID {
        let contact = member == nil ? CaseContact(try #require(MailAddress("ute@example.se"))) : nil
        let id = try await application.messaging.open(
            OpenCase(topic, by: member, at: contact, try #require(CaseStatement(text: "Hon hotar mig"))),
            by: member.map(Actor.member) ?? .visitor, command: nextCommand())
        try await catchUp()
        return id
    }

    /// Stores a mail from the opener that could not be read.
    func keepMail(in id: CaseID) async throws {
        let kept = try SealedFiles(application.files).add(Array("Hon hotar mig".utf8), of: id)
        try await application.messaging.file(
            SetAsideMail(sender: nil, subject: "Hon hotar mig", text: "Oläsligt"), trouble: .unreadable,
            MailEnvelope(mailID: nil, replyTo: nil, kept: kept, mayAnswer: false), in: id, try application.caseRules(),
            command: nextCommand()
        ) { _ in .party(.opener) }
    }

    /// Signs up with a number that is registered already, and awaits a review, as in logs from before such sign-ups became accounts.
    func signUp(_ applicant: Applicant) async throws -> MemberID {
        let browser = Browser(client)
        _ = try await browser.register(applicant)
        let id = try await application.awaitReviewOfLastSignUp(nextCommand(), at: time.now)
        _ = try await account.mails()
        try account.mail.empty()
        return id
    }
}
