import Accounts
import ArgumentParser
import Events
import Foundation
import Projections

extension PolicyCommand {
    /// `policy audit`: every clause of the version in force against the whole log and the files of the site.
    struct Audit: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole log, and the files beside it, against every clause of the policy in force.",
            discussion: """
                Needs neither keys nor a running site. A copy of log.sqlite is enough for what the log can show; what needs other files is \
                then 'not checked'. Exit status 1: a clause is broken; 3: none is broken, and some could not be checked; 0: otherwise.
                """)

        @OptionGroup var options: DataOptions

        @Option(
            help:
                "Judge the log as it was at this time (RFC 3339 or a date), or what will have to be done by then. (default: now)"
        )
        var at: String?

        @Option(help: "The directory above the backups. (default: what MIKROFORETAG_BACKUPS_DIRECTORY says, else none)")
        var backups: String?

        @Option(help: "Judge each month of a period for itself: its beginning.")
        var from: String?

        @Option(help: "The end of that period; a day counts whole. (default: now)")
        var to: String?

        @Option(help: "Write what others need to check a copy of the log without this program into this new directory.")
        var evidence: String?

        func perform(output: CommandOutput) async throws {
            let now = Events.Clock.system.now()
            let time = try at.map(Instant.init(typed:)) ?? now
            let log = try LogCopy(options.files)
            let folder = try evidence.map(EvidenceFolder.init(path:))
            let head = try log.head()
            let report = { (position: Int) in output.progress("auditing \(position)/\(head)") }
            if let period = try period(until: now) {
                guard folder == nil else {
                    throw CommandFailure.usage(
                        "--evidence is written for a moment; give --at, or neither --from nor --to")
                }
                return try describe(ConformanceAudit(of: log).months(of: period, at: now, progress: report), to: output)
            }
            let conformance: Conformance
            if time < now {
                conformance = try ConformanceAudit(of: log).run(asOf: time, progress: report)
            } else {
                let backups = backups ?? ProcessInfo.processInfo.environment["MIKROFORETAG_BACKUPS_DIRECTORY"]
                let files = try FileEvidence(
                    of: options.files, backups: backups.map { URL(fileURLWithPath: $0) }, log, readAt: now,
                    judgedAt: time)
                conformance = try ConformanceAudit(of: log, files: files).run(at: time, progress: report)
            }
            guard conformance.policy != nil else {
                throw CommandFailure.failed("no version of the policy was in force in this log at \(time)")
            }
            for report in conformance.reports {
                options.json ? output.json(report.json) : describe(report, to: output)
            }
            options.json ? output.json(conformance.json) : summarise(conformance, to: output)
            try folder?.write(
                conformance.json, conformance.reports.map(\.json), at: time, of: log,
                under: LogCopy.lastCheckpoint(options.files))
            try end(with: conformance.reports)
        }

        /// Exit status 1 when something is broken, 3 when something was not checked.
        private func end(with reports: [ClauseReport]) throws {
            if reports.count(of: .broken) > 0 {
                throw CommandFailure.finding("promises of the policy are broken; see the lines with BROKEN")
            }
            if reports.count(of: .notChecked) > 0 {
                throw CommandFailure.unchecked("nothing is broken; see what was 'not checked', and why")
            }
        }

        private func period(until now: Instant) throws -> ClosedRange<Instant>? {
            guard from != nil || to != nil else { return nil }
            guard at == nil else {
                throw CommandFailure.usage("--at is a moment, --from and --to are a period; give one")
            }
            guard let from else { throw CommandFailure.usage("--to needs --from") }
            let start = try Instant(typed: from)
            // A day counts to its end.
            let lastDay = to.flatMap(CalendarDate.init)
            let end = try lastDay?.endInStockholm ?? to.map(Instant.init(typed:)) ?? now
            guard start <= end else { throw CommandFailure.usage("--from lies after --to") }
            return start...end
        }

        /// A line a clause and month.
        private func describe(_ months: [MonthlyConformance], to output: CommandOutput) throws {
            guard months.contains(where: { $0.conformance.policy != nil }) else {
                throw CommandFailure.failed("no version of the policy was in force in that time")
            }
            for month in months {
                for report in month.conformance.reports {
                    options.json ? output.json(report.json(in: month)) : output.line(report.line(in: month))
                }
            }
            try end(with: months.flatMap(\.conformance.reports))
        }

        private func describe(_ report: ClauseReport, to output: CommandOutput) {
            output.line("\(report.text.id)  \(report.verdict.kind.words)  \(report.text.title)")
            for reason in report.verdict.reasons { output.line("    because  \(reason.words)") }
            if !report.enforcedIn.isEmpty { output.line("    in  \(report.enforcedIn.joined(separator: ", "))") }
            if let time = report.evidence.time {
                output.line(
                    "    evidence  \(report.evidence.count) events, the latest at \(report.evidence.position), \(time)")
            }
            for test in report.verdict == .attested ? report.clause?.attestedBy ?? [] : [] {
                output.line("    by test  \(test)")
            }
            for check in report.checks {
                output.line("    \(check.outcome.words)  \(check.name.rawValue): \(check.name.claim)")
                guard let violations = check.outcome.violations else { continue }
                for violation in violations.first { output.line("        \(violation.line)") }
                let more = violations.count - violations.first.count
                if more > 0 { output.line("        and \(more) more") }
            }
        }

        private func summarise(_ conformance: Conformance, to output: CommandOutput) {
            for position in conformance.unreadable { output.line("not read  position \(position)") }
            let counts = ClauseVerdict.Kind.allCases.map { kind in
                "\(conformance.reports.count(of: kind)) \(kind.words)"
            }
            output.line(
                "\(conformance.head) events against the policy of \(conformance.policy?.version.description ?? "-"), judged at \(conformance.judgedAt): \(counts.joined(separator: ", "))"
            )
        }
    }
}

extension ClauseVerdict.Kind {
    fileprivate var words: String {
        switch self {
        case .proved: "proved"
        case .attested: "attested"
        case .notChecked: "not checked"
        case .broken: "BROKEN"
        }
    }
}

extension Conformance.Outcome {
    fileprivate var words: String {
        switch self {
        case .holds: "holds"
        case .broken: "BROKEN"
        case .notChecked: "not checked"
        }
    }
}

extension Violation {
    fileprivate var line: String {
        "position \(position)\(member.map { ", member:\($0)" } ?? ""): \(what)"
    }

    fileprivate var json: [String: Any] {
        ["position": position, "member": member?.description as Any? ?? NSNull(), "what": what]
    }
}

extension ClauseReport {
    /// For `--json`.
    fileprivate var json: [String: Any] {
        [
            "clause": text.id, "title": text.title, "text": text.body, "verdict": verdict.kind.rawValue,
            "reasons": verdict.reasons.map(\.words),
            "tests": verdict == .attested ? clause?.attestedBy ?? [] : [],
            "enforcedIn": enforcedIn,
            "evidence": [
                "count": evidence.count, "position": evidence.count > 0 ? evidence.position as Any : NSNull(),
                "time": evidence.time?.description as Any? ?? NSNull(),
            ] as [String: Any],
            "checks": checks.map { check in
                [
                    "name": check.name.rawValue, "claim": check.name.claim, "outcome": check.outcome.words.lowercased(),
                    "evidence": check.name.evidence.file,
                    "violations": check.outcome.violations?.count ?? 0,
                    "first": check.outcome.violations?.first.map(\.json) ?? [],
                ] as [String: Any]
            },
        ]
    }
}

extension ClauseReport {
    fileprivate func line(in month: MonthlyConformance) -> String {
        let breaches = span.map { "  positions \($0.lowerBound) to \($0.upperBound)" } ?? ""
        let reasons = verdict.reasons.map { "  because \($0.words)" }.joined()
        return "\(month.name)  \(text.id)  \(verdict.kind.words)\(breaches)\(reasons)"
    }

    fileprivate func json(in month: MonthlyConformance) -> [String: Any] {
        [
            "month": month.name, "clause": text.id, "verdict": verdict.kind.rawValue,
            "reasons": verdict.reasons.map(\.words),
            "first": span.map(\.lowerBound) as Any? ?? NSNull(), "last": span.map(\.upperBound) as Any? ?? NSNull(),
        ]
    }
}

extension Conformance {
    fileprivate var json: [String: Any] {
        let counts = ClauseVerdict.Kind.allCases.map { ($0.rawValue, reports.count(of: $0)) }
        return [
            "policy": policy?.version.description as Any? ?? NSNull(), "events": head,
            "clauses": Dictionary(uniqueKeysWithValues: counts),
            "judgedAt": judgedAt.description, "unreadable": unreadable,
        ]
    }
}
