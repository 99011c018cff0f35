import Accounts
import Events
import Forum
import Foundation
import Messaging
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-12.3")) struct `The access report` {
    /// Moa with data in every place, and Nils, an administrator.
    private func site(_ body: @escaping @Sendable (LeavingSite, _ moa: Browser, MemberID) async throws -> Void)
        async throws
    {
        try await LeavingSite.visited(AccountSite(serving: true)) { site in
            _ = try await site.administrator()
            let moa = try await site.join(.moa)
            let id = try site.id("moa")
            _ = try await moa.get("/om")
            let accounts = site.application.accounts
            let written = try await site.write("Mitt första <b>ord</b>", by: id)
            _ = try await site.application.forum.revise(
                written.post, from: 1, to: site.application.draft("Mitt andra ord"), by: Standing(id),
                command: site.command())
            _ = try await site.write("Det här skrev en annan", by: try site.id("snickar-nisse"))
            try await accounts.grantRole(.moderator, to: id, by: .operator, command: site.command())
            let municipality = try #require(Municipality(code: "1480"))
            try await accounts.declareMunicipality(of: id, municipality, command: site.command())
            let wish = try #require(
                CorrectionWish(.name(try PersonName("Moa Ek")), grounds: "Jag har bytt efternamn"))
            let correction = try await accounts.requestCorrection(of: id, to: wish, command: site.command())
            try await accounts.compare(correction, .registerAgrees, by: .operator, command: site.command())
            let reason = try #require(DecisionReason("Registret säger likadant"))
            try await accounts.decide(correction, approve: false, reason, by: .operator, command: site.command())
            let open = try #require(HoldReference("Polisen K-1"))
            try await accounts.placeHold(on: id, open, isSecret: false, by: .operator, command: site.command())
            try await accounts.notice(
                .failedSignIn, count: 12, isFirstOfDay: true, to: id,
                from: SignInOrigin(address: "192.0.2.99", device: "Firefox"), command: site.command())
            try await accounts.viewByOperator(
                id, for: .support, note: ViewingNote("Ärende 17"), command: site.command())
            await site.waitForViews()
            try await body(site, moa, id)
        }
    }

    private func download(_ browser: Browser, password: String = AccountSite.password) async throws -> Browser.Answer {
        _ = try await browser.get("/installningar/utdrag")
        return try await browser.post("/installningar/utdrag", ["password": password])
    }

    /// Runs the command inside the site's process, and returns the file it wrote.
    private func write(_ name: String, _ site: LeavingSite) async throws -> String {
        let file = site.application.files.data.appending(path: "\(UUID().uuidString).zip")
        let words = [
            "members", "access-report", name, "--output", file.path, "--data", site.application.files.data.path,
        ]
        try await ControlServer.command(words).perform(
            on: CommandHost(site.application), output: CommandOutput { _, _ in })
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    private func json(in archive: String) throws -> String {
        let start = try #require(archive.range(of: "{\n  \"format\""))
        let end = try #require(archive.range(of: "\n}\n", range: start.lowerBound..<archive.endIndex))
        return String(archive[start.lowerBound..<end.upperBound])
    }

    private func html(in archive: String) throws -> String {
        let start = try #require(archive.range(of: "<!doctype html>"))
        return String(archive[start.lowerBound...])
    }

    @Test(.clause("P-17.1")) func `everything about a member stands in both forms, and nothing about others`()
        async throws
    {
        try await site { _, moa, id in
            let answer = try await download(moa)
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "application/zip")
            #expect(answer["Cache-Control"] == "private, no-store")
            let (json, html) = (try json(in: answer.text), try html(in: answer.text))
            let values = [
                "moa@example.se", "Moa Hallin", "198809172391", "1480", "Göteborg", "Mitt andra ord", "En rubrik",
                "Moa Ek", "Jag har bytt efternamn", "Registret säger likadant", "Polisen K-1", "Ärende 17",
                "2019-08-18", id.description,
            ]
            for value in values {
                #expect(json.contains(value), "\(value)")
                #expect(html.contains(value), "\(value)")
            }
            #expect(json.contains("Mitt första <b>ord</b>"))
            #expect(html.contains("Mitt första &lt;b&gt;ord&lt;/b&gt;") && !html.contains("<b>ord"))
            for other in ["snickar-nisse", "nils@example.se", "Det här skrev en annan", "$scrypt$"] {
                #expect(!answer.text.contains(other), "\(other)")
            }
            #expect(!html.contains("src=") && !html.contains("<link") && !html.contains("<script"))
        }
    }

    /// GDPR Art. 15.1.
    @Test(.clause("P-17.1"))
    func `says why, to whom, for how long, from where, with which rights and where to complain`()
        async throws
    {
        try await site { _, moa, _ in
            let answer = try await download(moa)
            let (json, html) = (try json(in: answer.text), try html(in: answer.text))
            let rules = try PolicyDocument.first().rules
            for code in rules.recipients { #expect(json.contains("\"recipient\": \"\(code)\""), "\(code)") }
            for code in rules.rights { #expect(json.contains("\"right\": \"\(code)\""), "\(code)") }
            for form in [json, html] {
                for purpose in rules.purposes { #expect(form.contains(purpose.text), "\(purpose.id)") }
                for words in [
                    "Allt som ligger på servern", "Inget. Vi gör inga uppslag än.", "90\u{A0}dagar",
                    "Det du fyller i, väljer, skriver och begär.", "Invända mot det vi gör",
                    "Integritetsskyddsmyndigheten (IMY)", "imy@imy.se", "Box 8114, 104 20 Stockholm",
                    "ingen profilering",
                ] { #expect(form.contains(words), "\(words)") }
            }
        }
    }

    @Test(.clause("P-09.3")) func `nobody gets it without the password, or without signing in`() async throws {
        try await site { site, moa, _ in
            let refused = try await download(moa, password: "fel lösenord här")
            #expect(refused.status == 422 && !refused.text.contains("198809172391"))
            #expect(try await site.browser.get("/installningar/utdrag").location?.hasPrefix("/logga-in") == true)
        }
    }

    @Test(.clause("P-10.1")) func `a secret hold is told of only once it is lifted`() async throws {
        try await site { site, moa, id in
            let accounts = site.application.accounts
            try await accounts.liftHold(on: id, by: .operator, command: site.command())
            let secret = try #require(HoldReference("Hemlig K-2"))
            try await accounts.placeHold(on: id, secret, isSecret: true, by: .operator, command: site.command())
            #expect(!(try await download(moa).text.contains("Hemlig K-2")))
            #expect(!(try await write("moa", site).contains("Hemlig K-2")))
            try await accounts.liftHold(on: id, by: .operator, command: site.command())
            #expect(try await download(moa).text.contains("Hemlig K-2"))
        }
    }

    @Test func `by the command it is noted first, and works for a closed account until that is due to be erased`()
        async throws
    {
        try await site { site, moa, id in
            try await site.leave(moa)
            let head = site.accounts.head
            let archive = try await write("moa", site)
            #expect(try site.events(after: head) == ["oversight.data-viewed"])
            #expect(try site.application.accounts.dataViews(of: id).last?.viewer == .operator)
            #expect(try json(in: archive).contains("198809172391"))
            site.time.advance(by: try #require(Period("P1Y")))
            let failure = await #expect(throws: CommandFailure.self) { try await write(id.description, site) }
            #expect(failure?.status == 2)
        }
    }

    @Test func `every key is documented, and nothing else is`() async throws {
        try await site { site, moa, id in
            try await correspond(site, id)
            try await ask(site, id)
            var paths = try keys(in: json(in: try await download(moa).text))
            try await site.leave(moa)
            paths.formUnion(try keys(in: json(in: try await write("moa", site))))
            let manual = try String(contentsOf: project.appending(path: "docs/access-report.md"), encoding: .utf8)
            let documented = manual.split(separator: "\n").filter { $0.hasPrefix("| `") }
                .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
            #expect(Set(documented).subtracting(paths) == [])
            #expect(paths.subtracting(documented) == [])
        }
    }

    /// Moa writes to Nils, reads and reports his answer, which staff then read, follows a thread, is mentioned in it, and blocks him.
    private func correspond(_ site: LeavingSite, _ id: MemberID) async throws {
        let (messaging, nils) = (site.application.messaging, try site.id("snickar-nisse"))
        let conversation = try await messaging.beginConversation(
            with: [nils], reachable: [nils], MessageText("Hej Nils"), by: id, command: site.command()
        ).conversation
        let answer = try await messaging.send(
            MessageText("Hej själv"), in: conversation, by: nils, reachable: { Set($0) }, command: site.command()
        ).message
        site.application.markRead(conversation, through: site.accounts.head, by: id)
        try save(about: conversation, site, id)
        _ = try await messaging.report(
            answer, in: conversation, for: .other, note: "Se här", by: id, command: site.command())
        _ = try await messaging.open(
            answer, in: conversation, because: .report, by: MemberID(rawValue: 99), command: site.command())
        let named = try await site.write("Hej @moa", by: nils)
        try await messaging.watch(.thread(named.thread), true, by: id, command: site.command())
        _ = try await messaging.block(nils, true, by: id, command: site.command())
        await site.waitForViews()
    }

    private func save(about conversation: ConversationID, _ site: LeavingSite, _ id: MemberID) throws {
        let (reading, now) = (site.application.reading, site.time.now)
        try reading.bookmark(PostID(rawValue: 5), note: "Läs igen", of: id, at: now)
        let places: [DraftPlace] = [
            .reply(ThreadID(rawValue: 5)), .thread(CategoryID(rawValue: 5)), .edit(PostID(rawValue: 5)),
            .message(conversation), .newConversation(nil),
        ]
        for place in places { try reading.save(DraftText("Inte färdig"), at: place, of: id, at: now) }
    }

    /// A question by mail that is attributed to Moa; the decision closes it.
    private func ask(_ site: LeavingSite, _ id: MemberID) async throws {
        let (messaging, nils) = (site.application.messaging, try site.id("snickar-nisse"))
        let statement = try #require(CaseStatement(subject: "Fråga", text: "Varför?", target: "/forum"))
        let address = try #require(MailAddress("moa.annan@example.se"))
        let contact = try #require(CaseContact(address, name: "Moa"))
        let command = site.command()
        let envelope = try MailEnvelope(
            mailID: ReceivedMailID("brev@example.se"), replyTo: MailAddress("moa.tredje@example.se"),
            kept: SealedFiles(site.application.files).add([0x48], of: CaseID(createdBy: command)), mayAnswer: true)
        let asked = try await messaging.open(
            OpenCase(mailedFrom: contact, statement, trouble: .unreadable, envelope), by: .visitor, command: command)
        let verdict = try #require(IdentityVerdict(Set(IdentityVerdict.Point.allCases), reason: "I telefon"))
        try await messaging.identify(asked, as: id, verdict, by: nils, command: site.command())
        let reasons = try #require(CaseReasons(rule: "T-04", "Därför"))
        try await messaging.decide(asked, .upheld, reasons, by: nils, command: site.command())
        await site.waitForViews()
    }

    private func keys(in json: String) throws -> Set<String> {
        func paths(of value: Any, at path: String) -> Set<String> {
            if let object = value as? [String: Any] {
                return object.reduce(into: path.isEmpty ? [] : [path]) { found, field in
                    found.formUnion(paths(of: field.value, at: path.isEmpty ? field.key : "\(path).\(field.key)"))
                }
            }
            if let list = value as? [Any] {
                return list.reduce(into: ["\(path)[]"]) { $0.formUnion(paths(of: $1, at: "\(path)[]")) }
            }
            return [path]
        }
        return paths(of: try JSONSerialization.jsonObject(with: Data(json.utf8)), at: "")
    }
}
