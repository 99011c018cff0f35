import Accounts
import Events
import Foundation
import Messaging
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import Web

/// The data of everybody but one member: readable content, claims, and another member's rows in the views.
struct OtherMembers: Equatable {
    let opened: Set<CanarySearch.Opened>
    let claims: Set<String>
    let rows: Set<String>

    init(in data: URL, excluding life: CanaryLife) throws {
        let hers =
            ["\(Owner(life.member))", "held-member:\(life.member)", "\(Owner(partyTo: life.member))"]
            + life.cases.map { "\(Owner($0))" }
        opened = Set(try CanarySearch.opened(in: data).filter { !hers.contains($0.owner) })
        let files = LogFiles(data: data)
        claims = Set(
            try Events.SQLiteConnection(files.log, .readOnly).statement(
                "SELECT kind || hex(hash) || holder FROM claims WHERE holder <> '\(hers[0])'"
            ).rows { $0.text(0) })
        rows = try OtherMembers.rows(about: life.other, excluding: life.member, in: data)
        #expect(opened.count > 5 && claims.count == 6 && rows.count > 5)
    }

    /// Rows that name both members are hers, such as a notification of hers, and are left out.
    private static func rows(about member: MemberID, excluding her: MemberID, in data: URL) throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: data.path)
        let file = try #require(names.filter { $0.hasPrefix("views-") && $0.hasSuffix(".sqlite") }.max())
        let views = try Events.SQLiteConnection(data.appending(path: file).path, .readOnly)
        var rows: Set<String> = []
        for table in try views.statement("SELECT name FROM sqlite_schema WHERE type = 'table'").rows({ $0.text(0) }) {
            let columns = try views.statement("SELECT name FROM pragma_table_info('\(table)')").rows { $0.text(0) }
            let values = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
            for row in try views.statement("SELECT \(values) FROM \"\(table)\"").rows({ $0.text(0) })
            where row.names(member) && !row.names(her) {
                rows.insert("\(table): \(row)")
            }
        }
        return rows
    }
}

extension String {
    fileprivate func names(_ member: MemberID) -> Bool {
        split(separator: " ").contains("\(Int(bitPattern: UInt(member.rawValue)))") || contains("\(member)")
    }
}

extension CanaryLife {
    /// The number of her sealed parts that still open with all the keys.
    func opened(in place: CanaryPlace) throws -> Int {
        try CanarySearch.opened(in: place.data).count { $0.owner == "\(Owner(member))" }
    }

    /// Expects that the log is sound and consistent with every head and proof published before.
    func expectProofsHold(on site: CanarySite) async throws {
        let log = site.application.log
        let head = try await log.checkpoint().checkpoint
        #expect(proofs.count > 5)
        for proof in proofs {
            let leaf = try #require(try log.leafInput(ofEventAt: proof.position))
            #expect(proof.proves(leafInput: leaf), "\(proof.position)")
            let (earlier, later) = (proof.checkpoint.checkpoint, head)
            let path = try #require(try log.consistencyProof(from: earlier.size, to: later.size))
            #expect(path.proves(earlier, precedes: later))
        }
        let kept = try #require(proofs.last).checkpoint
        let verified = try LogVerifier(path: site.place.files.log, checkpoint: kept, key: verifierKey).run()
        #expect(verified.isSound && verified.signature == .valid, "\(verified.findings)")
        #expect(verified.consistency == .consistent(size: kept.checkpoint.size))
    }
}
