import ArgumentParser
import Events
import Foundation

struct DoctorCommand: LocalCommand {
    static let configuration = CommandConfiguration(commandName: "doctor")
    @OptionGroup var options: DataOptions
    func perform(output: CommandOutput) async throws {}
}
