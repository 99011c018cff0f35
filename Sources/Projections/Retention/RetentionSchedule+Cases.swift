import Events
import Messaging

/// The retention of a case and its contents is counted from the day it is closed; reopening it stops the count (P-16.5).
extension RetentionSchedule {
    static func apply(_ event: CaseEvent, in recorded: RecordedEvent, to views: ViewWriter) throws {
        guard let file: CaseID = recorded.stream.id() else { return }
        switch event {
        case .opened(let opening):
            try views.run(
                "INSERT INTO case_retention VALUES (?, ?)", .id(file),
                .text(Kind(caseAbout: opening.topic.matter).rawValue))
        case .closed: try views.count(file, since: recorded.time)
        case .decided(let decision): try views.count(file, since: decision.at)
        case .reopened, .appealed: try views.stop(file)
        case .stated(let addition): if addition.asks { try views.stop(file) }
        case .mailFiled(_, let asks): if asks { try views.stop(file) }
        case .replied(let answer):
            try views.stop(file)
            if answer.awaits { try views.wait(file, since: answer.at) }
        case .contactGiven, .noted, .assigned, .warned, .extended, .identityChecked, .identified, .mailSetAside,
            .mailReceived, .answersDirected, .erased:
            break
        }
    }
}

extension RetentionSchedule.Kind {
    fileprivate init(caseAbout matter: CaseMatter) {
        self =
            switch matter {
            case .support: .supportCase
            case .correction, .number: .correctionCase
            case .report: .reportCase
            case .dispute: .disputeCase
            case .rights: .rightsCase
            }
    }
}

extension ViewWriter {
    /// Only for cases that end when the party does not answer.
    fileprivate func wait(_ file: CaseID, since time: Instant) throws {
        let kinds = CaseMatter.allCases.filter(\.isEndedByWaiting).map { RetentionSchedule.Kind(caseAbout: $0) }
        for kind in Set(kinds) {
            try run(
                "INSERT INTO schedule SELECT ?, id, ? FROM case_retention WHERE id = ? AND kind = ?",
                .text(RetentionSchedule.Kind.waitingCase.rawValue), .time(time), .id(file), .text(kind.rawValue))
        }
    }

    fileprivate func count(_ file: CaseID, since time: Instant) throws {
        try end(.waitingCase, .id(file))
        try run(
            """
            INSERT INTO schedule SELECT kind, id, ? FROM case_retention WHERE id = ?
            ON CONFLICT DO UPDATE SET since = excluded.since
            """, .time(time), .id(file))
    }

    fileprivate func stop(_ file: CaseID) throws {
        try run(
            "DELETE FROM schedule WHERE id = ? AND kind = (SELECT kind FROM case_retention WHERE id = ?)", .id(file),
            .id(file))
        try end(.waitingCase, .id(file))
    }

    func forget(_ file: CaseID) throws {
        try stop(file)
        try run("DELETE FROM case_retention WHERE id = ?", .id(file))
    }
}
