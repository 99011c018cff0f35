import Foundation
import Synchronization

/// SQLite's own check of pages, tables and indexes, on a thread and a connection of its own beside the passes over the rows.
final class IntegrityCheck: Sendable {
    private let findings = Mutex(Result<FindingList, any Error>.success(FindingList()))
    private let done = DispatchSemaphore(value: 0)

    static func start(_ path: String, _ mode: Connection.Mode) -> IntegrityCheck {
        let check = IntegrityCheck()
        let thread = Thread {
            let result = Result { try IntegrityCheck.findings(path, mode) }
            check.findings.withLock { $0 = result }
            check.done.signal()
        }
        thread.start()
        return check
    }

    /// Waits for the check. To be called once.
    func finish() throws -> FindingList {
        done.wait()
        return try findings.withLock { try $0.get() }
    }

    private static func findings(_ path: String, _ mode: Connection.Mode) throws -> FindingList {
        var findings = FindingList()
        let connection = try Connection(path, mode)
        try connection.run("PRAGMA trusted_schema=OFF; PRAGMA cache_size=-32768; PRAGMA mmap_size=1073741824")
        let report = try connection.statement("PRAGMA integrity_check").rows { $0.text(0) }
        for line in report where line != "ok" { findings.add(.file, .damaged(line)) }
        return findings
    }
}
