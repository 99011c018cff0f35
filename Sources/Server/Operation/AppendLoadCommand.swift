import Accounts
import ArgumentParser
import Events
import Forum
import Processes
import Projections
import Synchronization

/// The options of `append-load` and `log-load`.
struct LoadOptions: ParsableArguments {
    @Option(help: "How many writers wait for their events at the same time.")
    var writers = 16

    @Option(help: "About how many events, half of them sealed.")
    var events = 10_000

    func validate() throws {
        guard writers > 0, events > 0 else { throw ValidationError("there must be writers, and events to write") }
    }
}

/// `append-load`: many concurrent writers, for measurements and for tests that pull the plug. Not shown in the help.
///
/// Part of the program because what it measures is not visible outside the package, and because through `control.sock` it loads a running
/// site as its members would.
struct AppendLoadCommand: SiteCommand {
    static let configuration = CommandConfiguration(
        commandName: "append-load", abstract: "Append events as fast as the disk takes them, while the views follow.",
        shouldDisplay: false)

    @OptionGroup var options: DataOptions
    @OptionGroup var load: LoadOptions

    @Flag(help: "Print each command that is acknowledged as durable, with its first and last position.")
    var acknowledge = false

    func perform(on host: CommandHost, output: CommandOutput) async throws {
        let application = host.application
        let category = try application.forum.categories().first?.id
        guard let category, let member = try application.views.members.first() else {
            throw CommandFailure.usage("the data directory needs a member and a category; fill it with 'generate'")
        }
        let tell: AppendLoad.Acknowledge = { command, positions in
            output.line("acknowledged \(command) \(positions.lowerBound) \(positions.upperBound)")
        }
        let appends = try AppendLoad(to: application.log, by: member, in: category, heard: acknowledge ? tell : nil)
        try await appends.run(load, options, output)
    }
}

/// `log-load`: the same load on the log alone, to compare with programs that only insert rows. Not shown in the help.
struct LogLoadCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-load", abstract: "Append events as fast as the disk takes them, without any views.",
        shouldDisplay: false)

    @OptionGroup var options: DataOptions
    @OptionGroup var load: LoadOptions

    func perform(output: CommandOutput) async throws {
        let lock = try DirectoryLock(options.files)
        defer { withExtendedLifetime(lock) {} }
        let log = try EventLog(options.files, holds: Accounts.holdCheck)
        let appends = try AppendLoad(to: log, by: .random(), in: .random(), heard: nil)
        try await appends.run(load, options, output)
        await log.close()
    }
}

/// The number of events left, shared by all writers.
private final class Budget: Sendable {
    private let left: Atomic<Int>

    init(_ events: Int) { left = Atomic(events) }

    func take(_ count: Int) -> Bool { left.subtract(count, ordering: .relaxed).oldValue > 0 }
}

/// The work of each writer: by turns posts, which are sealed, and pins, which are not; sometimes a thread, which is two events.
private struct AppendLoad: Sendable {
    private let log: EventLog
    private let clock = Clock.system
    private let member: MemberID
    private let category: CategoryID
    private let title: ThreadTitle
    private let bodies: [PostBody]
    private let heard: Acknowledge?

    typealias Acknowledge = @Sendable (CommandID, ClosedRange<Int>) -> Void

    init(to log: EventLog, by member: MemberID, in category: CategoryID, heard: Acknowledge?) throws {
        self.log = log
        self.member = member
        self.category = category
        self.heard = heard
        var words = SampleWords(seed: 1, 1)
        title = try ThreadTitle(words.title())
        let forum = Forum(log: log, clock: clock)
        bodies = try (0..<64).map { _ in try forum.parse(words.body()) { _ in nil } }
    }

    func run(_ load: LoadOptions, _ options: DataOptions, _ output: CommandOutput) async throws {
        let (head, transactions, start) = (log.head, log.transactions, ContinuousClock.now)
        let budget = Budget(load.events)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<load.writers { group.addTask { try await write(within: budget) } }
            try await group.waitForAll()
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        let (events, batches) = (log.head - head, log.transactions - transactions)
        let rate = Int(Double(events) / seconds)
        if options.json {
            output.json(["events": events, "transactions": batches, "seconds": seconds, "eventsPerSecond": rate])
        } else {
            output.line("\(events) events in \(batches) transactions, \(rate)/s")
        }
    }

    private func write(within budget: Budget) async throws {
        var thread = ThreadID.random()
        var turn = 0
        while true {
            let command = CommandID(at: clock.now())
            let streams = streams(turn, command, in: &thread)
            guard budget.take(streams.count) else { return }
            do {
                let appended = try await log.append(
                    Append(command: command, actor: .member(member), time: clock.now(), streams: streams))
                if let positions = appended.positions { heard?(command, positions) }
            } catch AppendFailure.versionConflict {
                // Among thousands of ids per moment two can be equal; the next command gives another.
                continue
            }
            turn += 1
        }
    }

    private func streams(_ turn: Int, _ command: CommandID, in thread: inout ThreadID) -> [StreamAppend] {
        let body = bodies[turn % bodies.count]
        let post = PostID(createdBy: command)
        guard turn % 16 > 0 else {
            thread = ThreadID(createdBy: command)
            return [
                new(.threadOpened(thread, in: category, author: member, first: post, title: .known(title))),
                new(.postPublished(post, in: thread, author: member, body: .known(body))),
            ]
        }
        switch turn % 4 {
        case 1: return [more(.threadPinned(thread))]
        case 3: return [more(.threadUnpinned(thread))]
        default: return [new(.postPublished(post, in: thread, author: member, body: .known(body)))]
        }
    }

    private func new(_ event: ForumEvent) -> StreamAppend { StreamAppend(event.stream, expected: .exactly(0), [event]) }

    private func more(_ event: ForumEvent) -> StreamAppend { StreamAppend(event.stream, expected: .any, [event]) }
}
