import Events
import Foundation
import GRDB
import Testing
import Testkit

@testable import Processes

@Suite struct `The file of sessions and mail` {
    @Test func `loses the table that no mail is put into`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "runtime-\(UUID().uuidString)").path
        defer { try? DatabaseFiles(path).delete() }
        try RuntimeStore(at: path).close()
        let earlier = try DatabaseQueue(path: path)
        try earlier.write { database in
            try database.execute(
                sql: """
                    DELETE FROM grdb_migrations WHERE identifier = 'no table of the first outbox';
                    CREATE TABLE outbox (position INTEGER NOT NULL PRIMARY KEY) STRICT;
                    """)
        }
        try earlier.close()
        let store = try RuntimeStore(at: path)
        #expect(try store.database.read { try !$0.tableExists("outbox") && $0.tableExists("sessions") })
        try store.close()
    }
}
