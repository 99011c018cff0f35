/// Where the evidence of a check lies.
package enum EvidencePlace: String, CaseIterable, Sendable {
    case log
    /// The holders of names: a table of the log's file that changes.
    case claims
    case views, visits, runtime, reading, vault
    /// The data directory as a whole.
    case directory
    /// The manifests of the backups.
    case backups

    /// In English: the file in the data directory.
    package var file: String {
        switch self {
        case .log, .claims: "log.sqlite"
        case .views: "views-*.sqlite"
        case .visits: "visits.sqlite"
        case .runtime: "runtime.sqlite"
        case .reading: "reading.sqlite"
        case .vault: "vault.sqlite"
        case .directory: "the data directory"
        case .backups: "the backups"
        }
    }
}

/// Why a clause, or one of its checks, could not be checked.
package enum UncheckedReason: Hashable, Sendable {
    /// The clause speaks of a feature that the program does not have.
    case notBuilt
    /// A file is missing here, cannot be read, or is newer than this copy of the log.
    case missing(EvidencePlace)
    /// What a file held is known by one verdict a day; this many days have none.
    case daysWithoutVerdict(Int)
    /// Events of the log that this program cannot read: what they say is unknown.
    case unreadableEvents
    /// No violation is planted that would show that the check can fail.
    case notPlanted

    /// In English, for the command line: what is missing, and how to give it.
    package var words: String {
        switch self {
        case .notBuilt: "the program lacks what this clause speaks of"
        case .missing(.log): "log.sqlite ends before what was to be judged"
        case .missing(.backups):
            "where the backups lie is not known here: name their directory (--backups, backups.directory)"
        case .missing(let place):
            "\(place.file) is missing here, cannot be read, or is newer than this log: copy the whole data directory, or run this where the site runs"
        case .daysWithoutVerdict(let days):
            "what the files next to the log held then is known by one verdict a day in the log; days without one: \(days)"
        case .unreadableEvents: "the log has events that this program cannot read: use the program that wrote them"
        case .notPlanted: "no planted violation shows that its checks can fail"
        }
    }
}

/// What is known of a clause; see `docs/conformance.md`.
package enum ClauseVerdict: Hashable, Sendable {
    /// Checks ran over all the evidence that they need, and found nothing.
    case proved
    /// Nothing on record could show it broken; tests hold it.
    case attested
    case notChecked([UncheckedReason])
    case broken

    /// The verdict without its reasons.
    package enum Kind: String, CaseIterable, Sendable {
        case proved, attested
        case notChecked = "not-checked"
        case broken
    }

    package var kind: Kind {
        switch self {
        case .proved: .proved
        case .attested: .attested
        case .notChecked: .notChecked
        case .broken: .broken
        }
    }

    package var reasons: [UncheckedReason] {
        if case .notChecked(let reasons) = self { reasons } else { [] }
    }
}
