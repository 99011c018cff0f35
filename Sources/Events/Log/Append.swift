/// The events and claim changes of one command, appended atomically.
package struct Append: Sendable {
    package var command: CommandID
    package var actor: Actor
    package var time: Instant
    package var causation: Int?
    package var streams: [StreamAppend]
    package var claims: [ClaimChange]
    /// Checked against the legal holds inside the append; what they leave is appended as fences after the events.
    var erasures: [ErasureRequest] = []
    /// Fences that an earlier state of this log had.
    var fencesAgain: [Erasure] = []

    package init(
        command: CommandID, actor: Actor, time: Instant, causation: Int? = nil, streams: [StreamAppend],
        claims: [ClaimChange] = []
    ) {
        self.command = command
        self.actor = actor
        self.time = time
        self.causation = causation
        self.streams = streams
        self.claims = claims
    }
}

/// Events for one stream. Without events it only requires the stream to be at the expected version.
package struct StreamAppend: Sendable {
    package let stream: StreamName
    package let expected: ExpectedVersion
    package let events: [NewEvent]

    package init(_ stream: StreamName, expected: ExpectedVersion, _ events: [any DomainEvent]) {
        self.init(stream, expected: expected, encoded: events.map { $0.encoded() })
    }

    package init(_ stream: StreamName, expected: ExpectedVersion, encoded events: [NewEvent]) {
        self.stream = stream
        self.expected = expected
        self.events = events
    }
}

package enum ExpectedVersion: Hashable, Sendable {
    /// The number of events in the stream; 0 when it must not exist.
    case exactly(Int)
    case any
}

/// A unique value that at most one owner can hold; the log stores only its keyed hash.
package struct Claim: Hashable, Sendable {
    package enum Kind: String, ClosedCode, CaseIterable {
        case email, username
        case personalIdentityNumber = "personal-identity-number"
    }

    package let kind: Kind
    /// The normalised value, used only as input of the keyed hash.
    let value: String
    /// Earlier normalisations of the same value: looked up and released as well, but never claimed anew.
    let former: [String]

    package init(_ kind: Kind, _ value: String, formerly former: [String] = []) {
        self.kind = kind
        self.value = value
        self.former = former
    }

    /// The current value and each former one, as separate claims.
    var spellings: [Claim] { [Claim(kind, value)] + former.map { Claim(kind, $0) } }

    package static func == (a: Self, b: Self) -> Bool { a.kind == b.kind && a.value == b.value }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(value)
    }
}

extension Claim: CustomStringConvertible {
    package var description: String { "claim of \(kind.rawValue)" }
}

package enum ClaimChange: Sendable {
    case take(Claim, Owner)
    case release(Claim, Owner)
}

/// The result of an append.
package struct Appended: Sendable, Equatable {
    /// The positions of the command's events; nil only for an append without events.
    package let positions: ClosedRange<Int>?
    /// Whether the command had been appended before, so that nothing was added.
    package let isRepetition: Bool

    package var last: Int { positions?.upperBound ?? 0 }
}

/// Why an append added nothing.
package enum AppendFailure: Error, Equatable {
    case versionConflict(StreamName, actual: Int)
    case claimTaken(Claim.Kind, holder: Owner)
    /// The subject is erased, by itself or with its owner: nothing more may be sealed about it.
    case fenced(Subject)
    /// The owner that would take a claim is erased.
    case holderFenced(Owner)
    /// An event of a fence stands among the events of a stream: a fence is appended only after the check of legal holds.
    case uncheckedFence
    /// The command id was used by another actor.
    case commandOfAnother
    case diskFull
    /// A file of the log or the vault was removed or replaced while open: further writes would be lost.
    case fileReplaced
    case closed
}
