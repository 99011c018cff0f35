import Accounts
import ArgumentParser
import Events
import Foundation
import Projections

/// `doctor`: examines everything that a site consists of. Only reads; works with or without a running site.
struct DoctorCommand: LocalCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check files, keys, ledger, views, backups, disk and clock.",
        discussion: "One line each: ok, warning or WRONG. Exit status 1 when something is wrong.")

    @OptionGroup var options: DataOptions

    func perform(output: CommandOutput) async throws {
        let files = options.files
        try LogUnusable.requireLog(at: files.log)
        let found =
            LogExaminations(files).all(at: Events.Clock.system.now(), claims: Accounts.claims)
            + SiteExaminations(files: files).all()
        for examination in found {
            if options.json {
                output.json([
                    "check": examination.name, "verdict": examination.verdict.rawValue, "found": examination.words,
                ])
            } else {
                let verdict = examination.verdict.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
                output.line("\(verdict)\(examination.name): \(examination.words)")
            }
        }
        let wrong = found.count { $0.verdict == .wrong }
        guard wrong == 0 else {
            throw CommandFailure.finding(
                wrong == 1 ? "one thing is wrong; see the line above" : "\(wrong) things are wrong; see the lines above"
            )
        }
    }
}
