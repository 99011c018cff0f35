import Accounts
import Events
import Foundation
package import Logging
import Messaging
import Projections
import ServiceLifecycle

/// What a running site does about cases by itself: reads the mail that has come, says which questions have waited for long, and closes
/// what has been quiet.
package struct CaseWork: Service {
    package let community: Community
    package let mail: IncomingMailDesk
    package let logger: Logger

    package init(community: Community, mail: IncomingMailDesk, logger: Logger) {
        self.community = community
        self.mail = mail
        self.logger = logger
    }

    package func run() async throws {
        let start = ContinuousClock.now
        await cancelWhenGracefulShutdown {
            mail.removeOrphans()
            var guardian = ClockGuard()
            while !Task.isCancelled {
                await work(isTimeTrusted: guardian.trusts(community.clock.now(), at: start.duration(to: .now)))
                // Woken early only to stop.
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    /// - Parameter isTimeTrusted: false when the clock has jumped: a warning, and the end of a case, are events that cannot be taken back.
    package func work(isTimeTrusted: Bool = true) async {
        await mail.work()
        do {
            await community.settle()
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
        for report in try community.views.reportedMessages.latest(100) {
            guard try community.log.caseOfReport(at: report.position) == nil,
                let statement = CaseStatement(
                    text: "Anmält privat meddelande. Det som anmälaren skrev står tillsammans med meddelandet.")
            else { continue }
            let topic = CaseTopic.report(
                ReportReason(rawValue: report.reason.rawValue) ?? .other,
                .message(report.message, in: report.conversation))
            _ = try await community.messaging.open(
                OpenCase(topic, by: report.reporter, statement), by: .system,
                command: .caseOfReport(at: report.position))
        }
    }

    /// Once for each step of the policy (P-18.2): the log says which have been.
    private func warn() async throws {
        let now = community.clock.now()
        let policies = try community.accounts.policies()
        for entry in try community.views.cases.asked(before: now) {
            guard let asked = entry.askedAt else { continue }
            let rules = try policies.caseRules(from: asked, judgedAt: now)
            guard CaseClock.warningsDue(entry.matter, askedAt: asked, at: now, rules) > entry.warnings else { continue }
            _ = try await community.messaging.warn(of: entry.id, rules)
        }
    }

    private func closeQuiet() async throws {
        let end = community.clock.now().subtracting(Messaging.quietCasesCloseAfter)
        for id in try community.views.cases.answered(before: end) {
            _ = try await community.messaging.closeQuiet(id)
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
