import Foundation
import Synchronization

/// The checks on a separate thread and connection, in parallel with the pass over the events: pages and indexes, subjects, streams.
///
/// A log that is being written may be longer here than in that pass, which matters to none of these checks.
final class SideChecks: Sendable {
    private let outcome = Mutex(Result<FindingList, any Error>.success(FindingList()))
    private let done = DispatchSemaphore(value: 0)

    /// - Parameter hasRows: Whether the schema allows the rows to be read.
    static func start(_ path: String, _ mode: SQLiteConnection.Mode, hasRows: Bool) -> SideChecks {
        let checks = SideChecks()
        let thread = Thread {
            let result = Result { try SideChecks.findings(path, mode, hasRows: hasRows) }
            checks.outcome.withLock { $0 = result }
            checks.done.signal()
        }
        thread.start()
        return checks
    }

    /// Waits for the checks. Must be called once.
    func finish() throws -> FindingList {
        done.wait()
        return try outcome.withLock { try $0.get() }
    }

    private static func findings(_ path: String, _ mode: SQLiteConnection.Mode, hasRows: Bool) throws -> FindingList {
        var findings = FindingList()
        try findings.guardingDamage { findings in
            let connection = try SQLiteConnection(path, mode)
            try connection.run("PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824")
            if hasRows {
                try findings.guardingDamage { try SubjectCheck(connection).run(&$0) }
                try findings.guardingDamage { try StreamCheck(connection).run(&$0) }
            }
            let report = try connection.statement("PRAGMA integrity_check").rows { $0.text(0) }
            for line in report where line != "ok" { findings.add(.file, .damaged(line)) }
        }
        return findings
    }
}
