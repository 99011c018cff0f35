import Accounts
import Events
import HTML
import Hummingbird
import Processes
import Projections
import SiteMap
import Web

extension SettingsController {
    func showSettings(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try await ownData(context)
        let policies = try application.accounts.policies()
        let rules = try application.accounts.policyInForce(at: context.now).rules
        var further: [SettingsSection] = []
        for provider in furtherSections {
            if let section = try await provider(own.member, context) { further.append(section) }
        }
        let query = try request.query()
        let change: SettingsChange? = query.choice(.done)
        return context.page(
            SettingsPage(
                change: change, shown: change.map { $0.section?.page ?? "uppgifter" } ?? query.typed(.filter), own: own,
                visibility: VisibilitySection(own: own, rules: rules),
                consents: ConsentsSection(
                    own: own, rules: rules,
                    wordings: WordingArchive(policies: policies, terms: try application.accounts.terms()),
                    ledger: try application.accounts.consentLedger(of: own.member)),
                sessions: SessionsSection(
                    sessions: try sessions(of: own.member, context), devices: try devices(of: own.member, context),
                    lifetime: rules.retention.sessionLifetime,
                    history: try history(of: own.member),
                    notices: Array(
                        try application.accounts.securityNotices(about: own.member)
                            .suffix(SessionsSection.historyLength).reversed())),
                further: further))
    }

    /// Reads and opens everything the site holds about the reader, for the reader alone.
    func ownData(_ context: SiteContext) async throws -> OwnData {
        let member = try context.requireMember().id
        let record = try application.accounts.ownRecord(of: member)
        guard let account = record.member.active else { throw PageError.signInNeeded }
        let subjects = try await application.log.subjects(of: Owner(member), SubjectKind.allCases)
        return OwnData(
            member: member, record: record, account: account,
            subjectCounts: Dictionary(grouping: subjects, by: \.kind).mapValues(\.count),
            undoUntil: account.undoDeadline(judgedAt: context.now, try application.accounts.policies()),
            openHold: try openHold(on: member), views: try application.accounts.ownViews(of: member),
            corrections: try ownCorrections(of: member), today: context.now.stockholmDate,
            formerStaffNames: try application.accounts.formerStaffNames().filter { $0.name.member == member }
                .compactMap(\.end),
            cases: try application.views.cases.of(member).count { try application.partyRecord(of: $0.id) != nil },
            read: try application.readMarkers(of: member),
            saved: try SavedCounts(of: member, in: application.reading))
    }

    /// A secret hold is not shown before it is lifted (P-10.1).
    private func openHold(on member: MemberID) throws -> HoldOrder? {
        guard case .active(let hold, since: _) = try application.accounts.hold(on: member), !hold.isSecret else {
            return nil
        }
        return hold
    }

    private func ownCorrections(of member: MemberID) throws -> [OwnCorrection] {
        try application.views.corrections.of(member).map { entry in
            OwnCorrection(entry: entry, request: try application.accounts.ownCorrection(entry.id).request)
        }
    }

    private func sessions(of member: MemberID, _ context: SiteContext) throws -> [SessionsSection.Open] {
        try context.visit.site.sessions.list(of: member, at: context.now).map { session in
            let signIn = try signIns.signIn(of: session.id).flatMap { try application.accounts.signInRecord($0) }
            return SessionsSection.Open(
                session: session, address: signIn?.origin.value?.address,
                isThisOne: session.id == context.visit.session?.id)
        }
    }

    /// The newest sign-ins, with the details that are still stored.
    private func history(of member: MemberID) throws -> [SignInRecord] {
        let entries = try application.views.auditTrail.entries(
            .init(member: member, type: "accounts.signed-in."), before: nil)
        return try entries.prefix(SessionsSection.historyLength).compactMap { entry in
            let event = try application.log.events(after: entry.position - 1, limit: 1).first
            return try event?.stream.id(SignInKind.self).flatMap { try application.accounts.signInRecord($0) }
        }
    }
}
