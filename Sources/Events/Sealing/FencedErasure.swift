/// An erasure as it stands in the log: its fence, and its completion once everything is done.
package struct FencedErasure: Sendable {
    package let erasure: Erasure
    package let position: Int
    package let time: Instant
    package let completion: Completion?

    package struct Completion: Sendable {
        package let done: ErasureCompleted
        package let position: Int
        package let time: Instant
    }

    /// Nil when the stream is not a fence's.
    init?(_ events: [RecordedEvent]) throws {
        guard let fence = events.first, let erasure = try Erasure(fence) else { return nil }
        self.erasure = erasure
        position = fence.position
        time = fence.time
        completion = try events.dropFirst().lazy.compactMap { event in
            try ErasureCompleted(event).map { Completion(done: $0, position: event.position, time: event.time) }
        }.first
    }
}

extension LogReader {
    /// The streams of the fences whose erasure is not complete.
    func unfinishedFences() throws -> [StreamName] {
        try connection.statement(
            """
            SELECT stream FROM events fence WHERE type = 'erasure.fenced'
              AND NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = fence.stream AND e.type = 'erasure.completed')
            ORDER BY position
            """
        ).rows { StreamName(recorded: $0.raw(0)) }
    }

    /// The positions of the fences after a position, in order.
    func fences(after position: Int) throws -> [Int] {
        let statement = try connection.statement(
            "SELECT position FROM events WHERE type = 'erasure.fenced' AND position > ? ORDER BY position")
        statement.bind(1, position)
        return try statement.rows { $0.integer(0) }
    }

    func lastFence() throws -> Int {
        try connection.integer("SELECT max(position) FROM events WHERE type = 'erasure.fenced'") ?? 0
    }

    /// The stream of the fence whose receipt's token has this hash.
    func fence(withReceipt receipt: TextHash) throws -> StreamName? {
        let statement = try connection.statement(
            "SELECT stream FROM events WHERE type = 'erasure.fenced' AND clear ->> '$.receipt' = ? LIMIT 1")
        statement.bind(1, receipt.description)
        return try statement.rows { StreamName(recorded: $0.raw(0)) }.first
    }

    /// The streams of the fences that name an owner, in order.
    func fences(of owner: Owner) throws -> [StreamName] {
        let statement = try connection.statement(
            """
            SELECT stream FROM events WHERE type = 'erasure.fenced' AND clear ->> '$.owner' = ? ORDER BY position
            """)
        statement.bind(1, owner.description)
        return try statement.rows { StreamName(recorded: $0.raw(0)) }
    }

    /// The erasures that a command has fenced.
    func erasures(by command: CommandID) throws -> [Erasure] {
        let statement = try connection.statement(
            "SELECT \(EventRow.columns) FROM events WHERE command = ? AND type = 'erasure.fenced' ORDER BY position")
        statement.bind(1, command.description)
        return try statement.rows { try Erasure(EventRow($0).recorded(content: .none)) }.compactMap(\.self)
    }

    /// The keys that the erasures cover, by fence. One pass over the log, however many owners there are.
    func keys(of erasures: [Erasure]) throws -> [FenceID: [Int]] {
        let sealed = try sealed(ofOwners: erasures.compactMap(\.scope.owner))
        var keys: [FenceID: [Int]] = [:]
        for erasure in erasures {
            switch erasure.scope {
            case .owner, .kinds:
                keys[erasure.fence] = sealed.filter { erasure.scope.covers($0.subject, of: $0.owner) }.map(\.key)
            case .subjects(let subjects): keys[erasure.fence] = try Set(subjects).compactMap(key)
            }
        }
        return keys
    }

    private func sealed(ofOwners owners: [Owner]) throws -> [Vault.Assignment] {
        guard !owners.isEmpty else { return [] }
        let statement = try connection.statement(
            """
            SELECT DISTINCT key, subject, owner FROM events
            WHERE key IS NOT NULL AND owner IN (SELECT value FROM json_each(?)) ORDER BY key
            """)
        statement.bind(1, "[\(Set(owners).map { "\"\($0)\"" }.joined(separator: ","))]")
        return try statement.rows { row -> Vault.Assignment? in
            guard let subject = Subject(row.text(1)), let owner = Owner(row.text(2)) else { return nil }
            return Vault.Assignment(key: row.integer(0), subject: subject, owner: owner)
        }.compactMap(\.self)
    }

    private func key(of subject: Subject) throws -> Int? {
        let statement = try connection.statement("SELECT key FROM events WHERE subject = ? LIMIT 1")
        statement.bind(1, subject.description)
        return try statement.rows { $0.integer(0) }.first
    }
}

extension Erasure.Scope {
    /// Nil for subjects by name.
    package var owner: Owner? {
        switch self {
        case .owner(let owner), .kinds(_, of: let owner): owner
        case .subjects: nil
        }
    }
}
