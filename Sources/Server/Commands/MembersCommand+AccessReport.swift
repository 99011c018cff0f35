import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections
import Site

extension MembersCommand {
    /// `members access-report`: for a member who cannot fetch it alone, such as one whose account is closed (P-17.1).
    struct WriteAccessReport: SiteCommand {
        static let configuration = CommandConfiguration(
            commandName: "access-report", abstract: "Write everything held about a member to a ZIP file.",
            discussion: "That the data were opened is noted first, and the member can see it.")

        @OptionGroup var options: DataOptions
        @OptionGroup var whom: Whom

        @Option(help: "The file to make. It must not exist.")
        var output: String

        @Option(help: "What to note beside the reason, such as the case's number. No personal data.")
        var note: String?

        var paths: [String] { [output] }

        func perform(on host: CommandHost, output: CommandOutput) async throws {
            let application = host.application
            guard !FileManager.default.fileExists(atPath: self.output) else {
                throw CommandFailure.usage("\(self.output) exists already; name a new file with --output")
            }
            let member = try member(in: application)
            let archive: [UInt8]
            do {
                try await application.accounts.viewByOperator(
                    member, for: .rightsRequest, note: note.flatMap(ViewingNote.init),
                    command: CommandID(at: application.clock.now()))
                await application.waitForViews()
                archive = try await report(on: member, in: application, host.records)
            } catch AccountRefusal.noSuchMember {
                throw WriteAccessReport.erased
            } catch AccountRefusal.tooLateToRestore {
                throw CommandFailure.usage("the account is due to be erased; nobody opens its data any more")
            }
            try write(archive)
            options.json
                ? output.json(["member": member.description, "file": self.output, "bytes": archive.count])
                : output.line("Wrote everything held about \(member) to \(self.output).")
        }

        private static let erased = CommandFailure.usage("the account is erased; nothing is held about that member")

        private func member(in application: Application) throws -> MemberID {
            if let id = MemberID(whom.member), case .purged = try application.accounts.member(id) {
                throw WriteAccessReport.erased
            }
            return try application.member(named: whom.member)
        }

        private func report(
            on member: MemberID, in application: Application, _ files: OperationalRecords
        ) async throws -> [UInt8] {
            return try await SlowReads(of: application.views).read { snapshot in
                try AccessReport(of: member, in: application, files, views: snapshot).archive
            }
        }

        /// The file is readable by its owner only.
        private func write(_ archive: [UInt8]) throws {
            let descriptor = open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw CommandFailure.usage("cannot write \(output): \(String(cString: strerror(errno)))")
            }
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try file.write(contentsOf: Data(archive))
            try file.close()
        }
    }
}
