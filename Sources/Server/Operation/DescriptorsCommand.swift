import ArgumentParser
import Processes

/// `descriptors`: asked by `doctor` of the running site, whose open files no other process may inspect. Not shown in the help.
struct DescriptorsCommand: SiteCommand {
    static let configuration = CommandConfiguration(
        commandName: "descriptors", abstract: "How many file descriptors are open, and may be.", shouldDisplay: false)

    @OptionGroup var options: DataOptions

    func perform(on host: CommandHost, output: CommandOutput) async throws {
        output.line("\(Descriptors.used) \(Descriptors.limit)")
    }
}
