import Crypto
import Events
import Foundation
package import Logging
package import Messaging
import Projections
import ServiceLifecycle

/// Reads delivery reports from a maildir and records bounces; a report is deleted once read, because it holds an address.
package struct DeliveryReportWorker: Service {
    private let application: Application
    private let returnPaths: ReturnPaths?
    private let maildir: Maildir?
    private let reader: MailReader
    private let logger: Logger

    private static let batch = 100
    /// How long mail that is not a report about the site's mail is kept for a person to look at.
    static let keptAside = Period(days: 30)

    package init(application: Application, _ delivery: MailDelivery, reader: MailReader, logger: Logger) throws {
        self.application = application
        returnPaths = try delivery.reports.map { ReturnPaths($0, log: application.log) }
        maildir = delivery.reportDirectory.map { Maildir(at: $0, settingAsideIn: .cur) }
        self.reader = reader
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await work()
                try? await Task.sleep(for: .seconds(30))
            }
        }
    }

    /// Reads all reports that have arrived.
    package func work() async {
        guard let maildir, let returnPaths else { return }
        do {
            while true {
                let messages = try maildir.waiting(limit: DeliveryReportWorker.batch)
                guard !messages.isEmpty else { break }
                for message in messages { try await read(message, maildir, returnPaths) }
            }
            try maildir.pruneAside(before: application.clock.now().subtracting(DeliveryReportWorker.keptAside).date)
        } catch {
            logger.error("delivery reports cannot be read", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Appends the event, then deletes the file: after a crash in between, the report is read again and the same command changes nothing.
    private func read(_ message: Maildir.Waiting, _ maildir: Maildir, _ returnPaths: ReturnPaths) async throws {
        guard let bytes = try maildir.start(of: message, atMost: DeliveryReport.mostBytes) else {
            return try maildir.setAside(message)
        }
        guard let report = try await reader.report(bytes),
            let trace = report.addressedTo.lazy.compactMap({ returnPaths.trace(of: $0) }).first,
            let sent = try sentMail(trace)
        else {
            logger.notice("a message among the delivery reports is none of ours")
            return try maildir.setAside(message)
        }
        // Each mail has one recipient: statuses for several recipients in a report all concern that one.
        let failed = report.recipients.filter { $0.action == .failed }.map(\.status)
        if let address = sent.mail.address, let status = failed.first(where: { $0.severity == .hard }) ?? failed.first {
            let digest = Hex.encode(SHA256.hash(data: bytes))
            let bounce = Bounce(sent.mail.key, address: address, status: status)
            try await application.messaging.note(bounce, command: CommandID(named: "report \(digest)", at: sent.time))
            logger.info(
                "mail came back",
                metadata: [
                    "mail": "\(sent.mail.key.name.rawValue)", "status": "\(status)", "position": "\(trace.asked)",
                ])
        }
        try maildir.remove(message)
    }

    /// Nil unless the log records that the mail was handed over.
    private func sentMail(_ trace: ReturnPaths.Trace) throws -> (mail: SentMail, time: Instant)? {
        let outcomes = try application.views.mailOutcomes.handedOver(askedBy: trace.asked, to: trace.member)
        guard let outcome = outcomes.last(where: { MailName(rawValue: $0.name).map(trace.fits) ?? false }),
            let event = try application.log.events(after: outcome.position - 1, limit: 1).first,
            case .handedOver(let mail)? = try MailEvent.decode(event)
        else { return nil }
        return (mail, event.time)
    }
}
