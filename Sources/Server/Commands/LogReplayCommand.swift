import Accounts
import ArgumentParser
import Events
import Foundation
import Projections

extension LogCommand {
    /// `log replay`: the community as it stood at a time.
    struct Replaying: LocalCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Print how everything stood at a time.",
            discussion: """
                Reads the log alone: what is sealed is said to be sealed, with or without keys, and whoever was erased \
                since then stays erased.
                """)

        @OptionGroup var options: DataOptions

        @Option(help: "The time (RFC 3339, or a date for the moment it begins).")
        var asOf: String

        func perform(output: CommandOutput) async throws {
            let time = try Instant(typed: asOf)
            let log = try LogCopy(options.files)
            let head = try log.head()
            let replay: Replay
            do {
                replay = try Replay(of: log, asOf: time) { output.progress("replaying \($0)/\(head)") }
            } catch let error where !(error is LogUnusable) {
                throw CommandFailure.failed("the log cannot be replayed: \(error)")
            }
            options.json ? printJSON(replay, to: output) : describe(replay, to: output)
        }

        private func describe(_ replay: Replay, to output: CommandOutput) {
            output.line("as of \(replay.asOf): position \(replay.position) of \(replay.head)")
            output.line("policy  \(replay.policy.map { "\($0.version) sha256:\($0.hash)" } ?? "none")")
            output.line("terms  \(replay.terms.map { "\($0.version) sha256:\($0.hash)" } ?? "none")")
            for phase in MemberPhase.allCases {
                if let count = replay.members[phase], count > 0 { output.line("members  \(phase.rawValue)  \(count)") }
            }
            let (categories, threads) = (replay.forum.categories, replay.forum.threads)
            output.line("forum  categories  \(categories.all), open \(categories.open)")
            output.line("forum  threads  \(threads.all), open \(threads.open)")
            for state in ForumCounts.PostState.allCases {
                output.line("forum  posts  \(state.rawValue)  \(replay.forum.posts[state] ?? 0)")
            }
            for entry in replay.directory {
                output.line(
                    "directory  \(entry.member)  username \(entry.username.rawValue)  name \(entry.name.rawValue)  age-and-sex \(entry.ageAndSex.rawValue)  municipality \(entry.municipality.rawValue)\(entry.roles.isEmpty ? "" : "  \(entry.roles.map(\.rawValue).joined(separator: ","))")"
                )
            }
        }

        private func printJSON(_ replay: Replay, to output: CommandOutput) {
            let text = { (text: Replay.Text?) -> Any in
                text.map { ["version": $0.version.description, "hash": $0.hash.description] } ?? NSNull()
            }
            output.json([
                "asOf": replay.asOf.description, "position": replay.position, "head": replay.head,
                "policy": text(replay.policy), "terms": text(replay.terms),
                "members": Dictionary(uniqueKeysWithValues: replay.members.map { ($0.key.rawValue, $0.value) }),
                "categories": replay.forum.categories.all, "openCategories": replay.forum.categories.open,
                "threads": replay.forum.threads.all, "openThreads": replay.forum.threads.open,
                "posts": Dictionary(uniqueKeysWithValues: replay.forum.posts.map { ($0.key.rawValue, $0.value) }),
            ])
            for entry in replay.directory {
                output.json([
                    "member": entry.member.description, "username": entry.username.rawValue,
                    "name": entry.name.rawValue, "ageAndSex": entry.ageAndSex.rawValue,
                    "municipality": entry.municipality.rawValue, "roles": entry.roles.map(\.rawValue),
                ])
            }
        }
    }
}
