import Accounts
import Events
import Foundation
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite(.clause("P-01.2")) struct `Versions at the shell` {
    /// The example in `Fixtures`, dated `days` from today.
    private func folder(_ kind: String, _ example: String, in days: Double, _ site: ProgramSite) throws -> String {
        let version = Instant(Date()).advanced(seconds: days * 86_400).stockholmDate.description
        let folder = site.directory.appending(path: "\(kind)-\(version)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = project.appending(path: "Fixtures/\(kind)/\(example)")
        for name in [kind == "terms" ? "terms.md" : "policy.md", "rules.yaml"] {
            let text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
            try text.replacing("\"\(example)\"", with: "\"\(version)\"")
                .write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        return folder.path
    }

    @Test func `are previewed and published alike with and without a running site`() async throws {
        let alone = try await ProgramSite()
        let served = try alone.copy()
        let (today, later) = (
            try folder("policies", "2028-03-01", in: 0, alone), try folder("terms", "2028-03-01", in: 30, alone)
        )
        let server = try await served.serve()
        let head = try LogCopy(alone.files).head()
        for words in [
            ["policy", "preview", today], ["policy", "preview", today, "--json"], ["policy", "preview", later],
            ["policy", "publish", today], ["policy", "publish", later], ["policy", "publish", later],
            ["policy", "list"], ["policy", "list", "--terms"],
        ] {
            let here = try await Program.run(words + ["--data", alone.data])
            let there = try await Program.run(words + ["--data", served.data])
            #expect(here.status == 0 && here.errors.isEmpty, "\(words): \(here.errors)")
            #expect(
                there.status == 0 && here.untimed == there.untimed, "\(words): \(here.output) \(there.output)")
            if words[1] == "preview" { #expect(try LogCopy(alone.files).head() == head) }
        }
        #expect(try alone.events(in: PolicyDocument.stream).count == 4)
        #expect(try alone.events(in: PolicyDocument.stream) == served.events(in: PolicyDocument.stream))
        #expect(try await served.run("policy", "list").output.contains("in force  major"))
        #expect(try await served.run("policy", "list", "--terms").output.contains("announced  major"))
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `with a mistake are refused in one line that names the file and the line`() async throws {
        let site = try await ProgramSite()
        let path = try folder("policies", "2028-03-01", in: 0, site)
        let rules = URL(fileURLWithPath: path).appending(path: "rules.yaml")
        let right = try String(contentsOf: rules, encoding: .utf8)
        let head = try LogCopy(site.files).head()
        for (old, new, reason) in [
            ("visitLog: P60D", "visitLog: 60 dagar", "must be a period"),
            ("visitLog: P60D", "visitLog: P2Y", "promised since"),
            ("change: major", "change: stor", "must be one of minor, major"),
            ("change: major", "chnage: major", "change is missing"),
            ("change: major", "change: major\nextra: 1", "extra is not known"),
        ] {
            try right.replacing(old, with: new).write(to: rules, atomically: true, encoding: .utf8)
            for command in ["preview", "publish"] {
                let refused = try await site.run("policy", command, path)
                #expect(refused.status == 2 && refused.output.isEmpty, "\(new): \(refused.output)")
                #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
                #expect(
                    refused.errors.contains(reason) && refused.errors.contains("\(rules.path):"), "\(refused.errors)")
            }
        }
        for wrong in [site.directory.path, "/nowhere", rules.path] {
            let refused = try await site.run("policy", "publish", wrong)
            #expect(
                refused.status == 2 && refused.errors.contains("must be a folder with rules.yaml"), "\(refused.errors)")
        }
        #expect(try await site.run("policy", "publish").status == 2)
        #expect(try LogCopy(site.files).head() == head)
    }

    @Test func `generations are compared by number or by file`() async throws {
        let site = try await ProgramSite()
        let kept = site.directory.appending(path: "kept.sqlite").path
        #expect(try await site.run("views", "rebuild").status == 0)
        let number = try #require(try site.files(ending: ".sqlite").first { $0.hasPrefix("views-") })
        try FileManager.default.copyItem(atPath: "\(site.data)/\(number)", toPath: kept)
        let today = try folder("policies", "2028-03-01", in: 0, site)
        #expect(try await site.run("policy", "publish", today).status == 0)
        #expect(try await site.run("views", "rebuild").status == 0)
        let current = try #require(try site.files(ending: ".sqlite").first { $0.hasPrefix("views-") })
        let generation = String(current.dropFirst("views-".count).dropLast(".sqlite".count))
        let same = try await site.run("views", "diff", generation, "\(site.data)/\(current)")
        #expect(same.status == 0 && same.output.hasPrefix("No difference in "), "\(same.output)\(same.errors)")
        let different = try await site.run("views", "diff", kept, generation)
        #expect(
            different.status == 0 && different.output.contains("trail: 2 added, 0 removed, 0 changed"),
            "\(different.output)")
        let json = try await site.run("views", "diff", kept, generation, "--json")
        #expect(json.output.contains("\"table\":\"trail\"") && json.output.contains("\"equal\":false"))
        for wrong in ["99", "/nowhere", "\(site.data)/log.sqlite", "x"] {
            let refused = try await site.run("views", "diff", generation, wrong)
            #expect(refused.status == 2 && refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        }
    }
}

extension Program.Result {
    /// The output without durations and event counts, since a served site appends events too.
    fileprivate var untimed: String {
        output.replacing(/"(events|eventsPerSecond|seconds)":[0-9.e-]+/, with: "").replacing(
            /of \d+ events in [0-9.]+ s/, with: "")
    }
}
