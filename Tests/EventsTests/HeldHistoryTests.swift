import Testing
import Testkit

@testable import Events

@Suite(.clause("P-10.1")) struct `Histories with legal holds` {
    @Test(arguments: 1...12)
    func `lose no key that is held, and every key that is due when the holds end`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await TemporarySite().withLog { log async throws in
            let holds = LegalHolds(in: log)
            var expected = ExpectedKeys()
            for step in 0..<80 {
                let member = ExpectedKeys.members.randomElement(using: &random)!
                switch Int.random(in: 0..<8, using: &random) {
                case 0...3:
                    let kind = ExpectedKeys.kinds.randomElement(using: &random)!
                    let subject = Subject(kind, createdBy: CommandID(named: "\(seed) \(step)", at: .testStart))
                    let note = NewEvent(
                        EventType("test.written", 1),
                        sealed: SealedPart(subject, of: Owner(member), Personal.known(NoteText(recorded: "text"))))
                    let isSealed: Bool
                    do {
                        _ = try await log.append(Note.append(stream(UInt64(step)), [note]))
                        isSealed = true
                    } catch AppendFailure.fenced { isSealed = false }
                    #expect(isSealed == expected.seal(subject, of: member))
                case 4 where !expected.held.contains(member):
                    try await holds.place(on: member)
                    expected.held.insert(member)
                case 5 where expected.held.contains(member):
                    try await holds.lift(from: member)
                    expected.lift(from: member)
                default:
                    let scope = expected.scope(of: member, &random)
                    try await log.erase(
                        ErasureRequest(fence: .random(), scope), command: CommandID(at: .testStart), by: .system,
                        at: .testStart)
                    expected.erase(scope)
                }
                try await expected.compare(with: log, after: step)
            }
            for member in expected.held {
                try await holds.lift(from: member)
                expected.lift(from: member)
            }
            try await expected.compare(with: log, after: 80)
            #expect(try log.deferredErasures().isEmpty)
        }
    }
}

/// Which keys should exist, by a simpler way of reckoning than the log's.
private struct ExpectedKeys {
    static let members = (1...4).map { MemberID(rawValue: $0) }
    static let kinds: [SubjectKind] = [.post, .email, .credential, .signIn]

    var held: Set<MemberID> = []
    private var alive: [Subject: MemberID] = [:]
    private var fenced: Set<[String]> = []
    private var deferredSubjects: Set<Subject> = []
    private var deferredKinds: [MemberID: Set<SubjectKind>] = [:]

    mutating func seal(_ subject: Subject, of member: MemberID) -> Bool {
        guard !fenced.contains([member.description, subject.kind.rawValue]) else { return false }
        alive[subject] = member
        return true
    }

    mutating func erase(_ scope: Erasure.Scope) {
        switch scope {
        case .owner: Issue.record("no such scope here")
        case .kinds(let kinds, let owner):
            guard let member = owner.id(MemberKind.self) else { return }
            for kind in kinds {
                if isKept(kind, of: member) {
                    deferredKinds[member, default: []].insert(kind)
                } else {
                    fence(kind, of: member)
                }
            }
        case .subjects(let subjects):
            for subject in subjects {
                guard let member = alive[subject] else { continue }
                if isKept(subject.kind, of: member) {
                    deferredSubjects.insert(subject)
                } else {
                    alive[subject] = nil
                }
            }
        }
    }

    mutating func lift(from member: MemberID) {
        held.remove(member)
        for kind in deferredKinds.removeValue(forKey: member) ?? [] { fence(kind, of: member) }
        for subject in deferredSubjects where alive[subject] == member { alive[subject] = nil }
    }

    func compare(with log: EventLog, after step: Int) async throws {
        for member in Self.members {
            let left = Set(try await log.subjects(of: Owner(member), Self.kinds))
            #expect(left == Set(alive.filter { $0.value == member }.keys), "after \(step)")
        }
    }

    func scope(of member: MemberID, _ random: inout SeededGenerator) -> Erasure.Scope {
        if Int.random(in: 0..<8, using: &random) == 0 {
            return .kinds([Self.kinds.randomElement(using: &random)!], of: Owner(member))
        }
        let subjects = alive.keys.sorted { $0.description < $1.description }.shuffled(using: &random)
        return .subjects(Array(subjects.prefix(3)))
    }

    private func isKept(_ kind: SubjectKind, of member: MemberID) -> Bool {
        held.contains(member) && kind != .credential
    }

    private mutating func fence(_ kind: SubjectKind, of member: MemberID) {
        fenced.insert([member.description, kind.rawValue])
        alive = alive.filter { $0.key.kind != kind || $0.value != member }
    }
}
