/// What one command adds to the log: all of it or nothing.
package struct Append: Sendable {
    package var command: CommandID
    package var actor: Actor
    package var time: Instant
    package var causation: Int?
    package var streams: [StreamAppend]
    package var claims: [ClaimChange]

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
    /// The number of events in the stream; 0 for one that must not exist.
    case exactly(Int)
    case any
}

/// A name that only one holder may have at a time, known to the log as a keyed hash.
package struct Claim: Hashable, Sendable {
    package enum Kind: String, ClosedCode, CaseIterable {
        case email, username
        case personalIdentityNumber = "personal-identity-number"
    }

    package let kind: Kind
    /// The normalised value; it goes no further than the hash function.
    let value: String
    /// What the same thing was normalised to by earlier versions: found and released under these too, never taken.
    let former: [String]

    package init(_ kind: Kind, _ value: String, formerly former: [String] = []) {
        self.kind = kind
        self.value = value
        self.former = former
    }

    /// Each value with the claim that it stands for by itself.
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

/// What an append came to.
package struct Appended: Sendable, Equatable {
    /// The positions of the command's events, in order. Never empty but for an append without events.
    package let positions: ClosedRange<Int>?
    /// The same command was there already; nothing was added.
    package let isRepetition: Bool

    package var last: Int { positions?.upperBound ?? 0 }
}

/// Why an append added nothing.
package enum AppendFailure: Error, Equatable {
    case versionConflict(StreamName, actual: Int)
    case claimTaken(Claim.Kind, holder: Owner)
    /// The subject, or everything of its owner, is erased: nothing more may be sealed about it.
    case fenced(Subject)
    /// Whoever would hold a name is erased.
    case holderFenced(Owner)
    /// The command id was used by another actor.
    case commandOfAnother
    case diskFull
    /// A file of the log or the vault was removed or replaced under the open site: what is written now would be lost.
    case fileReplaced
    case closed
}
