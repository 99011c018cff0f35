import Accounts
import ArgumentParser
import Events
import Processes
import Projections
import SiteMap

extension MembersCommand {
    /// `members purge`: erases a closed account before its time is out, as a member may ask (P-12.5).
    struct Purge: SiteCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase a closed account now, for ever.",
            discussion: """
                Nobody can bring it back, not even from a backup. Without a running site no last mail is sent, and the \
                files are swept when the site is started next.
                """)

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom

        @Option(help: "Why it does not wait: \(Purge.reasons). It stays in the log for ever.")
        var reason: String

        private static let reasons = PurgeReason.allCases.map(\.rawValue).joined(separator: ", ")

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            guard let reason = PurgeReason(rawValue: reason) else {
                throw CommandFailure.usage("there is no reason '\(reason)'; the reasons are \(Purge.reasons)")
            }
            let member = try application.member(named: whom.member)
            do {
                try application.accounts.mayPurge(member, by: .operator)
                // Before the purge: the link is made of data that the erasure removes.
                let receipt = try application.accounts.receiptLink(of: member)
                guard try await host.retention.engine.purge(member, ordered: reason, by: .operator) else {
                    throw CommandFailure.failed("the account has changed meanwhile; see 'log show --member \(member)'")
                }
                await application.waitForViews()
                let fenced = try receipt.flatMap { try application.log.erasure(withReceipt: $0.hash) }
                report(member, fenced, receipt, isAnchored: application.log.isAnchorReachable, output)
            } catch let refusal as AccountRefusal {
                throw CommandFailure.usage(refusal.explanation)
            }
        }

        private func report(
            _ member: MemberID, _ fenced: FencedErasure?, _ receipt: DecisionLink?, isAnchored: Bool,
            _ output: CommandOutput
        ) {
            let page = receipt.map { SiteLink.receipt(token: "\($0.token)").url }
            if options.json {
                var object: [String: Any] = ["member": member.description, "state": "purged"]
                object["fence"] = fenced?.position
                object["receipt"] = page
                object["anchored"] = isAnchored
                return output.json(object)
            }
            output.line("\(member) is purged.")
            if let fenced { output.line("The fence is event \(fenced.position).") }
            if let page { output.line("The receipt will be at \(page).") }
            if !isAnchored {
                output.line("The anchor directory cannot be reached; the erasure is complete once it can.")
            }
        }
    }
}
