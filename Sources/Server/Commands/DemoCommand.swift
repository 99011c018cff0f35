import Accounts
import ArgumentParser
import Events
import Foundation
import Processes

/// `demo`: a believable small community in an empty data directory.
struct DemoCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill an empty data directory with a small community, through the real commands."
    )

    @OptionGroup var options: DataOptions

    @Option(help: "The directory with the demo's members and threads.")
    var content = "Fixtures/demo"

    @Option(help: "The list of official test personal identity numbers.")
    var numbers = "Fixtures/test-personal-identity-numbers.txt"

    func perform(output: CommandOutput) async throws {
        let content = try DemoContent(directory: URL(fileURLWithPath: content))
        let numbers = try TestNumbers.adults(in: numbers, at: DemoCommunity.opening)
        guard numbers.count >= content.people.count else {
            throw CommandFailure.usage("\(self.numbers) has too few numbers for \(content.people.count) members")
        }
        let clock = DemoClock(DemoCommunity.opening)
        let key = try await Application.create(options.files, clock: clock.clock)
        let lock = try DirectoryLock(options.files)
        defer { withExtendedLifetime(lock) {} }
        // A cheap hash for so many accounts at once; the first sign-in replaces it by the real one. The members of the demo have read
        // something already, as if the site had served them.
        let application = try Application(
            options.files, clock: clock.clock, hasher: PasswordHasher(cost: ScryptCost(logarithm: 10)),
            serving: true)
        let demo = DemoCommunity(application: application, content: content, clock: clock, numbers: numbers)
        do {
            try await demo.populate { output.progress("writing the demo \($0)/\($1)") }
        } catch {
            await application.close()
            throw error
        }
        let events = application.log.head
        try DemoMark.set(in: options.files)
        await application.close()
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
}
