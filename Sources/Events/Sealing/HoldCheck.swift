/// How the log finds the legal holds that defer an erasure (P-10.1).
///
/// Supplied by the module whose events place and lift holds. Evaluated on the writer's thread, inside the append that erases, so that the
/// order of the queue decides between a hold and an erasure.
package struct HoldCheck: Sendable {
    let placed: [EventType]
    let lifted: EventType
    /// Kinds that no hold defers.
    let exempt: Set<SubjectKind>
    /// The stream of the events that place and lift holds on an owner's data; nil for an owner that no hold covers.
    let stream: @Sendable (Owner) -> StreamName?

    /// The word before the id in the names of those streams.
    let word: String

    package init<Kind>(
        placed: [EventType], lifted: EventType, exempting exempt: Set<SubjectKind>,
        streams: @escaping @Sendable (Owner) -> Identifier<Kind>?
    ) {
        self.placed = placed
        self.lifted = lifted
        self.exempt = exempt
        stream = { streams($0).map { StreamName($0) } }
        word = Kind.name
    }
}

/// What the holds in force leave of a requested erasure.
struct CheckedErasure {
    /// A fence that may be appended. Only a check, or the ledger of what was fenced before, makes one.
    struct Fence {
        let erasure: Erasure

        fileprivate init(_ erasure: Erasure) { self.erasure = erasure }

        /// A fence that an earlier state of this log had: its keys are destroyed, so no hold can save the data.
        static func again(_ erasure: Erasure) -> Fence { Fence(erasure) }
    }

    /// Nil when everything is deferred, or nothing was named.
    let fence: Fence?
    /// What was left out, by the stream of the hold that defers it.
    let deferred: [(hold: StreamName, erasure: DeferredErasure)]
}

/// Checks requested erasures against the holds of the transaction in progress.
struct HoldReading {
    let check: HoldCheck
    let connection: SQLiteConnection
    private var known: [StreamName: Bool] = [:]

    init(_ check: HoldCheck, in connection: SQLiteConnection) {
        self.check = check
        self.connection = connection
    }

    /// - Parameter command: names the fence of what is deferred when the requested fence is used for the rest.
    mutating func checked(_ request: ErasureRequest, command: CommandID) throws -> CheckedErasure {
        let concerned = try request.concerning.lazy.compactMap { try hold(on: $0) }.first
        var parts = Parts()
        switch request.scope {
        case .owner(let owner):
            let own = try hold(on: owner)
            if let hold = own ?? concerned {
                // A fence of kinds is needless where no kind is exempt, as in a case of which a party is under a hold.
                if own != nil, !check.exempt.isEmpty { parts.free = .kinds(kinds(of: check.exempt), of: owner) }
                parts.deferred = [(hold, request.scope)]
            } else {
                parts.free = request.scope
            }
        case .kinds(let kinds, let owner):
            let held = kinds.filter { !check.exempt.contains($0) }
            if !held.isEmpty, let hold = try hold(on: owner) ?? concerned {
                let free = kinds.filter(check.exempt.contains)
                parts.free = free.isEmpty ? nil : .kinds(free, of: owner)
                parts.deferred = [(hold, .kinds(held, of: owner))]
            } else {
                parts.free = kinds.isEmpty ? nil : request.scope
            }
        case .subjects(let subjects): parts = try self.parts(of: subjects, concerned)
        }
        return parts.checked(request, command)
    }

    private mutating func parts(of subjects: [Subject], _ concerned: StreamName?) throws -> Parts {
        var parts = Parts()
        var free: [Subject] = []
        var held: [StreamName: [Subject]] = [:]
        var order: [StreamName] = []
        let owners = try connection.statement("SELECT owner FROM events WHERE subject = ? LIMIT 1")
        for subject in subjects {
            owners.bind(1, subject.description)
            let owner = try owners.rows { Owner($0.text(0)) }.first ?? nil
            if !check.exempt.contains(subject.kind), let hold = try owner.flatMap({ try hold(on: $0) }) ?? concerned {
                if held[hold] == nil { order.append(hold) }
                held[hold, default: []].append(subject)
            } else {
                free.append(subject)
            }
        }
        parts.free = free.isEmpty ? nil : .subjects(free)
        parts.deferred = order.map { ($0, .subjects(held[$0] ?? [])) }
        return parts
    }

    /// The stream of the hold in force on an owner's data, if any.
    private mutating func hold(on owner: Owner) throws -> StreamName? {
        guard let stream = check.stream(owner) else { return nil }
        if let isActive = known[stream] { return isActive ? stream : nil }
        let names = check.placed.map(\.name) + [check.lifted.name]
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let newest = try connection.statement(
            "SELECT type FROM events WHERE stream = ? AND type IN (\(marks)) ORDER BY version DESC LIMIT 1")
        newest.bind(1, stream.description)
        for (index, name) in names.enumerated() { newest.bind(Int32(index + 2), name) }
        let type = try newest.rows { $0.text(0) }.first
        let isActive = type.map { $0 != check.lifted.name } ?? false
        known[stream] = isActive
        return isActive ? stream : nil
    }

    private func kinds(of kinds: Set<SubjectKind>) -> [SubjectKind] { SubjectKind.allCases.filter(kinds.contains) }

    private struct Parts {
        var free: Erasure.Scope?
        var deferred: [(hold: StreamName, scope: Erasure.Scope)] = []

        func checked(_ request: ErasureRequest, _ command: CommandID) -> CheckedErasure {
            let fence = free.map {
                CheckedErasure.Fence(Erasure(fence: request.fence, $0, receipt: request.receipt))
            }
            return CheckedErasure(
                fence: fence,
                deferred: deferred.enumerated().map { index, part in
                    let isWhole = fence == nil && index == 0
                    let rest = ErasureRequest(
                        fence: isWhole
                            ? request.fence : FenceID(of: "\(request.fence) deferred \(index)", deferredBy: command),
                        part.scope, receipt: isWhole ? request.receipt : nil, concerning: request.concerning)
                    return (part.hold, DeferredErasure(rest))
                })
        }
    }
}

extension Identifier<FenceKind> {
    fileprivate init(of words: String, deferredBy command: CommandID) { self.init(rawValue: command.hash(for: words)) }
}
