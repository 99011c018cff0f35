import Events
import Forum
import Foundation
import Messaging
import Testing
import Testkit

@testable import Accounts
@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-17.1")) struct `The fields of the access report` {
    /// The text that must appear in the report for each field when every field of a member is set; a new field must be added here.
    private static func marks(of field: PersonalField) -> [String] {
        switch field {
        case .name: ["Kanarina Fågelström"]
        case .username: ["kanarina"]
        case .emailAddress: ["kanarina@example.se", "ny.kanarina@example.se"]
        case .personalIdentityNumber: ["197801162392"]
        case .municipality: ["Göteborg"]
        case .sex: ["\"value\": \"female\""]
        case .identityProtection: ["\"value\": \"protected\""]
        case .signInAddress: ["203.0.113.77"]
        case .signInDevice: ["Kanariebläddraren"]
        case .postBody: ["Kanarier sjunger", "Kanarier visslar"]
        case .threadTitle: ["En rubrik"]
        case .messageText: ["Kanarier viskar"]
        case .messageReport: ["Hen visslar tillbaka"]
        case .statementRule: ["Regel K-1", "Regel K-2"]
        case .statementFacts: ["Kvittrade för högt", "Kvittrade ändå"]
        case .appealText: ["Det var en annan fågel"]
        case .comparison: ["\"document-agrees\""]
        case .correctedValue: ["Kanarina Trast"]
        case .correctionGrounds: ["Jag har bytt fjädrar"]
        case .decisionReason: ["Passet visar det"]
        case .holdReference: ["Polisen K-77"]
        case .viewingNote: ["Ärende K-78"]
        case .caseContact: ["kanarina.fragar@example.se"]
        case .caseContactName: ["Kanarina Frågvis"]
        case .caseMailID: ["kanariebrev@example.se"]
        // The content that it opens is a file of the archive.
        case .caseMailKey: ["mejl/"]
        case .caseReplyTo: ["kanarina.hemma@example.se"]
        case .caseNote: ["Ring om fröna"]
        case .caseReasons: ["Fröna var gamla"]
        case .caseReply: ["Vi har kollat fröna"]
        case .caseRule: ["Fröregel 3"]
        case .caseSubject: ["Fråga om frön"]
        case .caseTarget: ["/forum/frön"]
        case .caseText: ["Varför är fröna slut?"]
        case .identityVerdict: ["name, username, personal-identity-number, registered-address"]
        // A password hash is not disclosed; categories and newsletters are about no member.
        case .resetReason: ["Tappade telefonen i boet"]
        case .bookmark: [PostID(rawValue: 77).description]
        case .bookmarkNote: ["Läs om fjädrarna igen"]
        case .draftText: ["Halva sången", "Halva rubriken", "snickar-nisse, moa"]
        case .passwordHash, .twoFactorSecret, .recoveryCodes, .staffNameDigest, .readMarker, .categoryName,
            .categorySlug,
            .categoryDescription, .newsletterSubject, .newsletterBody:
            []
        }
    }

    private static let kanarina = Applicant(
        email: "kanarina@example.se", username: "kanarina", number: "197801162392"
    ).with("name", "Kanarina Fågelström").with("kommun", "1480")

    /// A marked post with a note, and drafts.
    private func save(_ site: LeavingSite, _ id: MemberID) throws {
        let (reading, now) = (site.application.reading, site.time.now)
        try reading.bookmark(PostID(rawValue: 77), note: "Läs om fjädrarna igen", of: id, at: now)
        try reading.save(
            DraftText("Halva sången", title: "Halva rubriken"), at: .thread(CategoryID(rawValue: 5)), of: id, at: now)
        try reading.save(DraftText("", recipients: "snickar-nisse, moa"), at: .newConversation(nil), of: id, at: now)
    }

    private func report(_ site: LeavingSite, _ id: MemberID) async throws -> String {
        await site.waitForViews()
        return try await SlowReads(of: site.application.views).read { snapshot in
            let files = OperationalRecords(of: site.accounts.site.stores)
            return String(
                decoding: try AccessReport(of: id, in: site.application, files, views: snapshot).archive,
                as: UTF8.self)
        }
    }

    @Test func `are all there, each value that can be opened, and an address that waits or that can be gone back to`()
        async throws
    {
        try await LeavingSite.visited(AccountSite(serving: true)) { site async throws in
            _ = try await site.join(Self.kanarina)
            let id = try site.id("kanarina")
            let accounts = site.application.accounts
            func command() -> CommandID {
                site.time.advance(seconds: 1)
                return site.command()
            }
            _ = try await accounts.signIn(
                identifier: "kanarina", password: EnteredPassword(AccountSite.password),
                from: SignInOrigin(address: "203.0.113.77", device: "Kanariebläddraren"), command: command())
            let written = try await site.write("Kanarier sjunger", by: id)
            _ = try await site.application.forum.revise(
                written.post, from: 1, to: site.application.draft("Kanarier visslar"), by: Standing(id),
                command: command())
            try await correspond(site, id)
            try save(site, id)
            let wishes: [CorrectedValue] = [.sex(.female), .name(try PersonName("Kanarina Trast"))]
            for (value, isApproved) in zip(wishes, [true, false]) {
                let wish = try #require(CorrectionWish(value, grounds: "Jag har bytt fjädrar"))
                let correction = try await accounts.requestCorrection(of: id, to: wish, command: command())
                try await accounts.compare(correction, .documentAgrees, by: .operator, command: command())
                let reason = try #require(DecisionReason("Passet visar det"))
                try await accounts.decide(
                    correction, approve: isApproved, reason, by: .operator, command: command())
            }
            try await askAboutSeeds(site, id, command)
            let factor = TOTPSecret(Array("kanariers hemligheter".utf8))
            _ = try await accounts.enableTwoFactor(
                of: id, with: factor, first: EnteredCode(factor.code(at: TOTPSecret.step(at: site.time.now))),
                command: command())
            try await accounts.grantRole(
                .administrator, to: site.id("moa"), by: .operator, command: command())
            try await accounts.proposeReset(
                of: id, #require(ResetReason("Tappade telefonen i boet")), by: site.id("moa"), command: command())
            let hold = try #require(HoldReference("Polisen K-77"))
            try await accounts.placeHold(on: id, hold, isSecret: false, by: .operator, command: command())
            try await accounts.viewByOperator(
                id, for: .support, note: ViewingNote("Ärende K-78"), command: command())

            try await accounts.requestEmailChange(
                of: id, to: EmailAddress("ny.kanarina@example.se"), command: command())
            let pending = try await report(site, id)
            expect(
                PersonalField.allCases.filter {
                    ![.identityProtection, .statementRule, .statementFacts, .appealText].contains($0)
                }, pending)
            expect(["\"pending\""], in: pending[...])
            // From here on there is no municipality.
            try await accounts.setIdentityProtection(of: id, to: .protected, by: .operator, command: command())
            try await accounts.confirmEmailChange(of: id, linkMadeAt: site.time.now, command: command())

            let reasons = try #require(StatementOfReasons(rule: "Regel K-1", facts: "Kvittrade för högt"))
            try await accounts.deactivate(
                id, until: site.time.now.adding(Period(days: 30)), reasons, by: .operator, command: command())
            let appeal = try #require(AppealText("Det var en annan fågel"))
            try await accounts.appeal(of: id, appeal, command: command())
            let rejection = try #require(StatementOfReasons(rule: "Regel K-2", facts: "Kvittrade ändå"))
            try await accounts.rejectAppeal(of: id, rejection, by: .operator, command: command())

            let archive = try await report(site, id)
            expect(PersonalField.allCases.filter { $0 != .municipality }, archive)
            expect(["\"previous\"", "Fröna kvittrar"], in: archive[...])
            let secrets = try #require(try accounts.member(id).account?.twoFactor)
            let holdsFactor =
                try archive.contains(#require(secrets.secret.value.value?.base32))
                || archive.contains(#require(secrets.codes?.value.value?.text))
            #expect(!holdsFactor)
            #expect(archive.contains("\"two-factor-secret\"") && archive.contains("Slog på tvåstegsinloggning"))
            let holdsPassword = archive.contains("$scrypt$")
            #expect(!holdsPassword)
        }
    }

    /// Sends a question by mail, which is attributed to the member.
    private func askAboutSeeds(_ site: LeavingSite, _ id: MemberID, _ command: () -> CommandID) async throws {
        let messaging = site.application.messaging
        let statement = try #require(
            CaseStatement(subject: "Fråga om frön", text: "Varför är fröna slut?", target: "/forum/frön"))
        let address = try #require(MailAddress("kanarina.fragar@example.se"))
        let contact = try #require(CaseContact(address, name: "Kanarina Frågvis"))
        let staff = MemberID(rawValue: 99)
        let opening = OpenCase(.support, by: nil, at: contact, statement)
        let seeds = try await messaging.open(opening, by: .visitor, command: command())
        try await messaging.file(
            SetAsideMail(sender: address, subject: "Frön", text: "Fröna?"), trouble: .unreadable,
            MailEnvelope(
                mailID: ReceivedMailID("<kanariebrev@example.se>"),
                replyTo: MailAddress("kanarina.hemma@example.se"),
                kept: SealedFiles(site.application.files).add(Array("Fröna kvittrar".utf8), of: seeds), mayAnswer: true),
            in: seeds, try site.application.caseRules(), command: command()
        ) { _ in .party(.opener) }
        let verdict = try #require(IdentityVerdict(Set(IdentityVerdict.Point.allCases), reason: "I telefon"))
        try await messaging.identify(seeds, as: id, verdict, by: staff, command: command())
        try await messaging.answer(seeds, #require(CaseReply("Vi har kollat fröna")), by: staff, command: command())
        try await messaging.note(#require(CaseNote("Ring om fröna")), in: seeds, by: staff, command: command())
        let reasons = try #require(CaseReasons(rule: "Fröregel 3", "Fröna var gamla"))
        try await messaging.decide(seeds, .partly, reasons, by: staff, command: command())
    }

    /// Writes a message, and reports the answer.
    private func correspond(_ site: LeavingSite, _ id: MemberID) async throws {
        _ = try await site.join(.moa)
        let moa = try site.id("moa")
        let messaging = site.application.messaging
        let conversation = try await messaging.beginConversation(
            with: [moa], reachable: [moa], MessageText("Kanarier viskar"), by: id,
            command: CommandID(named: "whisper", at: site.time.now)
        ).conversation
        let answer = try await messaging.send(
            MessageText("Piip"), in: conversation, by: moa, reachable: { Set($0) },
            command: CommandID(named: "answer", at: site.time.now)
        ).message
        _ = try await messaging.report(
            answer, in: conversation, for: .abuse, note: "Hen visslar tillbaka", by: id,
            command: CommandID(named: "report", at: site.time.now))
    }

    /// Both forms contain the marks of the fields; a mark in quotes is a code in the JSON, which the page words differently.
    private func expect(_ fields: [PersonalField], _ archive: String) {
        let page = archive.range(of: "<!doctype html>")?.lowerBound ?? archive.startIndex
        for marks in fields.map(Self.marks) {
            expect(marks, in: archive[..<page])
            expect(marks.filter { !$0.contains("\"") }, in: archive[page...])
        }
    }

    /// Names the missing mark, but not the text searched.
    private func expect(_ marks: [String], in text: Substring) {
        let missing = marks.filter { !text.contains($0) }
        #expect(missing == [])
    }
}
