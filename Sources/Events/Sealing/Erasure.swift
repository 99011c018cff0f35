package import Foundation

/// An erasure that the log has fenced: of everything of an owner, of an owner's subjects of some kinds, or of subjects by name.
///
/// Made inside this module only, from what a `HoldCheck` leaves of an `ErasureRequest`.
package struct Erasure: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case owner(Owner)
        case kinds([SubjectKind], of: Owner)
        case subjects([Subject])

        func covers(_ subject: Subject, of owner: Owner) -> Bool {
            switch self {
            case .owner(let erased): owner == erased
            case .kinds(let kinds, let erased): owner == erased && kinds.contains(subject.kind)
            case .subjects(let subjects): subjects.contains(subject)
            }
        }
    }

    package let fence: FenceID
    package let scope: Scope
    /// SHA-256 of the token whose link shows the receipt.
    package let receipt: TextHash?

    init(fence: FenceID, _ scope: Scope, receipt: TextHash? = nil) {
        self.fence = fence
        self.scope = scope
        self.receipt = receipt
    }

    static let type = ErasureEventName.fenced.type

    func encoded() -> NewEvent { NewEvent(Erasure.type, clear: ClearPart(ClearScope(scope, receipt: receipt))) }

    /// Nil for any other event.
    package init?(_ event: RecordedEvent) throws(MalformedEvent) {
        try self.init(type: event.type, stream: event.stream, clear: event.clear)
    }

    init?(type: EventType, stream: StreamName, clear: ClearPart) throws(MalformedEvent) {
        guard type == Erasure.type, let fence: FenceID = stream.id() else { return nil }
        let fields: ClearScope = try clear.read()
        self.init(fence: fence, fields.scope, receipt: fields.receipt)
    }
}

/// The clear part of a fence.
struct ClearScope {
    let kinds: [SubjectKind]
    let owner: Owner?
    let receipt: TextHash?
    let subjects: [Subject]

    init(_ scope: Erasure.Scope, receipt: TextHash?) {
        self.receipt = receipt
        switch scope {
        case .owner(let owner): (kinds, self.owner, subjects) = ([], owner, [])
        case .kinds(let kinds, let owner):
            (self.kinds, self.owner, subjects) = (kinds.sorted { $0.rawValue < $1.rawValue }, owner, [])
        case .subjects(let subjects): (kinds, owner, self.subjects) = ([], nil, subjects)
        }
    }

    var scope: Erasure.Scope {
        switch (owner, kinds.isEmpty) {
        case (let owner?, true): .owner(owner)
        case (let owner?, false): .kinds(kinds, of: owner)
        case (nil, _): .subjects(subjects)
        }
    }
}

extension ClearScope: ClearRecord {
    init<Fields: ClearFields>(_ fields: inout Fields) throws(Fields.Failure) where Fields.Record == Self {
        kinds = try fields("kinds", \.kinds)
        owner = try fields("owner", \.owner)
        receipt = try fields("receipt", \.receipt)
        subjects = try fields("subjects", \.subjects)
    }
}

/// Everything that is fenced, kept in memory by the writer.
package struct Fences: Sendable {
    private var owners: Set<Owner> = []
    private var kinds: [Owner: Set<SubjectKind>] = [:]
    private var subjects: Set<Subject> = []

    var isEmpty: Bool { owners.isEmpty && kinds.isEmpty && subjects.isEmpty }

    package init(_ scopes: [Erasure.Scope] = []) { for scope in scopes { add(scope) } }

    package mutating func add(_ scope: Erasure.Scope) {
        switch scope {
        case .owner(let owner): owners.insert(owner)
        case .kinds(let kinds, let owner): self.kinds[owner, default: []].formUnion(kinds)
        case .subjects(let subjects): self.subjects.formUnion(subjects)
        }
    }

    package func cover(_ subject: Subject, of owner: Owner) -> Bool {
        subjects.contains(subject) || cover(subject.kind, of: owner)
    }

    /// Whether every subject of that kind is fenced.
    package func cover(_ kind: SubjectKind, of owner: Owner) -> Bool {
        owners.contains(owner) || kinds[owner]?.contains(kind) == true
    }
}

/// The list of all erasures, stored with the keys: only random ids and the hashes of the receipts' tokens, one line each, synced. It
/// survives the restoration of a backup.
package struct ErasureLedger: Sendable {
    let file: URL

    package init(directory: URL) { self.init(file: directory.appending(path: "erasures.ledger")) }

    package init(file: URL) { self.file = file }

    /// Adds a line for each erasure: `log fence owner member:0z9…`, `log fence kinds member:0z9… post,thread` or `log fence subjects
    /// post:… thread:…`, with `receipt:…` at the end when it has a receipt. Called only by the log's writer.
    /// - Returns: the number of bytes added.
    func append(_ erasures: [Erasure], log: LogIdentity) throws -> Int {
        let bytes = erasures.flatMap { Array(ErasureLedger.line($0, log: log).utf8) }
        if !bytes.isEmpty { try DurableFile.append(bytes, to: file.path) }
        return bytes.count
    }

    /// Skips a torn last line, without its newline: its fence is in the log.
    /// - Throws: `LogUnusable.unreadableLedger` for a line that has no known form.
    package func erasures(of log: LogIdentity) throws -> [Erasure] {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw LogUnusable.unreadableLedger(file.path)
        }
        return try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            if ErasureLedger.isMark(words) { return nil }
            // Lines written before receipts were recorded have none.
            let receipt = words.last.flatMap(ErasureLedger.receipt)
            guard words.count >= (receipt == nil ? 4 : 5), let fence = FenceID(words[1]),
                let scope = ErasureLedger.scope(Array(words.dropFirst(2).dropLast(receipt == nil ? 0 : 1)))
            else { throw LogUnusable.unreadableLedger(file.path) }
            return words[0] == log.id ? Erasure(fence: fence, scope, receipt: receipt) : nil
        }
    }

    private static let receiptMark = "receipt:"

    private static func receipt(_ word: String) -> TextHash? {
        word.hasPrefix(receiptMark) ? TextHash(String(word.dropFirst(receiptMark.count))) : nil
    }

    private static func line(_ erasure: Erasure, log: LogIdentity) -> String {
        let words: [String]
        switch erasure.scope {
        case .owner(let owner): words = ["owner", owner.description]
        case .kinds(let kinds, let owner):
            words = ["kinds", owner.description, kinds.map(\.rawValue).joined(separator: ",")]
        case .subjects(let subjects): words = ["subjects"] + subjects.map(\.description)
        }
        let receipt = erasure.receipt.map { ["\(receiptMark)\($0)"] } ?? []
        return ([log.id, erasure.fence.description] + words + receipt).joined(separator: " ") + "\n"
    }

    /// Removes a last line that a crash or a full disk cut off, so that the next line does not run into it.
    func removeTornLine() throws {
        guard let bytes = try? Data(contentsOf: file), let last = bytes.last, last != UInt8(ascii: "\n") else { return }
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { Array(bytes[...$0]) } ?? []
        try DurableFile.write(whole, to: file.path)
    }

    private static func scope(_ words: [String]) -> Erasure.Scope? {
        switch words[0] {
        case "owner": return Owner(words[1]).map(Erasure.Scope.owner)
        case "kinds":
            guard words.count == 3, let owner = Owner(words[1]) else { return nil }
            let kinds = words[2].split(separator: ",").map { SubjectKind(rawValue: String($0)) }
            return kinds.contains(nil) ? nil : .kinds(kinds.compactMap(\.self), of: owner)
        case "subjects":
            let subjects = words.dropFirst().map(Subject.init)
            return subjects.contains(nil) ? nil : .subjects(subjects.compactMap(\.self))
        default: return nil
        }
    }
}
