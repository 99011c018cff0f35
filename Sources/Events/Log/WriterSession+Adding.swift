import Crypto

extension WriterSession {
    /// The column values that all events of an append share.
    private struct Envelope {
        let actor: String
        let command: String
        let causation: Int?
        let time: Int64
    }

    /// Adds one append to the open transaction.
    /// - Throws: `AppendFailure`, possibly after rows were written; the caller rolls them back.
    func add(_ append: Append) throws -> Appended {
        let envelope = Envelope(
            actor: append.actor.description, command: append.command.description, causation: append.causation,
            time: max(append.time.milliseconds, edge.lastTime))
        if let earlier = try positions(of: envelope) { return Appended(positions: earlier, isRepetition: true) }
        for change in append.claims { try apply(change) }
        let first = edge.head + 1
        for addition in append.streams {
            var version = try expectedVersion(of: addition)
            for event in addition.events {
                version += 1
                guard event.type != Erasure.type else { throw AppendFailure.uncheckedFence }
                try insert(event, envelope, addition, version)
            }
        }
        for erasure in append.fencesAgain { try insert(.again(erasure), envelope) }
        var holds = HoldReading(holds, in: connection)
        for request in append.erasures {
            let checked = try holds.checked(request, command: append.command)
            if let fence = checked.fence { try insert(fence, envelope) }
            for (hold, erasure) in checked.deferred {
                let addition = StreamAppend(hold, expected: .any, encoded: [erasure.encoded()])
                try insert(addition.events[0], envelope, addition, version(of: hold) + 1)
            }
        }
        edge.lastTime = envelope.time
        return Appended(positions: edge.head >= first ? first...edge.head : nil, isRepetition: false)
    }

    private func insert(_ fence: CheckedErasure.Fence, _ envelope: Envelope) throws {
        let erasure = fence.erasure
        let event = erasure.encoded()
        let addition = StreamAppend(StreamName(erasure.fence), expected: .exactly(0), encoded: [event])
        try insert(event, envelope, addition, 1)
        edge.fences.add(erasure.scope)
        edge.unexecuted.insert(erasure.fence)
        try releaseClaims(of: erasure.scope)
    }

    /// Does not query the version when an event follows: the guard on INSERT compares the expected one.
    private func expectedVersion(of addition: StreamAppend) throws -> Int {
        switch addition.expected {
        case .any: return try version(of: addition.stream)
        case .exactly(let expected):
            if addition.events.isEmpty { try requireVersion(expected, of: addition.stream) }
            return expected
        }
    }

    private func requireVersion(_ expected: Int, of stream: StreamName) throws {
        let actual = try version(of: stream)
        guard actual == expected else { throw AppendFailure.versionConflict(stream, actual: actual) }
    }

    private func insert(_ event: NewEvent, _ envelope: Envelope, _ addition: StreamAppend, _ version: Int) throws {
        let stream = addition.stream
        let leaf = try leaf(of: event, envelope, stream, version)
        let hash = leaf.hash
        let row = statements.insert
        row.bind(1, leaf.position)
        row.bind(2, leaf.stream)
        row.bind(3, leaf.version)
        row.bind(4, leaf.type)
        row.bind(5, leaf.schema)
        row.bind(6, Int(leaf.time))
        row.bind(7, leaf.actor)
        row.bind(8, leaf.causation)
        row.bind(9, leaf.command)
        row.bind(10, leaf.subject)
        row.bind(11, leaf.owner)
        row.bind(12, leaf.key)
        row.bind(13, blob: leaf.sealed)
        row.bindText(14, utf8: leaf.clear)
        row.bind(15, blob: hash)
        do { try row.execute() } catch  where error.isRefusal {
            if case .exactly = addition.expected { try requireVersion(version - 1, of: stream) }
            throw error
        }
        edge.head += 1
        edge.tiles += edge.tree.append(hash)
        if let continued = try LogContinued(type: event.type, clear: event.clear) {
            edge.origin = CheckpointOrigins.name(of: identity, continued.id)
        }
    }

    private func leaf(
        of event: NewEvent, _ envelope: Envelope, _ stream: StreamName, _ version: Int
    ) throws -> Leaf {
        let stream = stream.description
        let part = try event.sealed.map { try seal($0, of: event.type, stream, version) }
        return Leaf(
            position: edge.head + 1, stream: stream, version: version, type: event.type.name,
            schema: event.type.schema, time: envelope.time, actor: envelope.actor, causation: envelope.causation,
            command: envelope.command, subject: part?.subject, owner: part?.owner, key: part?.key,
            sealed: part?.bytes, clear: event.clear.bytes)
    }

    /// The column values of a sealed part.
    private struct Sealed {
        let subject: String
        let owner: String
        let key: Int
        let bytes: [UInt8]
    }

    /// Seals under the subject's key, or under a new one if nothing about the subject was sealed before.
    private func seal(
        _ part: SealedPart, of type: EventType, _ stream: String, _ version: Int
    ) throws -> Sealed {
        guard !edge.fences.cover(part.subject, of: part.owner) else { throw AppendFailure.fenced(part.subject) }
        let (subject, owner) = (part.subject.description, part.owner.description)
        let known = statements.knownSubject
        known.bind(1, subject)
        let earlier = try known.rows { (key: $0.integer(0), owner: $0.text(1)) }.first
        let id: Int
        let key: SymmetricKey
        if let earlier {
            guard earlier.owner == owner, case .present(let present) = try vault.key(earlier.key) else {
                throw AppendFailure.fenced(part.subject)
            }
            (id, key) = (earlier.key, present)
        } else {
            (id, key) = try vault.takeKey()
            edge.assignments.append(.init(key: id, subject: part.subject, owner: part.owner))
        }
        let place = Seal.Place(
            log: identity, stream: stream.utf8, version: version, type: type.name.utf8, schema: type.schema,
            subject: subject.utf8, owner: owner.utf8, key: id)
        let bytes = try Seal.seal(part.plaintext, with: key, at: place, nonces: &nonces)
        return Sealed(subject: subject, owner: owner, key: id, bytes: bytes)
    }

    private func version(of stream: StreamName) throws -> Int {
        let statement = statements.version
        statement.bind(1, stream.description)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    private func positions(of envelope: Envelope) throws -> ClosedRange<Int>? {
        let statement = statements.repetition
        statement.bind(1, envelope.command)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        guard statement.text(2) == envelope.actor else { throw AppendFailure.commandOfAnother }
        return statement.integer(0)...statement.integer(1)
    }

    private func apply(_ change: ClaimChange) throws {
        switch change {
        case .take(let claim, let owner):
            if edge.fences.cover(claim.kind.subject, of: owner) {
                throw AppendFailure.holderFenced(owner)
            }
            let hashes = keyring.hashes(of: claim)
            if let holder = try ClaimRows(connection).holder(of: claim.kind, hashes: hashes) {
                guard holder == owner.description else {
                    throw Owner(holder).map { AppendFailure.claimTaken(claim.kind, holder: $0) } ?? AppendFailure.closed
                }
                return
            }
            let row = try connection.statement("INSERT INTO claims(kind, hash, holder) VALUES (?, ?, ?)")
            row.bind(1, claim.kind.rawValue)
            row.bind(2, blob: hashes[0])
            row.bind(3, owner.description)
            try row.execute()
        case .release(let claim, let owner):
            let row = try connection.statement("DELETE FROM claims WHERE kind = ? AND hash = ? AND holder = ?")
            for hash in keyring.hashes(of: claim) {
                row.bind(1, claim.kind.rawValue)
                row.bind(2, blob: hash)
                row.bind(3, owner.description)
                try row.execute()
            }
        }
    }
}
