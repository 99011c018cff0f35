import Crypto
import Foundation
import Testkit

@testable import Accounts
@testable import Events

/// Searches for a member with full access to the data directory: in the bytes of every file, in everything its keys open, and in the
/// terms of every search index.
struct CanarySearch: Sendable {
    let names: [String]
    private let scan: CanaryScan
    /// Searched for only where it is stored what members have read: random ids stay elsewhere.
    private let readMarkers: CanaryScan

    /// - Parameter reader: the member, whose id stands beside each marker of what she has read.
    init(_ values: CanaryValues, reader: MemberID) {
        let markers = ["\(PersonalField.readMarker.rawValue)": "\(reader)"]
        names = (Array(values.texts.keys) + values.secrets.keys + markers.keys).sorted()
        scan = CanaryScan(texts: values.texts, secrets: values.secrets)
        readMarkers = CanaryScan(texts: markers)
    }

    func findings(in data: URL) throws -> [CanaryScan.Finding] {
        try scan.findings(in: data) + findingsOfReading(in: data)
            + CanarySearch.opened(in: data).flatMap { scan.findings(in: $0.bytes, named: $0.name) }
            + CanarySearch.indexed(in: data).flatMap { scan.findings(in: Array($0.words.utf8), named: $0.name) }
    }

    private func findingsOfReading(in data: URL) throws -> [CanaryScan.Finding] {
        try FileManager.default.contentsOfDirectory(atPath: data.path).filter { $0.hasPrefix("reading.sqlite") }
            .flatMap { name in
                readMarkers.findings(in: Array(try Data(contentsOf: data.appending(path: name))), named: name)
            }
    }

    /// The names of the values that occur in the plain bytes of any file in the directory, without opening sealed content.
    func found(inFilesOf directory: URL) throws -> Set<String> { Set(try scan.findings(in: directory).map(\.canary)) }

    func findings(in page: String, named name: String) -> [CanaryScan.Finding] {
        scan.findings(in: Array(page.utf8), named: name)
    }

    struct Opened: Hashable {
        let owner: String
        let position: Int
        let bytes: [UInt8]
        var name: String { "what was sealed at \(position) and opens" }
    }

    /// All sealed content that any of the master keys opens, whether or not the site would still open it.
    static func opened(in data: URL) throws -> [Opened] {
        let files = LogFiles(data: data)
        let masters = try Keyring(directory: files.keys).masterKeys
        let log = try LogIdentity(readingFrom: files.log)
        let rows = try SQLiteConnection(files.vault, .readOnly).statement(
            "SELECT id, epoch, wrapped FROM keys WHERE wrapped IS NOT NULL"
        ).rows { (id: $0.integer(0), epoch: $0.integer(1), wrapped: $0.bytes(2)) }
        let wrapped = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        let events = try SQLiteConnection(files.log, .readOnly).statement(
            """
            SELECT position, stream, version, type, schema, subject, owner, key, sealed FROM events
            WHERE key IS NOT NULL
            """
        ).rows { row in
            (
                place: Seal.Place(
                    log: log, stream: row.bytes(1), version: row.integer(2), type: row.bytes(3), schema: row.integer(4),
                    subject: row.bytes(5), owner: row.bytes(6), key: row.integer(7)), position: row.integer(0),
                owner: row.text(6), key: row.integer(7), sealed: row.bytes(8)
            )
        }
        return try openedInReading(of: files, log, masters)
            + events.compactMap { event -> Opened? in
                guard let key = wrapped[event.key] else { return nil }
                for master in masters {
                    let binding = CanarySearch.binding(of: key.id, key.epoch, log)
                    guard let raw = Seal.open(key.wrapped, with: master.key, binding: binding),
                        let bytes = Seal.open(event.sealed, with: .init(data: raw), binding: event.place.bytes)
                    else { continue }
                    return Opened(owner: event.owner, position: event.position, bytes: bytes)
                }
                return nil
            }
    }

    /// The notes and drafts in `reading.sqlite` that any of the master keys opens.
    private static func openedInReading(
        of files: LogFiles, _ log: LogIdentity, _ masters: [Keyring.Epoch]
    ) throws -> [Opened] {
        let keys = try memberKeys(in: files, log, masters)
        guard !keys.isEmpty else { return [] }
        return try SQLiteConnection(files.reading, .readOnly).statement(
            """
            SELECT member, 'bookmark-note', post, note FROM bookmarks WHERE note IS NOT NULL
            UNION ALL SELECT member, 'draft-' || kind, place, text FROM drafts
            """
        ).rows { row -> Opened? in
            let place = "mikroforetag.member-text.v1\n\(log.id)\n\(row.text(0))\n\(row.text(1))\n\(row.text(2))"
            guard let member = MemberID(row.text(0)), let key = keys[row.text(0)],
                let bytes = Seal.open(row.bytes(3), with: .init(data: key.raw), binding: Array(place.utf8))
            else { return nil }
            return Opened(owner: "\(Owner(member))", position: 0, bytes: bytes)
        }.compactMap(\.self)
    }

    /// The keys in `reading.sqlite` that any of the master keys opens, by member.
    static func memberKeys(
        in files: LogFiles, _ log: LogIdentity, _ masters: [Keyring.Epoch]
    ) throws -> [String: (raw: [UInt8], wrapped: [UInt8])] {
        guard FileManager.default.fileExists(atPath: files.reading) else { return [:] }
        let rows = try SQLiteConnection(files.reading, .readOnly).statement(
            "SELECT member, epoch, wrapped FROM member_keys"
        ).rows { (member: $0.text(0), epoch: $0.integer(1), wrapped: $0.bytes(2)) }
        return rows.reduce(into: [:]) { keys, row in
            let place = Array("mikroforetag.member-key.v1\n\(log.id)\n\(row.member)\n\(row.epoch)".utf8)
            let raw = masters.lazy.compactMap { Seal.open(row.wrapped, with: $0.key, binding: place) }.first
            if let raw { keys[row.member] = (raw, row.wrapped) }
        }
    }

    /// The associated data of a wrapped key, as the file format defines it.
    static func binding(of key: Int, _ epoch: Int, _ log: LogIdentity) -> [UInt8] {
        Array("mikroforetag.key.v1\n\(log.id)\n\(key)\n\(epoch)".utf8)
    }

    /// The terms of every full-text index, which its pages store prefix-compressed.
    private static func indexed(in data: URL) throws -> [(name: String, words: String)] {
        try FileManager.default.contentsOfDirectory(atPath: data.path)
            .filter { ($0.hasPrefix("views-") || $0.hasPrefix("past-")) && $0.hasSuffix(".sqlite") }
            .flatMap { name -> [(name: String, words: String)] in
                let views = try SQLiteConnection(data.appending(path: name).path, .readOnly)
                let indices = try views.statement(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
                ).rows { $0.text(0) }
                return try indices.map { index in
                    try views.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, '\(index)', 'row')")
                    let words = try views.statement("SELECT term FROM temp.words ORDER BY term").rows { $0.text(0) }
                    try views.run("DROP TABLE temp.words")
                    return ("\(name), words of \(index)", words.joined(separator: "\n"))
                }
            }
    }
}
