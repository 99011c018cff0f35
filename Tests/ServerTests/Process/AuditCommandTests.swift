import Events
import Foundation
import Projections
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Auditing at the shell` {
    @Test func `a copy of the log without keys or views is audited, and every clause is told`() async throws {
        let site = try await ProgramSite()
        let copy = try site.bareCopy()
        let audit = try await copy.run("policy", "audit")
        #expect(audit.status == 3, "\(audit.output)\(audit.errors)")
        #expect(audit.output.contains("P-00.1  proved") && audit.output.contains("P-07.2  not checked"))
        #expect(
            audit.output.contains("P-02.1  attested")
                && audit.output.contains("by test  a link elsewhere is marked as such"))
        #expect(
            audit.output.contains("P-05.1  not checked") && audit.output.contains("because  visits.sqlite is missing"))
        #expect(audit.output.contains("holds  closed-accounts-are-erased"))
        #expect(audit.output.contains("not checked  former-members-are-hidden"))
        // The command opens the site, and so builds the views.
        #expect(try await site.run("members", "grant-role", "medlem1-1", "auditor").status == 0)
        let running = try await site.run("policy", "audit", "--json")
        #expect(running.status == 3)
        let lines = try running.lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(
            lines.count == PolicyClause.allCases.count + 1 && (lines.last?["clauses"] as? [String: Int])?["broken"] == 0
        )
        #expect(lines.first?["clause"] as? String == "P-00.1" && (lines.first?["text"] as? String)?.isEmpty == false)
        // The site was never served, so there are no visits.
        let missing = lines.filter { ($0["reasons"] as? [String])?.contains { $0.hasPrefix("visits.sqlite") } ?? false }
        #expect(missing.compactMap { $0["clause"] as? String } == ["P-05.1", "P-05.2"])
    }

    @Test func `an earlier time is judged by the log as it was then, and by no file`() async throws {
        let site = try await ProgramSite()
        let log = try LogCopy(site.files)
        let begun = try #require(try log.events(after: 0, limit: 1).first?.time)
        let audit = try await site.run("policy", "audit", "--at", "\(begun.advanced(seconds: 1))")
        #expect(audit.status == 3, "\(audit.output)\(audit.errors)")
        #expect(audit.output.contains("not checked  former-members-are-hidden"))
        let before = try await site.run("policy", "audit", "--at", "1999-01-01")
        #expect(before.status == 70 && before.errors.contains("no version of the policy was in force"))
    }

    @Test func `each month is judged for itself, with the first and the last breach`() async throws {
        let site = try await ProgramSite()
        let log = try LogCopy(site.files)
        let begun = try #require(try log.events(after: 0, limit: 1).first?.time)
        let audit = try await site.run("policy", "audit", "--from", "\(begun)")
        #expect(audit.status == 3, "\(audit.output)\(audit.errors)")
        let month = String(Events.Clock.system.now().stockholmDate.description.prefix(7))
        #expect(audit.lines.contains { $0 == "\(month)  P-00.1  proved" })
        #expect(audit.lines.contains { $0.hasPrefix("\(month)  P-05.1  not checked  because what the files") })
        let copy = try site.bareCopy()
        let confirmed = try #require(
            try log.events(after: 0, limit: 1000).first { $0.type.name == "accounts.confirmed" })
        try copy.tamper("UPDATE events SET type = 'accounts.purge-announced' WHERE position = \(confirmed.position)")
        let broken = try await copy.run("policy", "audit", "--from", "\(begun)", "--json")
        #expect(broken.status == 1)
        let clauses = try broken.lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let late = try #require(clauses.first { $0["verdict"] as? String == "broken" })
        #expect(late["month"] as? String != nil && late["first"] as? Int != nil && late["last"] as? Int != nil)
    }

    @Test func `a broken promise is told with position and member, and ends with 1`() async throws {
        let site = try await ProgramSite()
        let copy = try site.bareCopy()
        let log = try LogCopy(copy.files)
        let confirmed = try #require(
            try log.events(after: 0, limit: 1000).first { $0.type.name == "accounts.confirmed" })
        try copy.tamper("UPDATE events SET type = 'accounts.purge-announced' WHERE position = \(confirmed.position)")
        let audit = try await copy.run("policy", "audit", "--at", "2100-01-01")
        #expect(audit.status == 1)
        #expect(audit.output.contains("BROKEN  sign-ups-lapse"))
        #expect(audit.output.contains(", \(confirmed.stream): should have gone by"))
        #expect(audit.errors.split(separator: "\n").count == 1)
    }

    @Test func `leaves evidence with the rules, the verdicts, and proofs of what they cite`() async throws {
        let site = try await ProgramSite()
        let folder = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try await site.run("policy", "audit", "--evidence", folder.path).status != 2)
        let rules = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "rules").path)
        #expect(rules.contains("P-16.3.sql"))
        #expect(rules.allSatisfy { PolicyClause(rawValue: String($0.dropLast(4))) != nil })
        #expect(FileManager.default.isExecutableFile(atPath: folder.appending(path: "run.sh").path))
        let verdicts = try JSONSerialization.jsonObject(
            with: Data(contentsOf: folder.appending(path: "verdicts.json")))
        let clauses = try #require((verdicts as? [String: Any])?["clauses"] as? [[String: Any]])
        #expect(clauses.count == PolicyClause.allCases.count)
        let proofs = folder.appending(path: "proofs")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: proofs.path).first)
        let proof = try EventProof(text: String(contentsOf: proofs.appending(path: name), encoding: .utf8))
        #expect("\(proof.position).tlog-proof" == name)
        let again = try await site.run("policy", "audit", "--evidence", folder.path)
        #expect(again.status == 2 && again.errors.contains("is not an empty directory"))
    }

    @Test(arguments: [
        ["policy", "audit", "--at", "soon"], ["policy", "audit", "--from", "soon"],
        ["policy", "audit", "--to", "2026-01-01"], ["policy", "audit", "--from", "2026-02-01", "--to", "2026-01-01"],
        ["policy", "audit", "--at", "2026-01-01", "--from", "2026-01-01"], ["log", "replay"],
        ["log", "replay", "--as-of", "then"],
        ["log", "show", "--actor", "nobody"], ["log", "show", "--clause", "P-99.9"],
        ["log", "show", "--stream", "a b"],
        ["log", "show", "--since", "2026-02-01", "--until", "2026-01-01"], ["log", "show", "--member", "x"],
        ["log", "show", "--limit", "0"],
    ])
    func `wrong words end with 2 and one line`(words: [String]) async throws {
        let site = try await ProgramSite()
        let refused = try await Program.run(words + ["--data", site.data])
        #expect(refused.status == 2, "\(refused.output)\(refused.errors)")
    }

    @Test func `the log is shown by actor and by clause`() async throws {
        let site = try await ProgramSite()
        let operated = try await site.run("log", "show", "--actor", "operator")
        #expect(operated.lines.count >= 4 && operated.lines.allSatisfy { $0.contains(" by operator ") })
        let evidence = try await site.run("log", "show", "--clause", "p-00.1", "--json")
        #expect(evidence.lines.count == 4 && evidence.lines.allSatisfy { $0.contains("\"stream\":\"") })
        let member = try #require(operated.status == 0 ? MemberID(rawValue: 1) : nil)
        #expect(try await site.run("log", "show", "--actor", "member:\(member)").output.isEmpty)
    }

    @Test func `the past is replayed from a copy without keys, and what is sealed stays so`() async throws {
        let site = try await ProgramSite()
        let copy = try site.bareCopy()
        let before = try await copy.run("log", "replay", "--as-of", "1999-01-01")
        #expect(before.status == 0 && before.output.contains("policy  none") && !before.output.contains("directory"))
        let now = try await copy.run("log", "replay", "--as-of", "2100-01-01")
        #expect(now.output.contains("members  active  3") && now.output.contains("policy  2019-08-18 sha256:"))
        #expect(now.output.contains("forum  threads  2, open 2"))
        #expect(now.lines.count { $0.hasPrefix("directory") } == 3)
        #expect(now.output.contains("username sealed  name hidden  age-and-sex hidden  municipality sealed"))
        #expect(!now.output.contains("medlem1"))
        let json = try await copy.run("log", "replay", "--as-of", "2100-01-01", "--json")
        #expect(json.lines.count == 4)
        for line in json.lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
    }
}

extension ProgramSite {
    /// The log alone, as an auditor receives it.
    func bareCopy() throws -> ProgramSite {
        let copy = try copy()
        for name in try FileManager.default.contentsOfDirectory(atPath: copy.data) where name != "log.sqlite" {
            try FileManager.default.removeItem(at: copy.files.data.appending(path: name))
        }
        return copy
    }
}
