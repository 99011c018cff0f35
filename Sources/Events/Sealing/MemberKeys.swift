import Crypto

/// Makes, wraps and opens the keys of what members keep for themselves outside the log, one key for each member. The keys are stored where
/// their data are, wrapped by a master key; `WrappedKeyStore` takes them through rotations.
package struct MemberKeys: Sendable {
    private let keyring: Keyring
    package let log: LogIdentity

    init(keyring: Keyring, log: LogIdentity) {
        self.keyring = keyring
        self.log = log
    }

    /// Reads the keys directory of a log that is not open.
    package init(_ files: LogFiles) throws {
        self.init(keyring: try Keyring(directory: files.keys), log: try LogIdentity(readingFrom: files.log))
    }

    /// The epoch under which keys are wrapped now.
    package var newestEpoch: Int { keyring.newestEpoch.epoch }

    package func hasMasterKey(of epoch: Int) -> Bool { keyring.masterKeys.contains { $0.epoch == epoch } }

    /// A new random key, with the form in which it is stored.
    package func make(for member: MemberID) throws -> (key: MemberKey, wrapped: WrappedMemberKey) {
        let key = SymmetricKey(size: .bits256)
        return (MemberKey(key: key, member: member, log: log), try wrap(key, of: member))
    }

    /// - Throws: `LogUnusable.epochMissing`, and `wrongMasterKey` for a key that was changed or belongs to another member or log.
    package func open(_ wrapped: WrappedMemberKey) throws -> MemberKey {
        MemberKey(key: try unwrap(wrapped), member: wrapped.member, log: log)
    }

    /// The same key under the newest master key.
    package func rewrap(_ wrapped: WrappedMemberKey) throws -> WrappedMemberKey {
        try wrap(unwrap(wrapped), of: wrapped.member)
    }

    private func wrap(_ key: SymmetricKey, of member: MemberID) throws -> WrappedMemberKey {
        let newest = keyring.newestEpoch
        let bytes = key.withUnsafeBytes(Array.init)
        return WrappedMemberKey(
            member: member, epoch: newest.epoch,
            bytes: try Seal.seal(bytes, with: newest.key, binding: wrapData(member, newest.epoch)))
    }

    private func unwrap(_ wrapped: WrappedMemberKey) throws -> SymmetricKey {
        guard let master = keyring.masterKeys.first(where: { $0.epoch == wrapped.epoch }) else {
            throw LogUnusable.epochMissing(wrapped.epoch)
        }
        let data = wrapData(wrapped.member, wrapped.epoch)
        guard let bytes = Seal.open(wrapped.bytes, with: master.key, binding: data) else {
            throw LogUnusable.wrongMasterKey
        }
        return SymmetricKey(data: bytes)
    }

    private func wrapData(_ member: MemberID, _ epoch: Int) -> [UInt8] {
        Array("mikroforetag.member-key.v1\n\(log.id)\n\(member)\n\(epoch)".utf8)
    }
}

/// A member's key as it is stored.
package struct WrappedMemberKey: Sendable {
    package let member: MemberID
    /// The epoch of the master key that wraps it.
    package let epoch: Int
    package let bytes: [UInt8]

    package init(member: MemberID, epoch: Int, bytes: [UInt8]) {
        self.member = member
        self.epoch = epoch
        self.bytes = bytes
    }

    /// The table of wrapped keys in a file of what members keep for themselves.
    package static let table = """
        CREATE TABLE member_keys(
          member TEXT PRIMARY KEY,
          epoch INTEGER NOT NULL,
          wrapped BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// The epochs of the master keys that wrap the keys in a file, the oldest first. A file of an earlier program has no such table.
    package static func epochs(of file: SQLiteConnection) throws -> [Int] {
        guard try file.integer("SELECT 1 FROM sqlite_schema WHERE name = 'member_keys'") != nil else { return [] }
        return try file.statement("SELECT DISTINCT epoch FROM member_keys ORDER BY epoch").rows { $0.integer(0) }
    }
}

/// A member's key, ready for use.
package struct MemberKey: Sendable, CustomStringConvertible, CustomReflectable {
    fileprivate let key: SymmetricKey
    fileprivate let member: MemberID
    fileprivate let log: LogIdentity

    /// Seals a text for one row: it opens nowhere else, nor for another member.
    /// - Parameters:
    ///   - kind: what the text is, in letters and hyphens.
    ///   - row: the rest of the row's primary key.
    package func seal(_ text: String, as kind: String, at row: String) throws -> [UInt8] {
        try Seal.seal(Array(text.utf8), with: key, binding: data(kind, row))
    }

    /// - Throws: `MemberTextDamaged` when the bytes are not what was sealed for this row.
    package func open(_ sealed: [UInt8], as kind: String, at row: String) throws -> String {
        guard let bytes = Seal.open(sealed, with: key, binding: data(kind, row)) else { throw MemberTextDamaged() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func data(_ kind: String, _ row: String) -> [UInt8] {
        Array("mikroforetag.member-text.v1\n\(log.id)\n\(member)\n\(kind)\n\(row)".utf8)
    }

    package var description: String { "(MemberKey)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A text under a member's key that should open and does not.
package struct MemberTextDamaged: Error {}
