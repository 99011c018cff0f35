import Events

/// The keys that the vault had, and the log that says what is sealed under them.
struct VaultSeen: SeenFile {
    let position: Int
    private let keys: Set<Int>
    /// Calls its argument with every key of the log up to the position.
    private let forEachKey: ((Int, Subject, Owner, Int) throws -> Void) throws -> Void

    static let checks: [InvariantName] = [.erasedKeysAreGone]

    init(position: Int, keys: [(key: Int, subject: Subject, owner: Owner)]) {
        self.position = position
        self.keys = Set(keys.map(\.key))
        forEachKey = { body in for key in keys { try body(key.key, key.subject, key.owner, position) } }
    }

    /// Reads the vault, also while another process writes to it.
    /// - Throws: when there is no vault, or when it cannot be read.
    init(_ path: String, of log: LogCopy, at position: Int) throws {
        self.position = position
        forEachKey = { try log.forEachKey(through: position, $0) }
        let connection = try SQLiteConnection.reading(path)
        keys = Set(try connection.statement("SELECT id FROM keys WHERE wrapped IS NOT NULL").rows { $0.integer(0) })
    }

    func check(_ history: History, at _: Instant, _ found: inout FoundViolations) throws {
        let erased = history.erased
        try forEachKey { key, subject, owner, position in
            guard keys.contains(key), erased.cover(subject, of: owner) else { return }
            found.add(
                .erasedKeysAreGone, "the vault has the key of something erased", at: position,
                of: owner.id(MemberKind.self))
        }
    }
}
