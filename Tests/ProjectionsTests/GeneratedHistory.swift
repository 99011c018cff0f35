import Accounts
import Events
import Forum
import Foundation
import Messaging
import Testkit

/// A site with a random history, made through the commands that people use, including refused ones.
final class GeneratedHistory {
    let log: EventLog
    let accounts: Accounts
    let forum: Forum
    let messaging: Messaging
    let time: TestClock
    private let seed: UInt64
    var dice: SeededGenerator
    private(set) var steps = 0
    private(set) var members: [MemberID] = []
    private(set) var categories: [CategoryID] = []
    private(set) var threads: [ThreadID] = []
    var conversations: [ConversationID] = []
    private(set) var posts: [PostID] = []

    static let password = "rabarber-i-motvind"

    init(in log: EventLog, seed: UInt64, time: TestClock) {
        self.log = log
        self.seed = seed
        self.time = time
        dice = SeededGenerator(seed: seed)
        accounts = Accounts(log: log, hasher: PasswordHasher(cost: .quick), clock: time.clock)
        forum = Forum(log: log, clock: time.clock)
        messaging = Messaging(log: log, clock: time.clock) { _ in nil }
    }

    func begin() async throws {
        try await accounts.publishFirstVersions()
        for _ in 1...3 { try await join() }
        try await accounts.grantRole(.administrator, to: members[0], by: .operator, command: command())
        for _ in 1...2 { try await found() }
    }

    /// One random attempt.
    func step() async throws {
        time.advance(seconds: Double(dice.number(below: 4000)))
        do {
            try await attempt()
        } catch is ForumRefusal {
        } catch is AccountRefusal {
        } catch is ConversationRefusal {
        } catch is Problems<PostProblem> {
        } catch AppendFailure.fenced, AppendFailure.holderFenced {
        }
    }

    private func attempt() async throws {
        switch dice.number(below: 70) {
        case 0...1: try await join()
        case 2: try await found()
        case 3...7: try await open()
        case 8...18: try await reply()
        case 19...22: try await revise()
        case 23...24: try await deletePost()
        case 25...27: try await moderatePost()
        case 28...31: try await moderateThread()
        case 32...34: try await administer()
        case 35: try await appoint()
        case 36...39: try await erase()
        case 40...49: try await correspond()
        case 50...53: try await openAndReadNotifications()
        default: try await live()
        }
    }

    func command() -> CommandID {
        steps += 1
        return CommandID(named: "\(seed)/\(steps)", at: time.now)
    }

    private var anyone: Standing { Standing(dice.pick(members) ?? MemberID(rawValue: 1)) }
    private func staff(_ role: ForumRole = .moderator) -> Standing { Standing(anyone.member, as: role) }

    private func join() async throws {
        let command = command()
        let form = SignUpForm(
            "medlem-\(steps)", name: "Någon Annan", number: try AgencyNumbers.adults[members.count],
            municipality: dice.pick(Municipality.all)?.code ?? "", password: GeneratedHistory.password)
        let member = try await accounts.signUp(form, at: time.now, command: command)
        guard dice.number(below: 5) > 0 || members.count < 3 else { return }
        _ = try await accounts.confirm(member, linkMadeAt: time.now, command: self.command())
        members.append(member)
    }

    private func found() async throws {
        let audience: Audience = dice.number(below: 3) == 0 ? .members : .everybody
        let text = try CategoryText.parse(name: "Kategori \(steps)")
        categories.append(
            try await forum.createCategory(text, for: audience, by: staff(.administrator), command: command()).category)
    }

    private func text() -> String {
        var text =
            ["Hej *på* dig", "Vad **kostar** det?", "- ett\n- två", "Åäö & <b>"][dice.number(below: 4)] + " \(steps)"
        if dice.number(below: 4) == 0 { text += "\n\n@medlem-\(dice.number(below: steps + 1))" }
        if dice.number(below: 3) == 0, let post = dice.pick(posts) { text = "[citat \(post)]\n\n" + text }
        return text
    }

    private func body(revising previous: PostBody? = nil) throws -> PostBody {
        try forum.parse(text(), revising: previous) { [accounts] in
            (try? Username($0)).flatMap { try? accounts.find($0) }
        }
    }

    private func open() async throws {
        guard let category = dice.pick(categories) else { return }
        let opened = try await forum.openThread(
            in: category, title: ThreadTitle("Tråd \(steps)"), body: body(), by: anyone, command: command())
        threads.append(opened.thread)
        posts.append(opened.post)
    }

    private func reply() async throws {
        guard let thread = dice.pick(threads) else { return }
        posts.append(try await forum.reply(to: thread, body(), by: anyone, command: command()).post)
    }

    private func revise() async throws {
        guard let post = dice.pick(posts), let facts = try forum.post(post)?.post.facts else { return }
        _ = try await forum.revise(
            post, from: facts.revision, to: body(revising: facts.body.value), by: Standing(facts.author),
            command: command())
    }

    private func moderatePost() async throws {
        guard let post = dice.pick(posts) else { return }
        if dice.number(below: 2) == 0 {
            let reason = dice.pick(RemovalReason.allCases) ?? .other
            _ = try await forum.remove(post, for: reason, by: staff(), command: command())
        } else {
            _ = try await forum.reinstate(post, by: staff(), command: command())
        }
    }

    private func moderateThread() async throws {
        guard let thread = dice.pick(threads), let category = dice.pick(categories) else { return }
        switch dice.number(below: 6) {
        case 0: _ = try await forum.closeThread(thread, by: staff(), command: command())
        case 1: _ = try await forum.reopenThread(thread, by: staff(), command: command())
        case 2: _ = try await forum.pinThread(thread, by: staff(), command: command())
        case 3: _ = try await forum.unpinThread(thread, by: staff(), command: command())
        case 4: _ = try await forum.retitle(thread, ThreadTitle("Ny rubrik \(steps)"), by: staff(), command: command())
        default: _ = try await forum.moveThread(thread, to: category, by: staff(), command: command())
        }
    }

    private func administer() async throws {
        guard let category = dice.pick(categories) else { return }
        let administrator = staff(.administrator)
        switch dice.number(below: 4) {
        case 0: _ = try await forum.closeCategory(category, by: administrator, command: command())
        case 1: _ = try await forum.reopenCategory(category, by: administrator, command: command())
        case 2:
            let text = try CategoryText.parse(name: "Omdöpt \(steps)", description: "Om något")
            _ = try await forum.describeCategory(category, as: text, by: administrator, command: command())
        default:
            let order = categories.shuffled(using: &dice)
            _ = try await forum.orderCategories(order, by: administrator, command: command())
        }
    }

    private func appoint() async throws {
        guard let member = dice.pick(members), let role = dice.pick(Role.allCases) else { return }
        if dice.number(below: 3) > 0 {
            try await accounts.grantRole(role, to: member, by: .operator, command: command())
        } else {
            try await accounts.revokeRole(role, from: member, by: .operator, command: command())
        }
    }

    private func erase() async throws {
        guard let scope = try scope() else { return }
        _ = try await log.erase(
            ErasureRequest(fence: FenceID(createdBy: command()), scope), command: command(), by: .system, at: time.now)
    }

    private func scope() throws -> Erasure.Scope? {
        guard let member = dice.pick(members), let post = dice.pick(posts), let thread = dice.pick(threads),
            let category = dice.pick(categories), let account = try accounts.member(member).account
        else { return nil }
        switch dice.number(below: 8) {
        case 0: return .owner(Owner(member))
        case 1:
            return .kinds(
                [[.identity, .municipality], [.post, .revision], [.thread, .post, .revision], [.municipality]][
                    dice.number(below: 4)],
                of: Owner(member))
        case 2: return .subjects(try subjects(of: post) + [Subject(.thread, thread)])
        case 3: return .subjects([account.identity.subject])
        case 4: return account.municipality.map { .subjects([$0.subject]) }
        case 5: return dice.number(below: 4) == 0 ? .owner(Owner(category)) : nil
        case 6: return .subjects([Subject(.category, category)])
        default: return .subjects(try subjects(of: post))
        }
    }

    private func subjects(of post: PostID) throws -> [Subject] {
        try forum.post(post)?.post.facts?.subjectsToErase ?? []
    }
}
