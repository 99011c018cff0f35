import Accounts
import Events
import Forum
import Foundation
import Hummingbird
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

/// The whole site, with a member in every possible state and a viewer of every kind.
final class VisibilitySite: Sendable {
    /// A viewed member, whose values occur nowhere else.
    struct Person: Sendable {
        let id: MemberID
        let username: String
        let name: String
        let email: String
        let municipality: Municipality
        let number: PersonalIdentityNumber
        let thread: ThreadID
        let title: String
        let states: [ProfileField: PersonState]

        func state(of field: ProfileField) -> PersonState { states[field] ?? .active }
    }

    let time = TestClock()
    let temporary: TemporarySite
    let application: Application
    let mail: CaughtMail
    let worker: MailWorker
    let server: WebServer<Front>
    private let numbers: [PersonalIdentityNumber]

    init() async throws {
        temporary = try TemporarySite()
        let application = try Application(
            temporary.files, clock: time.clock, hasher: PasswordHasher(cost: .quick))
        self.application = application
        try await application.accounts.publishFirstVersions()
        let site = try WebEnvironment(of: application)
        mail = try CaughtMail(in: temporary.files.data.appending(path: "mail").path)
        worker = try MailWorker(
            application: application, site: site, mailer: mail.mailer,
            sender: try #require(MailAddress("info@example.org")))
        let routes = try Routes(of: application, site, rebuild: ViewsRebuild(application.views))
        server = try WebServer(site: site, routes: routes)
        numbers = try AgencyNumbers.all.compactMap { PersonalIdentityNumber(twelveDigits: $0) }
    }

    static func visited(_ body: @Sendable (VisibilitySite, any TestClientProtocol) async throws -> Void) async throws {
        let site = try await VisibilitySite()
        try await closing(with: site.application.close) {
            try await site.server.application.test(.router) { try await body(site, $0) }
        }
    }

    func command() -> CommandID { CommandID(at: time.now) }

    func waitForViews() async { #expect(await application.views.waitUntil(position: application.log.head)) }

    static func password(of username: String) -> String { "båt i motvind \(String(username.reversed()))" }

    /// Personal identity numbers of women so old that no other member has their age.
    func oldNumber(_ index: Int) throws -> PersonalIdentityNumber {
        var years: Set<Int> = []
        let women = numbers.filter { $0.sex == .female && years.insert($0.birthDate.year).inserted }
        return try #require(women.dropFirst(index).first)
    }

    private func youngNumber(_ index: Int) throws -> PersonalIdentityNumber {
        try #require(numbers.filter { (1980...1989).contains($0.birthDate.year) }.dropFirst(index).first)
    }

    func signUp(
        _ username: String, name: String = "Någon Annan", number: PersonalIdentityNumber,
        in municipality: String = "0380"
    ) async throws -> MemberID {
        let form = SignUpForm(
            username, name: name, number: number.twelveDigits, municipality: municipality,
            password: VisibilitySite.password(of: username))
        return try await application.accounts.signUp(form, at: time.now)
    }

    func confirm(_ member: MemberID) async throws {
        _ = try await application.accounts.confirm(member, linkMadeAt: time.now, command: command())
    }

    private static let roles: [(viewer: Viewer, username: String, role: Role?)] = [
        (.member, "medborgare", nil), (.moderator, "ordningsvakt", .moderator),
        (.administrator, administrator, .administrator), (.auditor, "kontrollant", .auditor),
    ]
    private static let administrator = "husmor"
    private static let unconfirmed = "obekräftad"
    private static let duplicates = ["åkerbär", "hjortron"]

    /// Adds the viewers: a member, and one of each staff role.
    private func join() async throws {
        for (index, (_, username, role)) in VisibilitySite.roles.enumerated() {
            let member = try await signUp(username, number: youngNumber(index))
            try await confirm(member)
            guard let role else { continue }
            try await application.accounts.grantRole(role, to: member, by: .operator, command: command())
        }
    }

    /// A browser for each kind of viewer, and the viewer's username.
    func seats(_ client: any TestClientProtocol) async throws -> [Viewer: (username: String, browser: Browser)] {
        var seats = [Viewer.visitor: (username: "ingen", browser: Browser(client))]
        _ = try await signUp(VisibilitySite.unconfirmed, number: youngNumber(VisibilitySite.roles.count))
        seats[.unconfirmed] = (VisibilitySite.unconfirmed, Browser(client))
        for (viewer, username, _) in VisibilitySite.roles { seats[viewer] = (username, Browser(client)) }
        await waitForViews()
        for (viewer, (username, browser)) in seats where viewer != .visitor {
            let answer = try await browser.signIn(username, VisibilitySite.password(of: username))
            #expect((answer.status == 303) == (viewer != .unconfirmed), "\(viewer)")
        }
        return seats
    }
}

extension VisibilitySite {
    private var accounts: Accounts { application.accounts }

    /// Adds a member in each state. All of them showed everything at first, wrote a thread, and are quoted and mentioned in one of the
    /// administrator's threads.
    func people() async throws -> (people: [Person], gathering: ThreadID) {
        try await join()
        let category = try await application.forum.createCategory(
            CategoryText.parse(name: "Allmänt"), for: .everybody,
            by: Standing(MemberID(rawValue: 99), as: .administrator), command: command()
        ).category
        let everything: Set<ProfileField> = [.name, .age, .sex, .username, .municipality]
        func all(_ state: PersonState) -> [ProfileField: PersonState] {
            Dictionary(uniqueKeysWithValues: everything.map { ($0, state) })
        }
        let scribe = try #require(try accounts.find(Username(VisibilitySite.administrator)))
        let judge = Actor.member(scribe)
        let gathering = try await application.forum.openThread(
            in: category, title: ThreadTitle("Samling"), body: application.draft("Alla på en gång"),
            by: Standing(scribe),
            command: command()
        ).thread
        let plan: [(String, String, String, [ProfileField: PersonState], @Sendable (MemberID) async throws -> Void)] = [
            (
                "timotej", "Hulda Renfana", "2510", all(.purged),
                {
                    try await self.close($0, "timotej")
                    // A year later only the texts remain.
                    try await self.time.advance(
                        by: try #require(Period("P1Y")), reminding: [$0], by: self.accounts)
                    #expect(try await self.accounts.purge($0))
                }
            ),
            ("ögontröst", "Aurora Vallmoberg", "2506", [:], { _ in }),
            (
                "kattfot", "Beda Linnearot", "2403", [.age: .hidden, .sex: .hidden],
                { try await self.hide(.visibleAgeAndSex, of: $0) }
            ),
            ("blåsippa", "Cecilia Smörblom", "2425", [.name: .hidden], { try await self.hide(.visibleName, of: $0) }),
            (
                "gullviva", "Dagny Styvmorsviol", "2422", all(.hidden),
                {
                    try await self.hide(.visibleName, of: $0)
                    try await self.hide(.visibleAgeAndSex, of: $0)
                }
            ),
            (
                "liljekonvalj", "Edla Mandelblomma", "2463", all(.protected),
                {
                    try await self.accounts.setIdentityProtection(
                        of: $0, to: .protected, by: .member($0), command: self.command())
                }
            ),
            (
                "prästkrage", "Fredrika Kungsljus", "2513", all(.deactivated),
                { member in
                    try await self.accounts.deactivate(
                        member, until: self.time.now.advanced(seconds: 90 * 86_400),
                        try #require(StatementOfReasons(rule: "Regel", facts: "Händelse")), by: judge,
                        command: self.command())
                }
            ),
            ("vitsippa", "Gerda Fingerborg", "2521", all(.closed), { try await self.close($0, "vitsippa") }),
            // Two whose number is Aurora's: one is seen like any member, the other has ended for it (P-16.6).
            (
                VisibilitySite.duplicates[0], "Hjördis Rosenrot", "2482", [:],
                { id async throws in #expect(try self.accounts.isDuplicate(id)) }
            ),
            (
                VisibilitySite.duplicates[1], "Ingrid Skogsstjerna", "2481", all(.closed),
                {
                    try await self.accounts.endDuplicateNow($0, erasing: [], by: judge, command: self.command())
                }
            ),
        ]
        var people: [Person] = []
        for (index, (username, name, code, states, _)) in plan.enumerated() {
            let isDuplicate = VisibilitySite.duplicates.contains(username)
            let number = try oldNumber(isDuplicate ? 1 : index)
            let id = try await signUp(username, name: name, number: number, in: code)
            try await confirm(id)
            try await show(.visibleName, of: id)
            try await show(.visibleAgeAndSex, of: id)
            let title = "Tråd nummer \(["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"][index])"
            let opened = try await application.forum.openThread(
                in: category, title: ThreadTitle(title), body: application.draft("Skrivet \(index)"), by: Standing(id),
                command: command())
            let person = Person(
                id: id, username: username, name: name, email: "\(username)@example.org",
                municipality: try #require(Municipality(code: code)), number: number, thread: opened.thread,
                title: title, states: states)
            people.append(person)
            let mention = "@\(username) säger\n\n[citat \(opened.post)]"
            _ = try await application.forum.reply(
                to: gathering, application.draft(mention), by: Standing(scribe), command: command())
        }
        for (person, (_, _, _, _, change)) in zip(people, plan) { try await change(person.id) }
        let applicant = try await signUp(
            "vallört", name: "Ingegerd Rödklint", number: oldNumber(plan.count), in: "2462")
        people.append(
            Person(
                id: applicant, username: "vallört", name: "Ingegerd Rödklint", email: "vallört@example.org",
                municipality: try #require(Municipality(code: "2462")), number: try oldNumber(plan.count),
                thread: ThreadID(rawValue: 1), title: "–", states: all(.applicant)))
        await waitForViews()
        return (people, gathering)
    }

    func show(_ consent: ConsentPurpose, of member: MemberID) async throws {
        let wording = TextHash(of: "test")
        try await accounts.answer(
            AnswerConsent(consent, isYes: true, wording: wording), of: member, command: command())
    }

    func hide(_ consent: ConsentPurpose, of member: MemberID) async throws {
        let wording = TextHash(of: "test")
        try await accounts.answer(
            AnswerConsent(consent, isYes: false, wording: wording), of: member, command: command())
    }

    func close(_ member: MemberID, _ username: String) async throws {
        try await accounts.close(
            member, password: EnteredPassword(VisibilitySite.password(of: username)), texts: .anonymise, marked: [],
            command: command())
    }
}
