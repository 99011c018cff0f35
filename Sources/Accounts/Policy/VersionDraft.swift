package import Events
package import Foundation

/// A draft version of the policy or of the terms.
package enum VersionDraft: Hashable, Sendable {
    case policy(PolicyDocument)
    case terms(TermsDocument)

    package var kind: WrittenVersion.Kind {
        switch self {
        case .policy: .policy
        case .terms: .terms
        }
    }

    package var version: CalendarDate {
        switch self {
        case .policy(let document): document.version
        case .terms(let document): document.version
        }
    }

    package var change: DocumentChange {
        switch self {
        case .policy(let document): document.change
        case .terms(let document): document.change
        }
    }

    package var hash: TextHash {
        switch self {
        case .policy(let document): document.hash
        case .terms(let document): document.hash
        }
    }
}

/// A draft as written: Markdown and YAML, not parsed yet.
package struct WrittenVersion: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case policy, terms

        fileprivate var textFile: String { rawValue + ".md" }
    }

    package let kind: Kind
    package let text: String
    package let rules: String
    /// The folder's path with a trailing slash, for messages; empty when there is none.
    private let directory: String

    package init(_ kind: Kind, text: String, rules: String) {
        self.kind = kind
        // Browsers send CRLF line endings.
        self.text = text.replacingOccurrences(of: "\r\n", with: "\n")
        self.rules = rules.replacingOccurrences(of: "\r\n", with: "\n")
        directory = ""
    }

    /// Reads `rules.yaml` and `policy.md` or `terms.md`.
    package init(folder: URL) throws(DraftProblems) {
        directory = folder.path + "/"
        let kinds = Kind.allCases.filter {
            FileManager.default.fileExists(atPath: folder.appending(path: $0.textFile).path)
        }
        guard let kind = kinds.first, kinds.count == 1 else {
            throw DraftProblems(
                problems: [
                    DocumentProblem(file: folder.path, line: 0, cause: .notAFolder)
                ])
        }
        self.kind = kind
        text = try WrittenVersion.read(folder.appending(path: kind.textFile))
        rules = try WrittenVersion.read(folder.appending(path: "rules.yaml"))
    }

    /// Maximum size of a file, in bytes.
    package static let longest = 500_000

    private static func read(_ file: URL) throws(DraftProblems) -> String {
        guard let bytes = try? Data(contentsOf: file) else { throw problem(file, .unreadable) }
        guard bytes.count <= longest else { throw problem(file, .tooLong(bytes: longest)) }
        guard let text = String(bytes: bytes, encoding: .utf8) else { throw problem(file, .notUTF8) }
        return text
    }

    private static func problem(_ file: URL, _ cause: DocumentProblem.Cause) -> DraftProblems {
        DraftProblems(problems: [DocumentProblem(file: file.path, line: 0, cause: cause)])
    }
}

extension WrittenVersion {
    /// Parses and reviews the draft as the version that follows the published ones.
    package func read(
        after policies: PolicyCalendar, _ terms: TermsCalendar, today: CalendarDate
    ) throws(DraftProblems) -> VersionDraft {
        let problems: [DocumentProblem]
        let draft: VersionDraft
        do {
            let lines = try RuleLines(rules, file: directory + "rules.yaml")
            switch kind {
            case .policy:
                let document = try PolicyDocument(text: text, rules: rules, directory: directory)
                draft = .policy(document)
                problems = try PolicyReview(
                    draft: document, lines: lines, directory: directory, calendar: policies, today: today
                ).problems()
            case .terms:
                let document = try TermsDocument(text: text, rules: rules, directory: directory)
                draft = .terms(document)
                problems = DateReview.problems(
                    document, terms, today: today, lines: lines, file: directory + "rules.yaml")
            }
        } catch {
            throw DraftProblems(problems: [error])
        }
        guard problems.isEmpty else { throw DraftProblems(problems: problems) }
        return draft
    }
}

extension Accounts {
    /// The version published by the event at a position; nil for other events.
    package func publication(at position: Int) throws -> VersionDraft? {
        guard let event = try log.events(after: position - 1, limit: 1).first, event.position == position,
            let known = try PolicyEvent.decode(event)
        else { return nil }
        if let document = PolicyDocument.published(in: known) { return .policy(document) }
        return TermsDocument.published(in: known).map(VersionDraft.terms)
    }

    /// Parses and reviews the draft for publication now.
    package func read(_ written: WrittenVersion) throws -> VersionDraft {
        try written.read(after: policies(), terms(), today: clock.now().stockholmDate)
    }

    package func publish(_ draft: VersionDraft, by actor: Actor, command: CommandID) async throws {
        switch draft {
        case .policy(let document): try await publish(document, by: actor, command: command)
        case .terms(let document): try await publish(document, by: actor, command: command)
        }
    }
}
