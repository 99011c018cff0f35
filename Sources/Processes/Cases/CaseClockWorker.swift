import Accounts
import Events
import Foundation
package import Logging
import Messaging
import Projections
import ServiceLifecycle

/// What a running site does about cases by itself: reads the mail that has come, says which questions have waited for long, and closes
/// what has been quiet.
package struct CaseClockWorker: Service {
    package let application: Application
    package let mail: IncomingMailWorker
    package let logger: Logger

    package init(application: Application, mail: IncomingMailWorker, logger: Logger) {
        self.application = application
        self.mail = mail
        self.logger = logger
    }

    package func run() async throws {
        let start = ContinuousClock.now
        await cancelWhenGracefulShutdown {
            mail.removeOrphans()
            var guardian = ClockGuard()
            while !Task.isCancelled {
                await work(isTimeTrusted: guardian.trusts(application.clock.now(), at: start.duration(to: .now)))
                // Woken early only to stop.
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    /// - Parameter isTimeTrusted: false when the clock has jumped: a warning, and the end of a case, are events that cannot be taken back.
    package func work(isTimeTrusted: Bool = true) async {
        await mail.work()
        do {
            await application.waitForViews()
            try await openReported()
            guard isTimeTrusted else { return }
            try await warn()
            try await closeQuiet()
        } catch {
            logger.error("cases are not seen to", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// A case for each report of a private message, so that whoever reported is told what comes of it. The report's words stay where they are.
    private func openReported() async throws {
        for report in try application.views.reportedMessages.latest(100) {
            guard try application.log.caseOfReport(at: report.position) == nil,
                let statement = CaseStatement(
                    text: "Anmält privat meddelande. Det som anmälaren skrev står tillsammans med meddelandet.")
            else { continue }
            let topic = CaseTopic.report(
                ReportReason(rawValue: report.reason.rawValue) ?? .other,
                .message(report.message, in: report.conversation))
            _ = try await application.messaging.open(
                OpenCase(topic, by: report.reporter, statement), by: .system,
                command: .caseOfReport(at: report.position))
        }
    }

    /// Once for each step of the policy (P-18.2): the log says which have been.
    private func warn() async throws {
        let now = application.clock.now()
        let policies = try application.accounts.policies()
        for entry in try application.views.cases.asked(before: now) {
            guard let asked = entry.askedAt else { continue }
            let rules = try policies.caseRules(from: asked, judgedAt: now)
            guard CaseClock.warningsDue(entry.matter, askedAt: asked, at: now, rules) > entry.warnings else { continue }
            _ = try await application.messaging.warn(of: entry.id, rules)
        }
    }

    private func closeQuiet() async throws {
        let end = application.clock.now().subtracting(Messaging.quietCasesCloseAfter)
        for id in try application.views.cases.answered(before: end) {
            _ = try await application.messaging.closeQuiet(id)
        }
    }
}

extension CommandID {
    fileprivate static func caseOfReport(at position: Int) -> CommandID {
        CommandID(named: "case of the report at \(position)", at: Instant(milliseconds: 0))
    }
}

extension EventLog {
    /// The case that the report of a private message has become.
    func caseOfReport(at position: Int) throws -> CaseID? { try stream(of: .caseOfReport(at: position))?.id() }
}
