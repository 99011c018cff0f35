import Accounts
import ArgumentParser
import Events
import Foundation
import Projections

extension PolicyCommand {
    /// `policy audit`: every clause of the version in force against the whole log.
    struct Audit: LocalCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole log against every clause of the policy in force.",
            discussion: """
                Needs neither keys nor a running site: a copy of log.sqlite is enough, with the views for what is shown. \
                Exit status 1 when a promise is broken.
                """)

        @OptionGroup var options: DataOptions

        @Option(help: "Judge what should have been done by this time (RFC 3339 or a date). (default: now)")
        var at: String?

        @Option(help: "Write what others need to check a copy of the log without this program into this new directory.")
        var evidence: String?

        func perform(output: CommandOutput) async throws {
            let time = try at.map(Instant.init(typed:)) ?? Events.Clock.system.now()
            let log = try LogCopy(options.files)
            let folder = try evidence.map(EvidenceFolder.init(path:))
            let head = try log.head()
            let audit = ConformanceAudit(
                // A file that cannot be read counts as missing.
                of: log, views: try? ViewsSeen.newest(in: options.files.data), claims: try ClaimsSeen(in: log),
                visits: try? VisitsSeen.read(options.files.data.appending(path: "visits.sqlite")))
            let conformance = try audit.run(at: time) { output.progress("auditing \($0)/\(head)") }
            guard conformance.policy != nil else {
                throw CommandFailure.failed("no version of the policy is in force in this log")
            }
            for report in conformance.reports {
                options.json ? output.json(report.json) : describe(report, to: output)
            }
            options.json ? output.json(conformance.json) : summarise(conformance, to: output)
            try folder?.write(
                conformance.json, conformance.reports.map(\.json), at: time, of: log,
                under: LogCopy.lastCheckpoint(options.files))
            guard conformance.isSound else {
                throw CommandFailure.finding("the log breaks promises of the policy; see the lines with BROKEN")
            }
        }

        private func describe(_ report: ClauseReport, to output: CommandOutput) {
            output.line("\(report.text.id)  \(report.state.words)  \(report.text.title)")
            if !report.enforcedIn.isEmpty { output.line("    in  \(report.enforcedIn.joined(separator: ", "))") }
            if let time = report.evidence.time {
                output.line(
                    "    evidence  \(report.evidence.count) events, the latest at \(report.evidence.position), \(time)")
            }
            if report.checks.isEmpty, report.state == .kept {
                output.line("    by tests  nothing in a log could show it broken")
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
            for position in conformance.unreadable { output.line("BROKEN  position \(position) cannot be read") }
            let states = conformance.reports.map(\.state)
            let counts = [ClauseState.kept, .broken, .notYet].map { state in
                "\(states.count { $0 == state }) \(state.words)"
            }
            output.line(
                "\(conformance.head) events against the policy of \(conformance.policy?.version.description ?? "-"), judged at \(conformance.judgedAt): \(counts.joined(separator: ", "))"
            )
        }
    }
}

extension ClauseState {
    fileprivate var words: String {
        switch self {
        case .kept: "kept"
        case .broken: "BROKEN"
        case .notYet: "not yet"
        }
    }
}

extension Conformance.Outcome {
    var words: String {
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
            "clause": text.id, "title": text.title, "text": text.body, "state": state.rawValue,
            "enforcedIn": enforcedIn,
            "evidence": [
                "count": evidence.count, "position": evidence.count > 0 ? evidence.position as Any : NSNull(),
                "time": evidence.time?.description as Any? ?? NSNull(),
            ] as [String: Any],
            "checks": checks.map { check in
                [
                    "name": check.name.rawValue, "claim": check.name.claim, "outcome": check.outcome.words.lowercased(),
                    "violations": check.outcome.violations?.count ?? 0,
                    "first": check.outcome.violations?.first.map(\.json) ?? [],
                ] as [String: Any]
            },
        ]
    }
}

extension Conformance {
    fileprivate var json: [String: Any] {
        [
            "policy": policy?.version.description as Any? ?? NSNull(), "events": head, "sound": isSound,
            "judgedAt": judgedAt.description, "unreadable": unreadable,
        ]
    }
}
