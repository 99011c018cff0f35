import ArgumentParser
import Foundation
import Processes

/// The program's commands.
struct Mikroforetag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mikroforetag",
        abstract: "A community site that keeps its privacy policy and can prove it.",
        subcommands: [
            InitCommand.self, ServeCommand.self, DemoCommand.self, GenerateCommand.self, MembersCommand.self,
            HoldsCommand.self, PolicyCommand.self, RetentionCommand.self, ViewsCommand.self, LogCommand.self,
            MailCommand.self,
            KeysCommand.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self, AppendLoadCommand.self,
            LogLoadCommand.self, DescriptorsCommand.self,
        ])

    /// Parses and runs a command line.
    /// - Returns: 0 done; 1 a check found something wrong; 2 wrong usage; 70 any other failure.
    static func run(_ arguments: [String]) async -> Int32 {
        let command: any ParsableCommand
        do {
            command = try parseAsRoot(arguments)
        } catch {
            guard exitCode(for: error) == .success else {
                complain("mikroforetag: \(usage(of: error))")
                return 2
            }
            print(fullMessage(for: error))
            return 0
        }
        do {
            return try await run(command, arguments)
        } catch {
            let failure = CommandFailure(error)
            complain("mikroforetag: \(failure.message)")
            return failure.status
        }
    }

    private static func run(_ command: any ParsableCommand, _ arguments: [String]) async throws -> Int32 {
        switch command {
        case let command as any SiteCommand: return try await command.perform(arguments: arguments, output: .terminal)
        case let command as any LocalCommand:
            try await command.perform(output: .terminal)
            return 0
        default:
            showHelp(of: command)
            return arguments.isEmpty ? 2 : 0
        }
    }

    /// Shows help for a command that only has subcommands, and for the help command.
    private static func showHelp(of command: any ParsableCommand) {
        var command = command
        do { try command.run() } catch { print(fullMessage(for: error)) }
    }

    /// What is wrong with a command line, and whose help to read, in one line.
    private static func usage(of error: any Error) -> String {
        let mistake = message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
        let command = fullMessage(for: error).firstMatch(of: /Usage: ([a-z]+(?: [a-z]+(?:-[a-z]+)*)*)/)
        let words = mistake.prefix(1).lowercased() + mistake.dropFirst() + (mistake.hasSuffix("?") ? " See" : "; see")
        return "\(words) '\(command?.1 ?? "mikroforetag") --help'"
    }

    private static func complain(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }
}

@main
enum Program {
    static func main() async {
        Allocator.useNoFastBins()
        ProcessMemory.protect()
        Descriptors.raiseLimit()
        // Before anything else is loaded or any thread is started.
        if CommandLine.arguments.dropFirst() == [MailReaderProcess.command] { MailReaderProcess.run() }
        exit(await Mikroforetag.run(Array(CommandLine.arguments.dropFirst())))
    }
}
