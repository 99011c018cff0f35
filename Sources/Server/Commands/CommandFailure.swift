import Accounts
import ArgumentParser
import Events
import Foundation
import Processes
import Projections

/// Why a command failed: its exit status, and one line that says what to do.
struct CommandFailure: Error {
    let status: Int32
    let message: String

    /// A check found something wrong.
    static func finding(_ message: String) -> CommandFailure { CommandFailure(status: 1, message: message) }

    static func usage(_ message: String) -> CommandFailure { CommandFailure(status: 2, message: message) }

    /// Nothing is wrong, and something could not be checked.
    static func unchecked(_ message: String) -> CommandFailure { CommandFailure(status: 3, message: message) }

    static func failed(_ message: String) -> CommandFailure { CommandFailure(status: 70, message: message) }

    /// Describes any error for the command line. Never a stack trace, never personal data.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ConfigurationError:
            self = error.isAboutFlag ? .usage(error.description) : .failed(error.description)
        case let unusable as LogUnusable: self = .failed(unusable.description)
        case let unusable as ReadingUnusable: self = .failed(unusable.description)
        case BackupUnusable.notEmpty(let path): self = .usage(BackupUnusable.notEmpty(path).description)
        case KeysNotBackedUp.original(let path): self = .usage(KeysNotBackedUp.original(path).description)
        case let unusable as BackupUnusable: self = .failed(unusable.description)
        case let problems as DraftProblems: self = .usage(problems.description)
        case AccountRefusal.versionExists(let version):
            self = .usage("version \(version) was published meanwhile; give the draft a later day")
        case AccountRefusal.datedInThePast(let version):
            self = .usage("version \(version) lies in the past; give the draft today's date or a later one")
        case AppendFailure.fileReplaced:
            self = .failed(
                "log.sqlite or vault.sqlite was removed or replaced while it was open; stop the site, put the file back, start again"
            )
        case AppendFailure.diskFull:
            self = .failed("the disk is full; make room and repeat the command, nothing was stored")
        case let unfinished as ErasureUnfinished: self = .failed(unfinished.description)
        case RebuildRefusal.alreadyRunning:
            self = .failed("a rebuild is running already; see 'mikroforetag views status'")
        case is CancellationError:
            self = .failed("the site stopped before the command was done; repeat it when the site is up again")
        case RebuildRefusal.closed: self = .failed("the site stops; repeat the command when it is up again")
        case RebuildRefusal.ofThePast: self = .usage("views of an earlier time are not rebuilt; make a new file")
        case let unusable as PastViewsUnusable: self = CommandFailure(unusable)
        case let failure as ProjectionFailure: self = .failed(failure.description)
        case let damage as ViewsDamaged:
            self = .failed("\(damage.path) is damaged; 'mikroforetag views rebuild' builds it anew")
        case let error as SQLiteError where error.isDamage:
            self = .failed("damaged file: \(error.message); restore it from a backup")
        case let error as CocoaError:
            let file = error.filePath ?? error.url?.path ?? "a file"
            self = .failed("\(file) cannot be read or written; check its rights and that its medium is mounted")
        default: self = .failed("\(error)")
        }
    }

    private init(_ unusable: PastViewsUnusable) {
        switch unusable {
        case .missing, .notOfThePast, .isShown, .fileExists, .cannotBeMade, .nothingThen:
            self = .usage(unusable.description)
        case .damaged, .ofAnotherLog, .ofAnotherProgram, .aheadOfTheLog, .behindErasures:
            self = .failed(unusable.description)
        }
    }

    init(status: Int32, message: String) {
        self.status = status
        self.message = message
    }
}
