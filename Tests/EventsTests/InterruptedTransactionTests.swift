import Foundation
import Testing
import Testkit

@testable import Events

@Suite struct `A file whose writer was killed in a transaction` {
    /// Copies of main file and journal, taken in the middle of a transaction that has already changed the main file.
    private func interrupted(in directory: URL) throws -> String {
        let (live, copy) = (directory.appending(path: "live").path, directory.appending(path: "copy").path)
        let writer = try SQLiteConnection(live, .create)
        try writer.run(
            """
            PRAGMA journal_mode=DELETE; PRAGMA cache_size=1;
            CREATE TABLE pages(number INTEGER PRIMARY KEY, text TEXT) STRICT;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            INSERT INTO pages SELECT i, hex(zeroblob(500)) FROM n;
            BEGIN; UPDATE pages SET text = 'changed';
            """)
        for suffix in ["", "-journal"] {
            try FileManager.default.copyItem(atPath: live + suffix, toPath: copy + suffix)
        }
        try writer.run("ROLLBACK")
        return copy
    }

    @Test func `is read as it was before`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "interrupted-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = try interrupted(in: directory)
        #expect(throws: SQLiteError.self, "the copy needs its journal") {
            try SQLiteConnection(path, .readOnly).integer("SELECT count(*) FROM pages")
        }
        let reader = try SQLiteConnection.reading(path)
        #expect(try reader.integer("SELECT count(*) FROM pages WHERE text = 'changed'") == 0)
        #expect(try reader.integer("SELECT count(*) FROM pages") == 500)
    }
}
