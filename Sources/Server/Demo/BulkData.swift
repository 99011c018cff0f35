import Accounts
import Events
import Forum
import Foundation

/// Members, threads, visits in which they write, and sign-ins without more: the same seed gives the same events, about half of them with a sealed part.
struct BulkData {
    private let log: EventLog
    private let accounts: Accounts
    private let numbers: [String]
    private let forum: Forum
    private let clock: DemoClock
    private let seed: UInt64
    private static let atOnce = 64

    init(log: EventLog, clock: DemoClock, seed: UInt64, numbers: [String]) {
        self.log = log
        self.clock = clock
        self.seed = seed
        self.numbers = numbers
        accounts = Accounts(log: log, hasher: PasswordHasher(), clock: clock.clock)
        forum = Forum(log: log, clock: clock.clock)
    }

    func write(members: Int, threads: Int, posts: Int, signIns: Int, _ report: (Int, Int) -> Void) async throws {
        let visits = BulkVisits(
            members: (0..<members).map { MemberID(createdBy: command("member", $0)) },
            threads: (0..<threads).map { ThreadID(createdBy: command("thread", $0)) }, posts: posts, seed: seed)
        let total = members + threads + visits.count + signIns
        let applicants = try await Applicants(accounts, numbers, seed: seed, at: clock.now())
        try await inParallel(members, report: { report($0, total) }) { index in
            try await join(applicants.application(index), applicants, command("member", index))
        }
        if threads > 0 { try await write(threads, visits) { report(members + $0, total) } }
        try await inParallel(signIns, report: { report(total - signIns + $0, total) }) { index in
            let (member, command) = (visits.members[index % members], command("sign-in", index))
            _ = try await log.append(
                Append(
                    command: command, actor: .member(member), time: clock.now(),
                    streams: [BulkVisits.signIn(of: member, index, command)]))
        }
    }

    private func write(_ threads: Int, _ visits: BulkVisits, report: (Int) -> Void) async throws {
        let category = try await category(by: visits.members[0])
        try await inParallel(threads, report: report) { index in
            var words = SampleWords(seed: seed, index)
            _ = try await forum.openThread(
                in: category, title: ThreadTitle(words.title()), body: try forum.parse(words.body()) { _ in nil },
                by: Standing(words.pick(visits.members)), command: command("thread", index))
        }
        try await inParallel(visits.count, report: { report(threads + $0) }) { index in
            let visit = visits.visit(index)
            let streams = try visits.streams(of: visit) { try forum.parse($0) { _ in nil } }
            _ = try await log.append(
                Append(command: visit.command, actor: .member(visit.member), time: clock.now(), streams: streams))
        }
    }

    /// Makes the events of registration and confirmation, but without the claim on a number: there are only some hundred test numbers.
    private func join(_ application: SignUpApplication, _ applicants: Applicants, _ command: CommandID) async throws {
        let time = applicants.time
        let signUp = SignUp(application: application, hash: applicants.hash, command: command, time: time)
        let events = try signUp.decide(given: .nobody, policy: applicants.policy, terms: applicants.terms)
        let owner = Owner(signUp.member)
        _ = try await log.append(
            Append(
                command: command, actor: .visitor, time: time,
                streams: [
                    StreamAppend(StreamName(signUp.member), expected: .any, events + [.registration(.confirmed(.held))])
                ],
                claims: [.take(application.email.claim, owner), .take(application.identity.username.claim, owner)]))
    }

    private func category(by member: MemberID) async throws -> CategoryID {
        if let known = try forum.categories().first { return known.id }
        let text = try CategoryText.parse(
            name: "Blandat", slug: "blandat", description: "Sådant som mätningar behöver.")
        return try await forum.createCategory(
            text, for: .everybody, by: Standing(member, as: .administrator), command: command("category", 0)
        ).category
    }

    private func inParallel(
        _ count: Int, report: (Int) -> Void, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var done = 0
            for index in 0..<count {
                if index >= BulkData.atOnce {
                    try await group.next()
                    done += 1
                    if done % 1000 == 0 { report(done) }
                }
                group.addTask { try await body(index) }
            }
            try await group.waitForAll()
        }
    }

    private func command(_ kind: String, _ index: Int) -> CommandID { .bulk(kind, index, seed: seed) }
}

extension CommandID {
    /// The command that makes one item of the bulk data; their times are a minute apart.
    static func bulk(_ kind: String, _ index: Int, seed: UInt64) -> CommandID {
        CommandID(
            named: "bulk \(seed) \(kind) \(index)", at: DemoCommunity.opening.advanced(seconds: 60 * Double(index)))
    }
}
