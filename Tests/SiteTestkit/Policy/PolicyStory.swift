import Accounts
import Events
import Forum
import Foundation
import HummingbirdTesting
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// Four years of a small site under three versions of the policy, on a test clock. `tell` runs the story and calls back at each moment,
/// so that a test can check what must hold at every one of them; background jobs run between the moments.
struct PolicyStory: Sendable {
    /// In chronological order; each comment says what has just happened.
    enum Moment: String, CaseIterable, Sendable {
        /// Nils (administrator), Moa, Eva, Berit and Olle are members under the version of 2019-08-18.
        case joined
        /// Moa shows name, age and sex; Eva age and sex; Olle his name.
        case shown
        /// The version of 2027-02-01, a minor one, is published months ahead.
        case minorAnnounced
        /// It takes effect through the background jobs, some hours after its day began.
        case minorInForce
        /// Berit closes her account: a year is promised, and later six months.
        case closed
        /// Olle hides his name.
        case hidden
        /// The version of 2028-03-01, a major one, and terms of the same day are published from the page, after a preview.
        case majorAnnounced
        /// All ages are hidden, and Berit is erased since six months have passed; Nils accepts at once.
        case majorInForce
        /// Moa accepts.
        case accepted
        /// Eva declines, and leaves.
        case declined
        /// Olle accepts, and shows his name again.
        case shownAgain
        /// The views are rebuilt by hand.
        case rebuilt
        /// Six months later, Eva is erased.
        case purged
        /// March 2030.
        case ended
    }

    /// What an observer could have recorded at a moment.
    struct Kept: Sendable {
        let moment: Moment
        let time: Instant
        let policy: CalendarDate
        /// The member directory as a member saw it.
        let directory: [Listed]
        /// The pages as the administrator saw them.
        let pages: SeenPages
        let generation: Int
        /// The checkpoint as published then.
        let checkpoint: String
    }

    /// A member's row in the directory.
    struct Listed: Equatable, Sendable {
        let member: MemberID
        let username: String?
        let name: String?
        let municipality: String?
        let showsAgeAndSex: Bool
    }

    static let administrator = "snickar-nisse"
    /// The members who stay from the first day to the last, apart from the administrator.
    static let staying = ["moa", "olle"]
    /// The members who are erased in the end.
    static let erased = ["eva-b", "berit"]

    let site: LeavingSite
    /// The members by username.
    let people: [String: MemberID]
    let thread: ThreadID
    private let erasures: ErasureWorker

    var application: Application { site.application }
    var time: TestClock { site.time }

    static let usernames = [administrator, "moa", "eva-b", "berit", "olle"]

    /// Runs the whole story; the site exists until the last callback has returned.
    static func tell(_ watch: @Sendable (PolicyStory, Kept) async throws -> Void) async throws {
        try await LeavingSite.visited { site async throws in
            let story = try await PolicyStory(site)
            for moment in Moment.allCases {
                try await story.live(moment)
                try await watch(story, try await story.keep(moment))
            }
        }
    }

    private init(_ site: LeavingSite) async throws {
        self.site = site
        var applicants = [Applicant.nils, .moa]
        for (username, number) in zip(PolicyStory.usernames.dropFirst(2), try AgencyNumbers.adults.dropFirst(20)) {
            applicants.append(
                Applicant(email: "\(username)@example.se", username: username, number: number)
                    .with("name", "\(username.capitalized) Ek"))
        }
        for applicant in applicants { try await site.accounts.join(applicant, with: site.client) }
        let ids = try PolicyStory.usernames.map { ($0, try site.id($0)) }
        people = Dictionary(uniqueKeysWithValues: ids)
        erasures = try ErasureWorker(application: site.application, site: site.accounts.site)
        let nils = try site.id(PolicyStory.administrator)
        try await site.application.accounts.grantRole(
            .administrator, to: nils, by: .operator, command: site.command())
        let forum = site.application.forum
        let category = try await forum.createCategory(
            CategoryText.parse(name: "Skatt och moms"), for: .members, by: Standing(nils, as: .administrator),
            command: site.command())
        thread = try await forum.openThread(
            in: category.category, title: ThreadTitle("Moms på begagnat"),
            body: site.application.draft("Hur räknar ni momsen på det begagnade?"), by: Standing(site.id("eva-b")),
            command: site.command()
        ).thread
        for (username, text) in [("berit", "På skillnaden mot inköpet."), ("olle", "Fråga hellre en gång till.")] {
            try await reply(text, username)
        }
        await work()
    }

    func id(_ username: String) throws -> MemberID { try #require(people[username]) }

    /// The folder of a version in `Fixtures`.
    static func folder(_ kind: String, _ version: String) -> URL {
        project.appending(path: "Fixtures/\(kind)/\(version)")
    }

    /// Runs the background jobs of a site: those that run every hour, after each erasure, and when a mail is due.
    func work() async {
        await VersionWorker(application: application, logger: site.accounts.site.logger).work(isTimeTrusted: true)
        await HourlyJobs(
            application: application,
            retention: application.retention(of: site.accounts.site, confirmation: site.accounts.worker.confirmation),
            logger: site.accounts.site.logger
        ).work(isTimeTrusted: true)
        await site.waitForViews()
        await erasures.work()
        await site.accounts.worker.work()
        await site.waitForViews()
    }

    /// The audit of the whole log at the moment, as `policy audit` and `/revision/policy` make it.
    func audit() async throws -> Conformance {
        let worker = ConformanceService(application: application, visits: site.accounts.visits)
        await worker.check(at: time.now)
        return try #require(worker.current.last)
    }

    func browser(as username: String) async throws -> Browser {
        let browser = site.browser
        #expect(try await browser.signIn(username).status == 303, "\(username)")
        return browser
    }

    private func live(_ moment: Moment) async throws {
        let accounts = application.accounts
        switch moment {
        case .joined: break
        case .shown:
            try await pass(to: "2026-03-20T10:00:00+01:00")
            for (username, purposes) in [
                ("moa", [ConsentPurpose.visibleName, .visibleAgeAndSex]), ("eva-b", [.visibleAgeAndSex]),
                ("olle", [.visibleName]),
            ] {
                for purpose in purposes { try await answer(purpose, true, username) }
            }
            try await reply("Det beror på vad du säljer.", "moa")
        case .minorAnnounced:
            try await pass(to: "2026-11-01T10:00:00+01:00")
            let draft = try accounts.read(WrittenVersion(folder: PolicyStory.folder("policies", "2027-02-01")))
            let outcome = try await PublishingVersions(application: application).publish(
                draft, by: .operator, command: site.command())
            #expect(outcome == .announced)
        case .minorInForce:
            try await pass(to: "2027-02-01T06:30:00+01:00")
        case .closed:
            try await pass(to: "2027-08-15T10:00:00+02:00")
            let browser = try await browser(as: "berit")
            #expect(try await site.leave(browser).status < 400)
        case .hidden:
            try await pass(to: "2027-10-01T10:00:00+02:00")
            try await answer(.visibleName, false, "olle")
        case .majorAnnounced:
            try await pass(to: "2028-01-15T10:00:00+01:00")
            try site.accounts.mail.empty()
            let browser = try await browser(as: PolicyStory.administrator)
            try await publish("policies", "policy", browser)
            try await publish("terms", "villkor", browser)
        case .majorInForce:
            try await pass(to: "2028-03-01T00:00:00+01:00")
            try await accept(as: PolicyStory.administrator)
        case .accepted:
            try await pass(to: "2028-03-02T10:00:00+01:00")
            try await accept(as: "moa")
            try await reply("Så är det fortfarande.", "moa")
        case .declined:
            try await pass(to: "2028-03-05T10:00:00+01:00")
            let browser = try await browser(as: "eva-b")
            #expect(try await browser.get("/forum").location == "/godkann?till=/forum")
            #expect(try await browser.get("/installningar/utdrag").status == 200)
            #expect(try await site.leave(browser).status < 400)
        case .shownAgain:
            try await pass(to: "2028-04-01T10:00:00+02:00")
            try await accept(as: "olle")
            try await answer(.visibleName, true, "olle")
        case .rebuilt:
            try await pass(to: "2028-05-01T10:00:00+02:00")
            _ = try await application.views.rebuild()
        case .purged:
            try await pass(to: "2028-09-06T10:00:00+02:00")
        case .ended:
            try await pass(to: "2030-03-10T12:00:00+01:00")
        }
        await site.waitForViews()
        await work()
    }

    /// Advances the clock to a time. The background jobs run once a day while a reminder or an erasure is due, otherwise every week, so that
    /// no key is replaced late: in this story nothing depends on hours.
    private func pass(to time: String) async throws {
        let end = try #require(Instant(time))
        while self.time.now < end {
            let isWaitedFor = try people.values.contains { try application.accounts.member($0).closing != nil }
            self.time.set(min(end, self.time.now.advanced(seconds: (isWaitedFor ? 23 : 160) * 3600)))
            await work()
        }
    }

    private func keep(_ moment: Moment) async throws -> Kept {
        let policy = try application.accounts.policyInForce(at: time.now)
        let viewpoint = Viewpoint(.member, in: .directory, showing: ShownFields(policy.rules.fields))
        let directory = try application.views.read { snapshot in
            try snapshot.members.list(.init(), from: viewpoint, page: 1).entries.map { entry in
                let profile = try snapshot.members.profile(
                    entry.member.id, from: Viewpoint(.member, in: .profile))
                return Listed(
                    member: entry.member.id, username: entry.member.username, name: entry.name,
                    municipality: entry.municipality?.name, showsAgeAndSex: profile?.showsAgeAndSex == true)
            }
        }
        let browser = try await browser(as: PolicyStory.administrator)
        let pages = try await SeenPages(thread: thread, of: PolicyStory.staying.map(id), by: browser)
        return Kept(
            moment: moment, time: time.now, policy: policy.version, directory: directory, pages: pages,
            generation: application.views.version.generation, checkpoint: try await application.log.checkpoint().note)
    }

    private func reply(_ text: String, _ username: String) async throws {
        _ = try await application.forum.reply(
            to: thread, application.draft(text), by: Standing(id(username)), command: site.command())
        await site.waitForViews()
    }

    private func answer(_ purpose: ConsentPurpose, _ isYes: Bool, _ username: String) async throws {
        let wording = VisibilityWording(purpose)?.hash ?? RegisterLookupWording.hash
        try await application.accounts.answer(
            AnswerConsent(purpose, isYes: isYes, wording: wording), of: id(username), command: site.command())
        await site.waitForViews()
    }

    /// Submits text and rules through the form, previews them, and publishes them.
    private func publish(_ folder: String, _ kind: String, _ browser: Browser) async throws {
        let written = try WrittenVersion(folder: PolicyStory.folder(folder, "2028-03-01"))
        let fields = ["slag": kind, "text": written.text, "regler": written.rules]
        _ = try await browser.get("/admin/policy?skriv=\(kind)")
        let preview = try await browser.previewDraft(fields)
        #expect(preview.status == 200 && preview.contains("Inget är publicerat än"))
        let published = try await browser.post("/admin/policy", fields.merging(["atgard": "publicera"]) { $1 })
        #expect(published.location == "/admin/policy?klart=\(kind)&version=2028-03-01")
    }

    private func accept(as username: String) async throws {
        let browser = try await browser(as: username)
        _ = try await browser.get("/godkann")
        let answer = try await browser.post(
            "/godkann",
            ["policy": "ja", "terms": "ja", "policy-version": "2028-03-01", "terms-version": "2028-03-01"])
        #expect(answer.location == "/", "\(username)")
        await site.waitForViews()
    }
}

extension Browser {
    /// Submits a draft for a preview on the page, and waits for the result.
    func previewDraft(_ fields: [String: String]) async throws -> Answer {
        _ = try await get("/admin/policy?skriv=policy")
        let begun = try await post("/admin/policy", fields.merging(["atgard": "granska"]) { $1 })
        #expect(begun.location == "/admin/policy/granskning", "\(begun.text)")
        while true {
            let page = try await get("/admin/policy/granskning")
            guard page["Refresh"] != nil else { return page }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
