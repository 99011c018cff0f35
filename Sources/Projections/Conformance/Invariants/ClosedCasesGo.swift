import Accounts
import Events
import Messaging

/// P-16.5: a closed case, and a decided request for correction, are erased when their time is out.
struct ClosedCasesGo: Invariant {
    static let name = InvariantName.closedCasesGo
    static let sources: Set<ProjectedEvent.Source> = [.cases, .corrections]

    private struct Decided: Sendable {
        let member: MemberID?
        var subjects: [Sealing] = []
        var decided: (time: Instant, position: Int)?
    }

    private struct Sealing: Sendable {
        let subject: Subject
        let owner: Owner

        init?(_ event: AuditedEvent) {
            guard let subject = event.recorded.subject, let owner = event.recorded.owner else { return nil }
            (self.subject, self.owner) = (subject, owner)
        }
    }

    private var cases: [StreamName: CaseState] = [:]
    /// What is written in each case: a party's words have her as their owner, and are erased by name.
    private var texts: [StreamName: [Sealing]] = [:]
    private var positions: [StreamName: Int] = [:]
    private var corrections: [StreamName: Decided] = [:]

    mutating func take(_ event: AuditedEvent, after history: History, _ violations: inout Violations) {
        let stream = event.recorded.stream
        if case .cases(let change) = event.kind {
            cases[stream, default: .initial].evolve(change, at: event.time)
            if let sealing = Sealing(event) { texts[stream, default: []].append(sealing) }
            switch change {
            case .closed, .decided, .erased: positions[stream] = event.position
            case .opened, .contactGiven, .stated, .replied, .noted, .assigned, .warned, .reopened, .appealed,
                .extended, .identityChecked, .identified, .mailSetAside, .mailFiled, .mailReceived, .answersDirected:
                break
            }
        }
        guard case .corrections(let change) = event.kind else { return }
        if case .requested(let correction) = change { corrections[stream] = Decided(member: correction.member) }
        if let sealing = Sealing(event) { corrections[stream]?.subjects.append(sealing) }
        if case .decided = change { corrections[stream]?.decided = (event.time, event.position) }
    }

    func conclude(_ history: History, at now: Instant, _ violations: inout Violations) {
        for (stream, position) in positions.sorted(by: { $0.value < $1.value }) {
            guard case .known(let file)? = cases[stream], case .closed(at: let closed) = file.phase,
                let end = deadline(from: closed, file.topic.matter.retention, history, now), end <= now.lastLate,
                ![file.opener, file.other].contains(where: { isDeferred($0, history, now) }),
                !(history.fences.cover(.statement, of: Owner(file.id)) && areErased(texts[stream] ?? [], history))
            else { continue }
            violations.add("a case should have been erased by \(end)", at: position)
        }
        for request in corrections.values.sorted(by: { $0.decided?.position ?? 0 < $1.decided?.position ?? 0 }) {
            guard let decided = request.decided,
                let end = deadline(from: decided.time, \.correctionCase, history, now), end <= now.lastLate,
                !isDeferred(request.member, history, now),
                !areErased(request.subjects, history)
            else { continue }
            violations.add(
                "a correction should have been erased by \(end)", at: decided.position, of: request.member)
        }
    }

    private func deadline(
        from start: Instant, _ period: (RetentionRules) -> Period, _ history: History, _ now: Instant
    ) -> Instant? {
        history.policies.calendar.deadline(from: start, judgedAt: now.lastLate, period)
    }

    private func isDeferred(_ member: MemberID?, _ history: History, _ now: Instant) -> Bool {
        member.map { history.isDeferred($0, at: now) } ?? false
    }

    private func areErased(_ texts: [Sealing], _ history: History) -> Bool {
        texts.allSatisfy { history.fences.cover($0.subject, of: $0.owner) }
    }
}

extension CaseMatter {
    /// How long a closed case is kept.
    var retention: (RetentionRules) -> Period {
        switch self {
        case .support: \.supportCase
        case .correction, .number: \.correctionCase
        case .report: \.reportCase
        case .dispute: \.disputeCase
        case .rights: \.rightsCase
        }
    }
}
