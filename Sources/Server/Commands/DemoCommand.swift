import Accounts
import ArgumentParser
import Events
import Foundation

/// `demo`: a believable small community in an empty data directory.
struct DemoCommand: ReadingCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill an empty data directory with a small community, through the real commands.")

    @OptionGroup var options: DataOptions

    @Option(help: "The directory with the demo's members and threads.")
    var content = "Fixtures/demo"

    @Option(help: "The list of official test personal identity numbers.")
    var numbers = "Fixtures/test-personal-identity-numbers.txt"

    func perform(output: CommandOutput) async throws {
        let content = try DemoContent(directory: URL(fileURLWithPath: content))
        let numbers = try adultNumbers()
        guard numbers.count >= content.people.count else {
            throw CommandFailure.usage("\(self.numbers) has too few numbers for \(content.people.count) members")
        }
        let clock = DemoClock(DemoCommunity.opening)
        let key = try await Site.create(options.files, clock: clock.clock)
        let lock = try DirectoryLock(options.files)
        defer { withExtendedLifetime(lock) {} }
        // A cheap hash for so many at once; it is replaced by the real one when somebody signs in.
        let site = try Site(options.files, clock: clock.clock, hasher: PasswordHasher(cost: ScryptCost(logarithm: 10)))
        let community = DemoCommunity(site: site, content: content, clock: clock, numbers: numbers)
        do {
            try await community.populate { output.progress("writing the demo \($0)/\($1)") }
        } catch {
            await site.close()
            throw error
        }
        let events = site.log.head
        await site.close()
        report(content, events, key, output)
    }

    private func report(_ content: DemoContent, _ events: Int, _ key: VerifierKey, _ output: CommandOutput) {
        let staff = content.people.filter { $0.role != nil } + content.people.filter { $0.role == nil }.prefix(1)
        if options.json {
            output.json([
                "events": events, "verifierKey": key.description, "password": DemoCommunity.password,
                "members": staff.map { ["username": $0.username, "role": $0.role ?? "member"] },
            ])
            return
        }
        output.line("The demo community is ready: \(content.people.count) members, \(events) events.")
        output.line("Sign in with any of these and the password \(DemoCommunity.password)")
        for person in staff {
            let username = person.username.padding(toLength: 14, withPad: " ", startingAt: 0)
            output.line("  \(username) \(person.role ?? "member")")
        }
        output.line("Verifier key: \(key)")
    }

    /// The test numbers of people who were of age, but not too old, when the demo's community began.
    private func adultNumbers() throws -> [String] {
        guard let text = try? String(contentsOfFile: numbers, encoding: .utf8) else {
            throw CommandFailure.usage("cannot read \(numbers); name the list with --numbers")
        }
        let years = (1950...2004).map(String.init)
        return text.split(separator: "\n").map(String.init).filter { line in years.contains { line.hasPrefix($0) } }
    }
}
