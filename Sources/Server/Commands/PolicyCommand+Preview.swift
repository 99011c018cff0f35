import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections
import SiteMap

extension PolicyCommand {
    struct PreviewCommand: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "preview",
            abstract: "See what a version would change and for how many, without publishing it.",
            discussion: """
                Builds the views under the draft beside those in use, compares them, and throws them away. PATH is a folder as for \
                'policy publish'.
                """)

        @OptionGroup var options: DataOptions

        @Argument(help: "The folder of the version.")
        var path: String

        var paths: [String] { [path] }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            let draft = try application.accounts.read(WrittenVersion(folder: URL(fileURLWithPath: path)))
            let preview = try await application.preview(draft, host.retention) {
                output.progress("building under the draft \($0.bar)")
            }
            if options.json { output.json(preview.json) } else { preview.lines.forEach(output.line) }
        }
    }
}

extension DraftPreview {
    fileprivate var json: [String: Any] {
        var json: [String: Any] = [
            "text": draft.kind.rawValue, "version": version.description, "change": draft.change.rawValue,
            "members": members, "isPublished": isPublished,
            "visibility": visibility.map {
                ["field": $0.field.rawValue, "hidden": $0.hidden, "shown": $0.shown] as [String: Any]
            },
            "mail": mail.map { ["mail": $0.name, "isSent": $0.isSent, "count": $0.count] as [String: Any] },
            "due": due.map { ["rule": $0.rule, "count": $0.count] as [String: Any] },
            "rules": rules.map { Self.json($0) },
            "clauses": clauses.map { ["clause": $0.id, "change": $0.kind.rawValue, "title": $0.title] },
        ]
        json["previous"] = previous?.description
        if let building {
            json["events"] = building.events
            json["seconds"] = building.seconds
            json["eventsPerSecond"] = building.events > 0 ? Double(building.events) / building.seconds : 0
        }
        if let views { json["tables"] = views.tables.filter { !$0.isEqual }.map(\.json) }
        return json
    }

    private static func json(_ change: RuleChange) -> [String: Any] {
        let value = { (json: String?) -> Any in json.map { $0 as Any } ?? NSNull() }
        return ["rule": change.path, "before": value(change.before), "after": value(change.after)]
    }

    fileprivate var lines: [String] {
        let text = draft.kind == .policy ? "policy" : "terms"
        let after = previous.map { ", after \($0)" } ?? ""
        var lines = ["Version \(version) of the \(text), \(draft.change.rawValue)\(after). Nothing is published."]
        if isPublished { lines.append("This version is published already.") }
        for change in visibility { lines += change.lines }
        lines += mail.map {
            "\(English.counted($0.count, "member")) without a choice \($0.isSent ? "will get" : "will no longer get") \($0.name)."
        }
        lines += due.map { DueWords.line($0) }
        lines.append(
            draft.change == .major
                ? "\(English.counted(members, "member")) will be told by mail and asked at the next sign-in."
                : "Nobody is told by mail: a minor change.")
        if let building {
            lines.append("views: built of \(building.events) events in \(String(format: "%.1f", building.seconds)) s")
        }
        for table in views?.tables ?? [] where !table.isEqual { lines.append("views: \(table.line)") }
        lines += rules.map { "rule \($0.path): \($0.before ?? "none") -> \($0.after ?? "none")" }
        lines += clauses.map { "clause \($0.id) \($0.kind.rawValue): \($0.title)" }
        if !changesAnything { lines.append("Nothing but the version's name would change.") }
        return lines
    }
}

extension VisibilityChange {
    fileprivate var lines: [String] {
        let name =
            switch field {
            case .name: "name becomes"
            case .municipality: "municipality becomes"
            case .ageAndSex: "age and sex become"
            }
        return [(hidden, "hidden"), (shown, "visible to members")].filter { $0.0 > 0 }.map {
            "\(English.counted($0.0, "member"))'\($0.0 == 1 ? "s" : "") \(name) \($0.1)."
        }
    }
}

extension DraftPreview.MailChange {
    /// `newsletter`, or `mails of kind private-message`.
    fileprivate var name: String {
        switch mail {
        case .kind(let kind): "mails of kind \(kind.rawValue)"
        case .newsletter: "the newsletter"
        }
    }
}

/// Describes due work for the command line.
private enum DueWords {
    static func line(_ due: DraftPreview.Due) -> String {
        "\(English.counted(due.count, noun(due.rule))) \(due.count == 1 ? "becomes" : "become") due\(sequel(due.rule))."
    }

    private static func noun(_ rule: String) -> String {
        if let rule = RetentionRule(rawValue: rule) {
            return switch rule {
            case .unconfirmedSignUp: "unconfirmed sign-up"
            case .pendingReview: "sign-up that waits for a review"
            case .previousEmail: "replaced address"
            case .signInDetails: "sign-in"
            case .formerStaffName: "former staff name"
            case .correction: "decided correction"
            case .supportCase: "closed support case"
            case .correctionCase: "closed correction case"
            case .reportCase: "closed report case"
            case .disputeCase: "closed dispute case"
            case .rightsCase: "closed rights case"
            case .waitingCase: "case that waits for its party"
            case .unusedAccount: "unused account"
            case .deactivatedAccount: "deactivated account"
            case .purgeNotice, .closedAccount: "closed account"
            case .duplicateAccount: "account without its number"
            case .endedDuplicate: "ended account without its number"
            case .abandonedConversation: "abandoned conversation"
            case .deletedPost: "deleted post"
            case .deletedRevision: "post with deleted revisions"
            case .deletedMessage: "deleted message"
            }
        }
        return switch SideRule(rawValue: rule) {
        case .visits: "row of the visit log"
        case .reading: "mark of what somebody has read"
        case .drafts: "draft"
        case .sessions: "session"
        case .devices: "known device"
        case .links: "link"
        case .keyRotation: "key in use"
        case .keys, nil: "key"
        }
    }

    private static func sequel(_ rule: String) -> String {
        switch RetentionRule(rawValue: rule) {
        case .purgeNotice: " for the mail before the erasure"
        case .unusedAccount: " for a warning, or for closing"
        case .deactivatedAccount, .duplicateAccount, .waitingCase: " for closing"
        case .unconfirmedSignUp, .pendingReview, .previousEmail, .signInDetails, .formerStaffName, .correction,
            .closedAccount, .endedDuplicate, .supportCase, .correctionCase, .reportCase, .disputeCase, .rightsCase,
            .abandonedConversation, .deletedPost, .deletedRevision, .deletedMessage, nil:
            " for erasure"
        }
    }
}

/// `1 member`, `2 members`: the first word gets the plural.
private enum English {
    static func counted(_ count: Int, _ noun: String) -> String {
        guard count != 1 else { return "1 \(noun)" }
        let words = noun.split(separator: " ")
        let plural: String
        switch words.first.map(String.init) {
        case "sign-up"?, "row"?, "post"?, "mark"?:
            plural = (["\(words[0])s"] + words.dropFirst().map(String.init)).joined(separator: " ")
        case "replaced"?: plural = "\(noun)es"
        default: plural = "\(noun)s"
        }
        return "\(count) \(plural)"
    }
}

extension ViewsDifference.Table {
    var json: [String: Any] {
        [
            "table": name, "added": added, "removed": removed, "changed": changed,
            "columns": Dictionary(columns.map { ($0.name, $0.rows) }) { $1 },
        ]
    }

    /// `members: 0 added, 0 removed, 12 changed (name 12)`
    var line: String {
        let details = columns.map { "\($0.name) \($0.rows)" }.joined(separator: ", ")
        return
            "\(name): \(added) added, \(removed) removed, \(changed) changed\(details.isEmpty ? "" : " (\(details))")"
    }
}
