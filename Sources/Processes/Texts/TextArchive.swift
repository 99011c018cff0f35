package import Accounts
package import Events
import Forum
package import SiteMap

extension TextKind {
    package var title: String {
        switch self {
        case .policy: "Integritetspolicy"
        case .terms: "Medlemsvillkor"
        }
    }

    /// The name inside a sentence.
    package var definite: String {
        switch self {
        case .policy: "integritetspolicyn"
        case .terms: "medlemsvillkoren"
        }
    }

    package func page(_ version: CalendarDate? = nil) -> SiteLink {
        switch self {
        case .policy: .privacyPolicy(version: version?.description)
        case .terms: .memberTerms(version: version?.description)
        }
    }

    package func changes(from: CalendarDate? = nil, to: CalendarDate? = nil) -> SiteLink {
        switch self {
        case .policy: .privacyPolicyChanges(from: from?.description, to: to?.description)
        case .terms: .memberTermsChanges(from: from?.description, to: to?.description)
        }
    }
}

/// A published version of one of the texts.
package struct TextVersion: Hashable, Sendable {
    package let version: CalendarDate
    package let isMajor: Bool
    package let hash: TextHash
    package let markdown: String
}

/// Every version of one text, as of a given time (P-00.1).
package struct TextArchive: Sendable {
    package enum Standing: Sendable {
        case upcoming, inForce
        case replaced(on: CalendarDate)
    }

    package let kind: TextKind
    /// Ascending by date.
    package let versions: [TextVersion]
    package let inForce: TextVersion?
    package let upcoming: [TextVersion]

    package init(_ kind: TextKind, in accounts: Accounts, at now: Instant) throws {
        self.kind = kind
        let current: CalendarDate?
        switch kind {
        case .policy:
            let calendar = try accounts.policies()
            versions = calendar.versions.map { TextVersion($0, $0.text) }
            current = calendar.inForce(at: now)?.version
        case .terms:
            let calendar = try accounts.terms()
            versions = calendar.versions.map { TextVersion($0, $0.text) }
            current = calendar.inForce(at: now)?.version
        }
        inForce = versions.first { $0.version == current }
        upcoming = versions.filter { $0.version > current ?? $0.version }
    }

    package func version(_ text: String) -> TextVersion? { versions.first { $0.version.description == text } }

    package func previous(of version: TextVersion) -> TextVersion? { versions.last { $0.version < version.version } }

    package func standing(of version: TextVersion) -> Standing {
        if version == inForce { return .inForce }
        if upcoming.contains(version) { return .upcoming }
        let next = versions.first { $0.version > version.version }
        return .replaced(on: next?.version ?? version.version)
    }
}

extension TextVersion {
    fileprivate init(_ document: some PublishedDocument, _ text: ClausedText) {
        self.init(
            version: document.version, isMajor: document.change == .major, hash: document.hash, markdown: text.markdown)
    }
}
