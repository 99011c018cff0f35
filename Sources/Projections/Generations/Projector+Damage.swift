import Accounts
import Events
import Foundation
import GRDB
import Logging
import Synchronization

/// Finds and replaces damaged view files, at the start and during use.
extension Projector {
    /// - Throws: `ViewsDamaged` from the first sign of damage until another generation is in use.
    func read<Value>(_ query: (Database) throws -> Value) throws -> Value {
        let generation = try state.withLock { state in
            if state.isDamaged { throw ViewsDamaged(path: state.current.path) }
            return state.current
        }
        do { return try generation.read(query) } catch let damage as ViewsDamaged {
            takeOut(generation)
            throw damage
        }
    }

    /// The newest finished generation of this program's code, or a new one. Deletes all other generations, and logs the damaged ones.
    /// - Returns: the generation, caught up with the log, and whether the last process that used it was killed.
    static func newest(
        of log: EventLog, in directory: URL, _ logger: Logger, _ progress: ProgressReport
    ) throws -> (generation: Generation, wasInterrupted: Bool) {
        let shown = try ShownFields.inForce(in: log, through: log.head)
        var newest: (generation: Generation, wasInterrupted: Bool)?
        for number in Generation.numbers(in: directory).reversed() {
            let files = Generation.files(number, in: directory)
            do {
                if newest == nil, try isUsable(number, in: directory, log, shown) {
                    let wasInterrupted = files.state == .interrupted
                    let generation = try Generation(number: number, in: directory)
                    try catchUp(generation, with: log)
                    newest = (generation, wasInterrupted)
                    continue
                }
            } catch is ViewsDamaged {
                logger.warning("views are damaged and are built anew", metadata: ["generation": "\(number)"])
            }
            try files.delete()
        }
        if let newest { return newest }
        let generation = try GenerationLoad.build(1, in: directory, from: log, progress)
        try catchUp(generation, with: log)
        try generation.markReady()
        return (generation, false)
    }

    /// - Throws: `ViewsDamaged`.
    private static func isUsable(
        _ number: Int, in directory: URL, _ log: EventLog, _ shown: ShownFields?
    ) throws -> Bool {
        let files = Generation.files(number, in: directory)
        switch files.state {
        case .missing: return false
        case .damaged, .noDatabase: throw ViewsDamaged(path: files.path)
        // Companion files next to a closed file belong to another file.
        case .closed: try files.deleteCompanions()
        case .interrupted: break
        }
        let status = try ViewsDamaged.guarding(files.path) { try Generation.status(number, in: directory) }
        return status.isReady && status.isOfThisProgram && status.position <= log.head
            && (status.shown == nil || status.shown == shown)
    }

    /// Checks the structure of a file that was not closed properly, on a separate thread while pages are served from it.
    func checkInBackground(_ generation: Generation) {
        let thread = Thread { [weak self] in
            do {
                let report = try SQLiteConnection(generation.path, .readOnly).text("PRAGMA quick_check(1)")
                if report != "ok" { self?.takeOut(generation) }
            } catch let error as SQLiteError where error.isDamage {
                self?.takeOut(generation)
            } catch {
                self?.logger.warning("views could not be checked", metadata: ["kind": "\(error)"])
            }
        }
        thread.name = "views check"
        thread.start()
    }

    /// Stops all reads of a damaged generation and requests a new one; deletes its files at once, so that no later start uses them.
    func takeOut(_ damaged: Generation) {
        let isNew = state.withLock { state in
            guard state.current === damaged, !state.isDamaged else { return false }
            state.isDamaged = true
            return true
        }
        guard isNew else { return }
        logger.error(
            "views are damaged; pages wait until they are built anew", metadata: ["generation": "\(damaged.number)"])
        try? DatabaseFiles(damaged.path).delete()
        wakeUp.signal()
    }

    /// Builds a generation to replace a damaged one; a failed build is retried later.
    func replaceDamaged() {
        let number: Int? = state.withLock { state in
            // A running rebuild will replace it as well.
            guard state.isDamaged, !state.isClosed, state.rebuild == nil else { return nil }
            state.rebuild = RebuildProgress(done: 0, total: log.head)
            return state.nextNumber(in: directory)
        }
        guard let number else { return }
        defer { state.withLock { $0.rebuild = nil } }
        do {
            let generation = try GenerationLoad.build(number, in: directory, from: log) { step in
                try state.withLock { state in
                    state.rebuild = step
                    if state.isClosed { throw CancellationError() }
                }
            }
            try use(generation)
            logger.notice("views are built anew", metadata: ["generation": "\(number)"])
        } catch {
            logger.error("views could not be built anew", metadata: ["kind": "\(type(of: error))"])
        }
    }
}
