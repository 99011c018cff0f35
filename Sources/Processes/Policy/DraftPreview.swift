package import Accounts
package import Events
package import Projections
import SiteMap

/// The effects of publishing a draft, as counts without names: from views built under the draft next to the live ones, from what would be
/// due for erasure, and from the differences in text and rules.
package struct DraftPreview: Sendable {
    /// A rule by which more data would be due.
    package struct Due: Sendable {
        /// The name of a `RetentionRule` or a `SideRule`.
        package let rule: String
        package let count: Int
    }

    /// A kind of mail that would start or stop for members who have made no choice.
    package struct MailChange: Sendable {
        package enum Mail: Hashable, Sendable {
            case kind(MailKind)
            case newsletter
        }

        package let mail: Mail
        package let isSent: Bool
        package let count: Int
    }

    package let draft: VersionDraft
    /// The newest published version, which may not be in force yet.
    package let previous: CalendarDate?
    package let isPublished: Bool
    /// The number of current members.
    package let members: Int
    package let visibility: [VisibilityChange]
    package let mail: [MailChange]
    /// The rows that would differ; nil for the terms, on which no row depends.
    package let views: ViewsDifference?
    /// The number of events and the time of the trial build; nil for the terms.
    package let building: (events: Int, seconds: Double)?
    package let due: [Due]
    package let rules: [RuleChange]
    package let clauses: [ClauseChange]

    package var version: CalendarDate { draft.version }

    /// Whether anything but the version would change.
    package var changesAnything: Bool {
        !(rules.isEmpty && clauses.isEmpty && mail.isEmpty && due.isEmpty && views?.isEqual != false)
    }
}

extension Application {
    /// Computes the effects of a draft; publishes nothing and leaves no trace.
    package func preview(
        _ draft: VersionDraft, _ retention: RetentionService, progress: @escaping ProgressReport = { _ in }
    ) async throws -> DraftPreview {
        switch draft {
        case .policy(let document): try await preview(document, retention, progress: progress)
        case .terms(let document): try preview(document)
        }
    }

    private func preview(
        _ document: PolicyDocument, _ retention: RetentionService, progress: @escaping ProgressReport
    ) async throws -> DraftPreview {
        let policies = try accounts.policies()
        let newest = policies.versions.last { $0 != document }
        let views = try await views.preview(showing: ShownFields(document.rules.fields), progress: progress)
        var drafted = policies
        if policies.version(document.version) == nil { drafted.evolve(.policyPublished(document), at: clock.now()) }
        // Only the difference counts: what would be due on that day under the present policy is left out.
        let day = max(clock.now(), document.version.startInStockholm)
        return DraftPreview(
            draft: .policy(document), previous: newest?.version, isPublished: policies.version(document.version) != nil,
            members: views.members, visibility: views.visibility.filter { $0.hidden + $0.shown > 0 },
            mail: try policies.inForce(at: day).map { try mailChanges(from: $0.rules.mail, to: document.rules.mail) }
                ?? [],
            views: views.difference, building: (views.events, views.seconds),
            due: try due(retention, at: day, under: drafted, beyond: policies),
            rules: try newest.map { try document.rules.changes(since: $0.rules) } ?? [],
            clauses: newest.map { document.text.changes(since: $0.text) } ?? [])
    }

    private func preview(_ document: TermsDocument) throws -> DraftPreview {
        let terms = try accounts.terms()
        let newest = terms.versions.last { $0 != document }
        return DraftPreview(
            draft: .terms(document), previous: newest?.version, isPublished: terms.version(document.version) != nil,
            members: try views.members.count(), visibility: [], mail: [], views: nil,
            building: nil, due: [],
            rules: [], clauses: newest.map { document.text.changes(since: $0.text) } ?? [])
    }

    private func mailChanges(from old: MailRules, to new: MailRules) throws -> [DraftPreview.MailChange] {
        let kinds = MailKind.allCases.filter { old.sendsUnasked($0) != new.sendsUnasked($0) }
        let newsletter = (old.newsletter == .on) != (new.newsletter == .on)
        guard !kinds.isEmpty || newsletter else { return [] }
        var counts: [DraftPreview.MailChange.Mail: Int] = [:]
        // Members' choices are in the log only.
        for member in try views.members.all() {
            guard let account = try accounts.member(member).active else { continue }
            for kind in kinds where account.choice(of: kind) == .unset { counts[.kind(kind), default: 0] += 1 }
            if newsletter, account.newsletter == nil { counts[.newsletter, default: 0] += 1 }
        }
        let mails = kinds.map { (DraftPreview.MailChange.Mail.kind($0), new.sendsUnasked($0)) }
        return (mails + [(.newsletter, new.newsletter == .on)]).compactMap { mail, isSent in
            counts[mail].map { DraftPreview.MailChange(mail: mail, isSent: isSent, count: $0) }
        }
    }

    private func due(
        _ retention: RetentionService, at time: Instant, under drafted: PolicyCalendar, beyond present: PolicyCalendar
    ) throws -> [DraftPreview.Due] {
        func counts(_ policies: PolicyCalendar) throws -> [String: Int] {
            let events = try retention.engine.due(at: time, under: policies).map { ($0.rule.rawValue, 1) }
            let side = try retention.side.due(at: time, under: policies).map { ($0.rule.rawValue, $0.count) }
            return Dictionary(events + side, uniquingKeysWith: +)
        }
        let (before, after) = (try counts(present), try counts(drafted))
        let names = RetentionRule.allCases.map(\.rawValue) + SideRule.allCases.map(\.rawValue)
        return names.compactMap { rule in
            let more = after[rule, default: 0] - before[rule, default: 0]
            return more > 0 ? DraftPreview.Due(rule: rule, count: more) : nil
        }
    }
}
