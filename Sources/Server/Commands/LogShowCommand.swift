import ArgumentParser
import Events
import Foundation
import Projections

extension LogCommand {
    /// `log show`: the events, one a line, with filters.
    struct Show: LocalCommand {
        static let configuration = CommandConfiguration(abstract: "Print events, oldest first.")

        @OptionGroup var options: DataOptions

        @Option(help: "Only this stream, such as 'privacy-policy' or 'member:0z9…'.")
        var stream: String?

        @Option(help: "Only what this member did or what happened to it (an id).")
        var member: String?

        @Option(help: "Only what was done by 'member:0z9…', 'visitor', 'operator' or 'system'.")
        var actor: String?

        @Option(help: "Only what is evidence for this clause of the policy, such as P-16.3.")
        var clause: String?

        @Option(help: "Only types that begin so, such as 'accounts.' or 'forum.post-published'.")
        var type: String?

        @Option(help: "Not before this time (RFC 3339 or a date).")
        var since: String?

        @Option(help: "Before this time (RFC 3339 or a date).")
        var until: String?

        @Option(help: "At most so many.")
        var limit: Int?

        func validate() throws {
            guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit is a number from 1") }
        }

        func perform(output: CommandOutput) async throws {
            let filter = try Filter(self)
            let log = try LogCopy(options.files)
            var position = 0
            var shown = 0
            while true {
                let events = try log.events(after: position, limit: 1000)
                guard let last = events.last else { return }
                for event in events where filter.admits(event) {
                    if let limit, shown >= limit { return }
                    output.line(options.json ? event.json : event.line)
                    shown += 1
                }
                position = last.position
            }
        }

        private struct Filter {
            let stream: String?
            let member: MemberID?
            let actor: Actor?
            let clause: PolicyClause?
            let type: String?
            let since: Instant?
            let until: Instant?

            init(_ command: Show) throws {
                stream = try command.stream.map { text in
                    guard Filter.isStream(text) else {
                        throw CommandFailure.usage("'\(text)' is no stream; write 'privacy-policy' or 'member:0z9…'")
                    }
                    return text
                }
                type = command.type
                member = try command.member.map { text in
                    guard let id = MemberID(text) else {
                        throw CommandFailure.usage(
                            "'\(text)' is no member id; ids have 13 characters, as in 'member:0z9…'")
                    }
                    return id
                }
                actor = try command.actor.map { text in
                    guard let actor = Actor(text) else {
                        throw CommandFailure.usage(
                            "'\(text)' is nobody; write 'member:0z9…', 'visitor', 'operator' or 'system'")
                    }
                    return actor
                }
                clause = try command.clause.map { text in
                    guard let clause = PolicyClause(rawValue: text.uppercased()) else {
                        throw CommandFailure.usage("'\(text)' is no clause; write it as in the policy: P-16.3")
                    }
                    return clause
                }
                since = try command.since.map(Instant.init(typed:))
                until = try command.until.map(Instant.init(typed:))
                if let since, let until, since >= until {
                    throw CommandFailure.usage("--since must lie before --until")
                }
                if let limit = command.limit, limit < 1 { throw CommandFailure.usage("--limit takes a number from 1") }
            }

            /// A fixed word, or a word and an id.
            private static func isStream(_ text: String) -> Bool {
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                guard let word = parts.first, !word.isEmpty,
                    word.allSatisfy({ $0 == "-" || $0.isASCII && $0.isLowercase })
                else { return false }
                return parts.count == 1 || parts.count == 2 && MemberID(String(parts[1])) != nil
            }

            func admits(_ event: RecordedEvent) -> Bool {
                if let stream, event.stream.description != stream { return false }
                if let member, event.actor != .member(member), event.stream != StreamName(member),
                    event.owner != Owner(member)
                {
                    return false
                }
                if let actor, event.actor != actor { return false }
                if let clause, EventTag.of(event.type)?.clauses.contains(clause) != true { return false }
                if let type, !event.type.description.hasPrefix(type) { return false }
                if let since, event.time < since { return false }
                if let until, event.time >= until { return false }
                return true
            }
        }
    }
}

extension RecordedEvent {
    fileprivate var clearText: String { String(decoding: clear.bytes, as: UTF8.self) }

    /// For people: the clear parts, and whose the sealed part is.
    fileprivate var line: String {
        let sealed = subject.map { " sealed(\($0) of \(owner?.description ?? "?"))" } ?? ""
        return "\(position) \(time) \(stream)@\(version) \(type) by \(actor) \(clearText)\(sealed)"
    }

    fileprivate var json: String {
        let quoted = { (text: String?) in text.map { "\"\($0)\"" } ?? "null" }
        let fields = [
            "\"position\":\(position)", "\"time\":\(quoted(time.description))",
            "\"stream\":\(quoted(stream.description))",
            "\"version\":\(version)", "\"type\":\(quoted(type.name))", "\"schema\":\(type.schema)",
            "\"actor\":\(quoted(actor.description))", "\"causation\":\(causation.map(String.init) ?? "null")",
            "\"command\":\(quoted(command.description))", "\"subject\":\(quoted(subject?.description))",
            "\"owner\":\(quoted(owner?.description))", "\"clear\":\(clearText)",
        ]
        return "{\(fields.joined(separator: ","))}"
    }
}
