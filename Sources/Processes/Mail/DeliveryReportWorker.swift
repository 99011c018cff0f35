import Crypto
import Events
import Foundation
package import Logging
package import Messaging
import Projections
import ServiceLifecycle

/// Reads delivery reports out of a maildir: what came back, and for which mail. A report that was read is deleted; it holds an address.
package struct DeliveryReportWorker: Service {
    private let application: Application
    private let returnPaths: ReturnPaths?
    private let maildir: MaildirReader?
    private let reader: MailReader
    private let logger: Logger

    private static let batch = 100
    /// What is no report of ours is left for a person to look at, so long.
    static let keptAside = Period(days: 30)

    package init(application: Application, _ delivery: MailDelivery, reader: MailReader, logger: Logger) throws {
        self.application = application
        returnPaths = try delivery.reports.map { ReturnPaths($0, log: application.log) }
        maildir = delivery.reportDirectory.map { MaildirReader(at: $0) }
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

    /// Reads everything that has come.
    package func work() async {
        guard let maildir, let returnPaths else { return }
        do {
            while true {
                let messages = try maildir.unread(limit: DeliveryReportWorker.batch, size: DeliveryReport.mostBytes)
                guard !messages.isEmpty else { break }
                for message in messages { try await read(message, maildir, returnPaths) }
            }
            _ = try maildir.prune(before: application.clock.now().subtracting(DeliveryReportWorker.keptAside).date)
        } catch {
            logger.error("delivery reports cannot be read", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// The event first, then the file: killed in between, the same report is read again and the same command changes nothing.
    private func read(_ message: MaildirReader.Message, _ maildir: MaildirReader, _ returnPaths: ReturnPaths)
        async throws
    {
        guard let report = try await reader.report(message.bytes),
            let trace = report.addressedTo.lazy.compactMap({ returnPaths.trace(of: $0) }).first,
            let sent = try sentMail(trace)
        else {
            logger.notice("a message among the delivery reports is none of ours")
            return try maildir.putAside(message)
        }
        // One mail has one recipient: whatever the report says about several is about that one.
        let failed = report.recipients.filter { $0.action == .failed }.map(\.status)
        if let address = sent.mail.address, let status = failed.first(where: { $0.severity == .hard }) ?? failed.first {
            let digest = Hex.encode(SHA256.hash(data: message.bytes))
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

    /// Nil unless the log says that such a mail was handed over.
    private func sentMail(_ trace: ReturnPaths.Trace) throws -> (mail: SentMail, time: Instant)? {
        let outcomes = try application.views.mailOutcomes.handedOver(askedBy: trace.asked, to: trace.member)
        guard let outcome = outcomes.last(where: { MailName(rawValue: $0.name).map(trace.fits) ?? false }),
            let event = try application.log.events(after: outcome.position - 1, limit: 1).first,
            case .handedOver(let mail)? = try MailEvent.decode(event)
        else { return nil }
        return (mail, event.time)
    }
}
