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

        /// Whether it covers every subject of that kind.
        func covers(_ kind: SubjectKind, of owner: Owner) -> Bool {
            switch self {
            case .owner(let erased): owner == erased
            case .kinds(let kinds, let erased): owner == erased && kinds.contains(kind)
            case .subjects: false
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

/// What is fenced.
package struct Fences: Sendable {
    private var owners: Set<Owner> = []
    private var kinds: [Owner: Set<SubjectKind>] = [:]
    private var subjects: Set<Subject> = []

    package init(_ scopes: [Erasure.Scope] = []) { for scope in scopes { add(scope) } }

    package mutating func add(_ scope: Erasure.Scope) {
        switch scope {
        case .owner(let owner): owners.insert(owner)
        case .kinds(let kinds, let owner): self.kinds[owner, default: []].formUnion(kinds)
        case .subjects(let subjects): self.subjects.formUnion(subjects)
        }
    }

    mutating func remove(_ subjects: [Subject]) { self.subjects.subtract(subjects) }

    package func cover(_ subject: Subject, of owner: Owner) -> Bool {
        subjects.contains(subject) || cover(subject.kind, of: owner)
    }

    /// Whether every subject of that kind is fenced.
    package func cover(_ kind: SubjectKind, of owner: Owner) -> Bool {
        owners.contains(owner) || kinds[owner]?.contains(kind) == true
    }
}
