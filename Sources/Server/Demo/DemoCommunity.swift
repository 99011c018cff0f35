import Accounts
import Events
import Forum
import Foundation
import Messaging
import Processes
import Synchronization

/// Fills the demo community through the same commands that people use, each at its time.
struct DemoCommunity {
    /// The password of every demo account; the demo is for local use.
    static let password = "rabarber-i-motvind"
    /// The start of the demo's clock; nothing is random, so the same content gives the same community.
    static let opening = Instant(milliseconds: 1_732_258_800_000)

    private struct Step {
        let time: Instant
        let order: Int
        let action: Action
    }

    private enum Action {
        case signUp(DemoContent.Person, number: Int)
        /// Post number 0 opens the thread.
        case write(DemoContent.Entry, number: Int, DemoContent.Conversation, in: CategoryID)
        /// Message number 0 begins the conversation.
        case send(DemoContent.Letter, number: Int, DemoContent.Correspondence)
    }

    let application: Application
    let content: DemoContent
    let clock: DemoClock
    private let numbers: [String]

    init(application: Application, content: DemoContent, clock: DemoClock, numbers: [String]) {
        self.application = application
        self.content = content
        self.clock = clock
        self.numbers = numbers
    }

    func populate(_ report: (Int, Int) -> Void) async throws {
        let categories = try await found()
        var steps = try signUps()
        for (category, section) in zip(categories, content.sections) {
            for conversation in section.threads { steps += try self.steps(of: conversation, in: category) }
        }
        for correspondence in content.correspondence { steps += try self.steps(of: correspondence) }
        steps.sort { ($0.time, $0.order) < ($1.time, $1.order) }
        for (index, step) in steps.enumerated() {
            try await lookAfterKeys(until: step.time)
            clock.set(step.time)
            switch step.action {
            case .signUp(let person, let number): _ = try await signUp(person, number: number)
            case .write(let entry, let number, let conversation, let category):
                try await write(entry, number, of: conversation, in: category)
            case .send(let letter, let number, let correspondence):
                try await send(letter, number, of: correspondence)
            }
            report(index + 1, steps.count)
        }
        clock.set(application.clock.now().advanced(seconds: 60))
        try await moderate()
        try readOldNotifications()
        let ordinary = content.people.filter { $0.role == nil }.prefix(8)
        try await DemoCases(
            application: application, clock: clock, staff: standing(of: "astrid").member,
            members: ordinary.map { try standing(of: $0.username).member }
        ).populate()
        if let latest = content.sections.flatMap(\.threads).max(by: { $0.started < $1.started }) {
            try await DemoReports(
                application: application, clock: clock, moderator: standing(of: "moa", as: .moderator),
                administrator: standing(of: "astrid", as: .administrator), thread: thread(of: latest),
                members: ordinary.suffix(4).map { try standing(of: $0.username).member }
            ).populate()
        }
        clock.set(clock.now().advanced(seconds: 3600))
        try await DemoNewsletter(application: application, clock: clock).send(by: standing(of: "astrid").member)
    }

    /// Replaces and destroys keys when that is due, as a running site does (P-13.1).
    private func lookAfterKeys(until time: Instant) async throws {
        let keys = KeyEpochs(application: application)
        while let due = try keys.status(at: time).due, due <= time {
            clock.set(due)
            guard try await !keys.work().isEmpty else { return }
        }
    }

    /// The staff signs up first, gets its roles from the operator, and makes the categories.
    private func found() async throws -> [CategoryID] {
        for (index, person) in content.people.enumerated() {
            guard let role = person.role.flatMap(Role.init) else { continue }
            let member = try await signUp(person, number: index)
            try await application.accounts.grantRole(
                role, to: member, by: .operator, command: command("role \(person.username)"))
        }
        let administrator = try standing(of: "astrid", as: .administrator)
        var categories: [CategoryID] = []
        for (section, _) in content.sections {
            let text = try CategoryText.parse(name: section.name, slug: section.slug, description: section.description)
            let audience = Audience(rawValue: section.audience) ?? .members
            let created = try await application.forum.createCategory(
                text, for: audience, by: administrator, command: command("category \(section.slug)"))
            categories.append(created.category)
        }
        return categories
    }

    /// Everybody joins some days before writing for the first time.
    private func signUps() throws -> [Step] {
        var first: [String: Instant] = [:]
        for conversation in content.sections.flatMap(\.threads) {
            for (post, time) in zip(conversation.posts, try conversation.times()) {
                first[post.by] = min(first[post.by] ?? time, time)
            }
        }
        return content.people.enumerated().filter { $0.element.role == nil }.map { index, person in
            let writes = first[person.username] ?? DemoCommunity.opening.advanced(seconds: 86_400 * 300)
            let days = Double(1 + index * 7 % 23)
            let time = max(
                DemoCommunity.opening.advanced(seconds: 3600 + Double(index) * 60),
                writes.advanced(seconds: -86_400 * days))
            return Step(
                time: min(time, writes.advanced(seconds: -60)), order: index, action: .signUp(person, number: index))
        }
    }

    private func steps(of conversation: DemoContent.Conversation, in category: CategoryID) throws -> [Step] {
        try zip(conversation.posts, conversation.times()).enumerated().map { index, post in
            Step(time: post.1, order: 1000 + index, action: .write(post.0, number: index, conversation, in: category))
        }
    }

    private func steps(of correspondence: DemoContent.Correspondence) throws -> [Step] {
        try zip(correspondence.messages, correspondence.times()).enumerated().map { index, message in
            Step(time: message.1, order: 5000 + index, action: .send(message.0, number: index, correspondence))
        }
    }

    private func write(
        _ entry: DemoContent.Entry, _ number: Int, of conversation: DemoContent.Conversation, in category: CategoryID
    ) async throws {
        let quote = entry.quote.map { "[citat \(PostID(createdBy: writing($0 - 1, of: conversation)))]\n\n" } ?? ""
        let body = try application.draft(quote + entry.text)
        let author = try standing(of: entry.by)
        let command = writing(number, of: conversation)
        if number == 0 {
            _ = try await application.forum.openThread(
                in: category, title: ThreadTitle(conversation.title), body: body, by: author, command: command)
        } else {
            _ = try await application.forum.reply(to: thread(of: conversation), body, by: author, command: command)
        }
    }

    private func writing(_ number: Int, of conversation: DemoContent.Conversation) -> CommandID {
        command("post \(number) \(conversation.started) \(conversation.title)")
    }

    private func thread(of conversation: DemoContent.Conversation) -> ThreadID {
        ThreadID(createdBy: writing(0, of: conversation))
    }

    /// A few moderator actions, so that every state of a thread can be seen.
    private func moderate() async throws {
        guard let fika = content.sections.last?.threads.first, let old = content.sections.first?.threads.first else {
            return
        }
        let moderator = try standing(of: "moa", as: .moderator)
        _ = try await application.forum.pinThread(thread(of: fika), by: moderator, command: command("pin"))
        _ = try await application.forum.closeThread(thread(of: old), by: moderator, command: command("close"))
    }

    private func signUp(_ person: DemoContent.Person, number: Int) async throws -> MemberID {
        var form = SignUpForm()
        form.email = "\(person.username.lowercased())@example.org"
        form.name = person.name
        form.username = person.username
        form.personalIdentityNumber = numbers[number]
        form.municipality = person.municipality ?? ""
        form.hasProtectedIdentity = person.hasProtectedIdentity == true
        form.password = DemoCommunity.password
        form.wantsNewsletter = number % 3 == 0
        form.allowsRegisterLookup = number % 2 == 0
        let now = clock.now()
        let policy = try application.accounts.policyInForce(at: now)
        form.acceptedPolicy = policy.version
        form.acceptedTerms = try application.accounts.termsInForce(at: now).version
        let signUp = try form.parsed(by: policy.rules, today: now.stockholmDate, wording: TextHash(of: "demo"))
        let member = try await application.accounts.signUp(signUp, command: command("sign-up \(person.username)"))
        let outcome = try await application.accounts.confirm(
            member, linkMadeAt: now, command: command("confirm \(person.username)"))
        guard outcome == .confirmed else {
            throw CommandFailure.failed("the demo member \(person.username) could not be confirmed")
        }
        return member
    }

    private func standing(of username: String, as role: ForumRole = .member) throws -> Standing {
        Standing(try member(username), as: role)
    }

    func member(_ username: String) throws -> MemberID {
        guard let name = try? Username.typed(username), let member = try application.accounts.find(name) else {
            throw CommandFailure.usage("the demo's content names '\(username)', who is not in members.yaml")
        }
        return member
    }

    func command(_ words: String) -> CommandID { CommandID(named: "demo \(words)", at: DemoCommunity.opening) }
}

/// A clock that the demo sets to the time of each step.
final class DemoClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant) { time = Mutex(start) }

    func set(_ instant: Instant) { time.withLock { $0 = max($0, instant) } }
    func now() -> Instant { time.withLock { $0 } }
    var clock: Events.Clock { Events.Clock { self.now() } }
}
