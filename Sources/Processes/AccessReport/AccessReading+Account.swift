import Accounts
import Events

extension AccessReading {
    func member() -> ReportRecord {
        let identity = account.identity.value.value
        return [
            .id: .text(id.description), .state: standing, .signedUpAt: .time(account.signedUpAt),
            .confirmedAt: .optional(account.confirmedAt),
            .sex: identity.map { .code($0.sex.rawValue, $0.sex.words) } ?? .missing,
            .birthDate: .optional(identity?.number.birthDate.description),
            .newsletter: .optional(account.newsletter?.isYes),
        ]
    }

    private var standing: ReportValue {
        switch state {
        case .nobody, .lapsed, .purged: .missing
        case .unconfirmed: .code("unconfirmed", "anmält, men e-postadressen är inte bekräftad")
        case .awaitingReview, .rejected: .code("awaiting-review", "väntar på kontroll")
        case .active: .code("active", "medlem")
        case .deactivated: .code("deactivated", "avstängt")
        case .closed: .code("closed", "avslutat")
        }
    }

    /// Every acceptance and consent answer, with the words that were shown and their hash.
    func consents() throws -> [ReportRecord] {
        let wordings = WordingArchive(policies: policies, terms: try application.accounts.terms())
        return try application.accounts.consentLedger(of: id).entries.map { entry in
            let kind: ReportValue
            var version: CalendarDate?
            switch entry.matter {
            case .policy(let accepted): (kind, version) = (.code("privacy-policy", "integritetspolicyn"), accepted)
            case .terms(let accepted): (kind, version) = (.code("member-terms", "medlemsvillkoren"), accepted)
            case .consent(let purpose): kind = .code(purpose.rawValue, purpose.words)
            case .newsletter: kind = .code("newsletter", "nyhetsbrevet")
            }
            return [
                .kind: kind, .isGranted: .bool(entry.isYes), .time: .time(entry.at),
                .version: .optional(version?.description), .textHash: .optional(entry.text?.description),
                .formHash: .optional(entry.form?.description), .formText: .optional(wordings.text(of: entry)),
                .actor: actor(entry.actor),
            ]
        }
    }

    /// Staff roles granted to and revoked from the member.
    func roles() throws -> [ReportRecord] {
        try application.log.events(in: StreamName("staff")).compactMap { recorded in
            let known = try StaffEvent.decode(recorded)
            if case .roleGranted(let role, id) = known { return self.role(role, true, recorded) }
            if case .roleRevoked(let role, id) = known { return self.role(role, false, recorded) }
            return nil
        }
    }

    private func role(_ role: Role, _ isGranted: Bool, _ event: RecordedEvent) -> ReportRecord {
        [
            .role: .code(role.rawValue, RoleWords.name(of: role)), .isGranted: .bool(isGranted),
            .time: .time(event.time), .actor: actor(event.actor),
        ]
    }

    /// Decisions against the member with their reasons, and her appeals against them.
    func decisions() -> [ReportRecord] { events.compactMap(decision) }

    private func decision(_ event: Event) -> ReportRecord? {
        if case .closing(.closed(let closing)) = event.known { return decision(event, until: nil, closing.reasons) }
        if case .closing(.deactivated(let deactivation)) = event.known {
            return decision(event, until: deactivation.until, deactivation.reasons)
        }
        if case .closing(.appealed(let text)) = event.known {
            return decision(event, until: nil, nil, text.value.value?.text)
        }
        if case .closing(.appealRejected(let reasons)) = event.known { return decision(event, until: nil, reasons) }
        return nil
    }

    private func decision(
        _ event: Event, until: Instant?, _ reasons: Sealed<StatementOfReasons>?, _ text: String? = nil
    ) -> ReportRecord {
        [
            .event: self.event(event.recorded), .time: .time(event.recorded.time),
            .actor: actor(event.recorded.actor), .until: .optional(until),
            .rule: .optional(reasons?.value.value?.rule), .facts: .optional(reasons?.value.value?.facts),
            .text: .optional(text),
        ]
    }

    /// Every event of the member's own stream, with its unencrypted content: choices, dates, hashes.
    func history() -> [ReportRecord] {
        events.compactMap { known in
            guard let details = details(of: known) else { return nil }
            let recorded = known.recorded
            return [
                .time: .time(recorded.time), .event: event(recorded), .actor: actor(recorded.actor),
                .details: .text(details),
            ]
        }
    }

    /// Nil for an event that is left out. Until a duplicate has ended, its report is like that of an account that holds its number (P-16.6).
    private func details(of event: Event) -> String? {
        let written = String(decoding: event.recorded.clear.bytes, as: UTF8.self)
        guard state.closing?.cause != .duplicate else { return written }
        if case .registration(.confirmed) = event.known { return "{}" }
        if case .profile(.numberSet) = event.known { return nil }
        return written
    }

    /// Planned erasures whose dates are already known.
    func plannedErasures() throws -> [ReportRecord] {
        var planned: [ReportRecord] = []
        func add(_ code: String, _ words: String, _ due: Instant?) {
            if let due { planned.append([.kind: .code(code, words), .eraseBy: .time(due)]) }
        }
        switch state {
        case .nobody, .lapsed, .purged, .active, .rejected: break
        case .unconfirmed:
            add(
                "sign-up", "anmälan, om du inte bekräftar den",
                policies.deadline(from: account.signedUpAt, judgedAt: now, \.unconfirmedSignUp))
        case .awaitingReview(_, _, let since):
            add(
                "sign-up", "anmälan, om den inte blir godkänd",
                policies.deadline(from: since, judgedAt: now, \.pendingRegistration))
        case .deactivated(_, let deactivation):
            add(
                "account", "kontot räknas som avslutat om du inte kommer tillbaka",
                policies.shortest(from: deactivation.until, judgedAt: now) { $0.unreturnedCountsAsClosedAfter })
        case .closed(_, let closing):
            let plan = ClosingPlan(closing, judgedAt: now, policies)
            add("account", "alla dina uppgifter", plan.purge)
            add("backups", "de sista säkerhetskopiorna av dina nycklar", plan.lastBackup)
        }
        add("previous-email", "den tidigare e-postadressen", account.undoDeadline(judgedAt: now, policies))
        return planned
    }
}
