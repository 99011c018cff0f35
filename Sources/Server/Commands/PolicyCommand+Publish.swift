import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Site

extension PolicyCommand {
    struct PublishCommand: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "publish", abstract: "Publish a version of the policy or the terms, now or for its day.",
            discussion: """
                PATH is a folder with rules.yaml and policy.md, or with rules.yaml and terms.md. The version's name is the day on which it takes \
                effect: today's at once, a later one by itself on that day. Members are told of a major version by mail, and asked to \
                accept it at their next sign-in. See docs/policy-versions.md.
                """)

        @OptionGroup var options: DataOptions

        @Argument(help: "The folder of the version.")
        var path: String

        var paths: [String] { [path] }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let draft = try application.accounts.read(WrittenVersion(folder: URL(fileURLWithPath: path)))
            let outcome = try await PublishingVersions(application: application).publish(
                draft, by: .operator, command: CommandID(at: application.clock.now())
            ) { output.progress("rebuilding the views \($0.bar)") }
            if options.json {
                output.json([
                    "text": draft.kind.rawValue, "version": draft.version.description, "change": draft.change.rawValue,
                    "hash": draft.hash.description, "outcome": outcome.rawValue,
                ])
            } else {
                output.line(PublishCommand.line(on: draft, outcome))
            }
        }

        private static func line(on draft: VersionDraft, _ outcome: PublishingVersions.Outcome) -> String {
            let version = "Version \(draft.version) of the \(draft.kind == .policy ? "policy" : "terms")"
            let mail = draft.change == .major ? " Members are told by mail and asked at their next sign-in." : ""
            return switch outcome {
            case .inForce: "\(version) is in force.\(mail)"
            case .announced: "\(version) is announced and takes effect on its day.\(mail)"
            case .alreadyPublished: "\(version) is published already; nothing was changed."
            }
        }
    }
}
