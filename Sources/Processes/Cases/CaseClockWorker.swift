import Accounts
import Events
import Foundation
package import Logging
import Messaging
import Projections
import ServiceLifecycle

/// The site's background work on cases: reads incoming mail, warns about unanswered questions, opens cases for reported messages, and
/// closes inactive cases.
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
                // Cancellation is the only thing that ends the sleep early.
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    /// - Parameter isTimeTrusted: false after a clock jump: warnings and closings are events and cannot be undone.
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

    /// Opens a case for each report of a private message, so that its author learns the outcome; the report's text is not copied.
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

    /// Warns once for each step of the policy (P-18.2); the log holds the warnings already given.
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
    /// The case that was opened for the report of a private message.
    func caseOfReport(at position: Int) throws -> CaseID? { try stream(of: .caseOfReport(at: position))?.id() }
}
