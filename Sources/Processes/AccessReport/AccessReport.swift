import Accounts
package import Events
package import Projections

/// All data held about one member, for her to read (P-12.3, P-17.1, P-09.3).
///
/// `docs/access-report.md` documents every key. What others wrote is included only where they wrote it to the member; quotes are
/// references, and a mention shows a name only while members can see it.
package struct AccessReport: Sendable {
    package static let format = "mikroforetag.access-report.v1"

    package let record: ReportRecord
    /// Mails stored as they were received.
    package let mails: [(name: String, bytes: [UInt8])]
    package let now: Instant

    /// The report as a ZIP archive with both forms, JSON and HTML, and the stored mails.
    package var archive: [UInt8] {
        var archive = ZipArchive(at: now)
        archive.add("utdrag.json", record.json)
        archive.add("utdrag.html", record.html("Registerutdrag", at: now))
        for mail in mails { archive.add(mail.name, mail.bytes) }
        return archive.finished()
    }

    /// Reads everything at once; call it on a thread that may block.
    ///
    /// The caller must have authenticated the member, or recorded the viewing with `Accounts.view`.
    /// - Throws: `AccountRefusal.noSuchMember` for an unknown or erased member, `tooLateToRestore` for one who is due to be erased.
    package init(
        of member: MemberID, in application: Application, _ files: OperationalRecords, views: ViewsSnapshot
    ) throws {
        let reading = try AccessReading(of: member, in: application, files, views: views)
        now = reading.now
        mails = try reading.keptMails()
        record = [
            .format: .text(AccessReport.format), .generatedAt: .time(now),
            .member: .record(reading.member()),
            .purposes: .list(reading.purposes()), .recipients: .list(reading.recipients()),
            .periods: .list(reading.periods()), .sources: .list(reading.sources()), .rights: .list(reading.rights()),
            .complaint: .record(reading.complaint()), .automatedDecisions: reading.automatedDecisions,
            .fields: .list(try reading.fields()),
            .consents: .list(try reading.consents()), .roles: .list(try reading.roles()),
            .cases: .list(try reading.cases()), .decisions: .list(reading.decisions()),
            .corrections: .list(try reading.corrections()),
            .staffViews: .list(try reading.staffViews()), .holds: .list(try reading.holds()),
            .plannedErasures: .list(try reading.plannedErasures()), .erased: .list(try reading.erased()),
            .signIns: .list(try reading.signIns()), .securityNotices: .list(try reading.securityNotices()),
            .sessions: .list(try reading.sessions()),
            .knownDevices: .list(try reading.devices()), .visits: .list(try reading.visits()),
            .threads: .list(try reading.threads()),
            .posts: .list(try reading.posts()), .conversations: .list(try reading.conversations()),
            .messageReports: .list(try reading.messageReports()), .blockedMembers: .list(try reading.blockedMembers()),
            .notifications: .list(try reading.notifications()), .watches: .list(try reading.watches()),
            .reading: .list(try reading.reading()), .bookmarks: .list(try reading.bookmarks()),
            .drafts: .list(try reading.drafts()),
            .mails: .list(try reading.mails()), .history: .list(reading.history()),
        ]
    }
}

/// One member's data at one moment, from all stores; each part of the report is an extension of this type.
struct AccessReading {
    struct Event {
        let recorded: RecordedEvent
        /// Nil for events of other modules.
        let known: MemberEvent?
    }

    let id: MemberID
    let state: Member
    let account: Account
    /// The member's own stream.
    let events: [Event]
    let policies: PolicyCalendar
    let application: Application
    let files: OperationalRecords
    let views: ViewsSnapshot
    let now: Instant

    fileprivate init(
        of member: MemberID, in application: Application, _ files: OperationalRecords, views: ViewsSnapshot
    ) throws {
        state = try application.accounts.member(member)
        policies = try application.accounts.policies()
        now = application.clock.now()
        switch state {
        case .nobody, .lapsed, .purged: throw AccountRefusal.noSuchMember
        case .closed(_, let closing):
            guard closing.isRestorable(judgedAt: now, policies) else { throw AccountRefusal.tooLateToRestore }
        case .unconfirmed, .awaitingReview, .active, .rejected, .deactivated: break
        }
        guard let account = state.account else { throw AccountRefusal.noSuchMember }
        self.account = account
        id = member
        events = try application.log.events(in: StreamName(member)).map {
            Event(recorded: $0, known: try MemberEvent.decode($0))
        }
        self.application = application
        self.files = files
        self.views = views
    }

    /// When a subject was erased; missing if it was not.
    /// - Parameter act: when an event said that it is erased. A legal hold defers the erasure and must not show (P-10.1).
    func erasedAt(_ subject: Subject?, saidAt act: Instant? = nil) throws -> ReportValue {
        .optional(try subject.flatMap { try views.erasures.date(of: $0, of: Owner(id)) } ?? act)
    }

    /// The time until which data that began at `start` may be kept.
    func deadline(from start: Instant, _ period: (RetentionRules) -> Period) -> ReportValue {
        .optional(policies.deadline(from: start, judgedAt: now, period))
    }

    /// Who did something, as far as the member may know: a member of staff is shown as staff only.
    func actor(_ actor: Actor) -> ReportValue {
        switch actor {
        case .member(id): .code("member", "dig")
        case .member: .code("staff", "personalen")
        case .visitor: .code("visitor", "någon som inte var inloggad, till exempel med länken i ett mejl")
        case .operator: .code("operator", "driften")
        case .system: .code("system", "webbplatsen själv")
        }
    }

    func event(_ event: RecordedEvent) -> ReportValue { .code(event.type.name, EventWords.sentence(for: event)) }
}
