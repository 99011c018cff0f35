import Crypto
import Foundation

@testable import Accounts
@testable import Events

/// The values to search for, by the names under which they are reported: texts, and bytes that are not text.
struct CanaryValues: Sendable {
    var texts: [String: String]
    var secrets: [String: [UInt8]]

    /// Adds the keys of her data, plain and wrapped.
    /// - Parameter left: subjects that stay.
    mutating func add(keysOf owner: Owner, leaving left: [Subject], in data: URL) throws {
        let files = LogFiles(data: data)
        let keyring = try Keyring(directory: files.keys)
        let log = try LogIdentity(readingFrom: files.log)
        let kept = left.map { "'\($0)'" }.joined(separator: ", ")
        let used = try SQLiteConnection(files.log, .readOnly).statement(
            "SELECT DISTINCT key FROM events WHERE owner = '\(owner)' AND subject NOT IN (\(kept))"
        ).rows { $0.integer(0) }
        let rows = try SQLiteConnection(files.vault, .readOnly).statement(
            "SELECT id, epoch, wrapped FROM keys WHERE wrapped IS NOT NULL"
        ).rows { (id: $0.integer(0), epoch: $0.integer(1), wrapped: $0.bytes(2)) }
        for row in rows where used.contains(row.id) {
            secrets["wrapped key \(row.id), epoch \(row.epoch)"] = row.wrapped
            let master = keyring.masterKeys.first { $0.epoch == row.epoch }
            let raw = master.flatMap {
                Seal.open(row.wrapped, with: $0.key, binding: CanarySearch.binding(of: row.id, row.epoch, log))
            }
            if let raw { secrets["never written: key \(row.id)"] = raw }
        }
    }

    /// Adds the key of what she keeps for herself, plain and wrapped.
    mutating func add(memberKeyOf member: MemberID, in data: URL) throws {
        let files = LogFiles(data: data)
        let (keyring, log) = (try Keyring(directory: files.keys), try LogIdentity(readingFrom: files.log))
        let epoch = keyring.newestEpoch.epoch
        guard let key = try CanarySearch.memberKeys(in: files, log, keyring.masterKeys)["\(member)"] else { return }
        secrets["wrapped member key, epoch \(epoch)"] = key.wrapped
        secrets["never written: member key"] = key.raw
    }

    /// Adds the hashes under which her names are claimed.
    mutating func add(claims: [Claim], in data: URL) throws {
        let keyring = try Keyring(directory: LogFiles(data: data).keys)
        for claim in claims {
            for (index, hash) in keyring.hashes(of: claim).enumerated() {
                secrets["hash of \(claim.kind.rawValue) \(claim.value), epoch \(keyring.newestHashEpoch - index)"] =
                    hash
            }
        }
    }
}
