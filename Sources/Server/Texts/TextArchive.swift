import Accounts
import Events

/// The two texts that members accept, each with its own versions (P-01.2).
enum TextKind: String, CaseIterable, Sendable {
    case policy
    case terms = "villkor"

    var title: String {
        switch self {
        case .policy: "Integritetspolicy"
        case .terms: "Medlemsvillkor"
        }
    }

    /// In the middle of a sentence.
    var definite: String {
        switch self {
        case .policy: "integritetspolicyn"
        case .terms: "medlemsvillkoren"
        }
    }

    func page(_ version: CalendarDate? = nil) -> Page {
        switch self {
        case .policy: .privacyPolicy(version: version?.description)
        case .terms: .memberTerms(version: version?.description)
        }
    }

    func changes(from: CalendarDate? = nil, to: CalendarDate? = nil) -> Page {
        switch self {
        case .policy: .privacyPolicyChanges(from: from?.description, to: to?.description)
        case .terms: .memberTermsChanges(from: from?.description, to: to?.description)
        }
    }
}

/// One published version of one of the texts.
struct TextVersion: Hashable, Sendable {
    let version: CalendarDate
    let isMajor: Bool
    let hash: TextHash
    let markdown: String
}

/// Every version of one text, as it stands at a moment (P-00.1).
struct TextArchive: Sendable {
    enum Standing: Sendable {
        case upcoming, inForce
        case replaced(on: CalendarDate)
    }

    let kind: TextKind
    /// Ascending by date.
    let versions: [TextVersion]
    let inForce: TextVersion?
    let upcoming: [TextVersion]

    init(_ kind: TextKind, in accounts: Accounts, at now: Instant) throws {
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

    func version(_ text: String) -> TextVersion? { versions.first { $0.version.description == text } }

    func previous(of version: TextVersion) -> TextVersion? { versions.last { $0.version < version.version } }

    func standing(of version: TextVersion) -> Standing {
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
