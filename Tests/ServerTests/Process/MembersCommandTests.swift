import Events
import Foundation
import Testing
import Testkit

@Suite(.clause("P-16.4")) struct `Administering members at the shell` {
    @Test func `closing, deactivating, restoring and holding are one event each, with and without a running site`()
        async throws
    {
        let alone = try await ProgramSite()
        let served = try alone.copy()
        let server = try await served.serve()
        let reasons = ["--rule", "T-04.2", "--facts", "Annonser"]
        let steps: [(words: [String], event: String)] = [
            (["close", "medlem1-1"], "accounts.closed.v1 operator"),
            (["restore", "medlem1-1"], "accounts.restored.v1 operator"),
            (["deactivate", "medlem1-1", "--until", "2099-01-01"] + reasons, "accounts.deactivated.v1 operator"),
            (["restore", "medlem1-1"], "accounts.restored.v1 operator"),
            (["close", "medlem1-1", "--breach"] + reasons, "accounts.closed.v1 operator"),
            (["hold", "medlem1-1", "--reference", "K-1", "--secret"], "oversight.hold-placed.v1 operator"),
            (["release", "medlem1-1"], "oversight.hold-lifted.v1 operator"),
        ]
        for step in steps {
            for site in [alone, served] {
                let done = try await Program.run(["members"] + step.words + ["--data", site.data])
                #expect(done.status == 0, "\(step.words): \(done.errors)")
            }
            #expect(try alone.lastEvents(3).contains { $0.contains(step.event) }, "\(step.words)")
            #expect(try served.lastEvents(3).contains { $0.contains(step.event) }, "\(step.words)")
        }
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `what cannot be is said in one line`() async throws {
        let site = try await ProgramSite()
        let wrong = [
            ["close", "nobody"], ["close", "medlem1-1", "--breach"], ["close", "medlem1-1", "--rule", "x"],
            ["restore", "medlem1-1"],
            ["deactivate", "medlem1-1", "--until", "2020-01-01", "--rule", "a", "--facts", "b"],
            ["deactivate", "medlem1-1", "--until", "soon", "--rule", "a", "--facts", "b"],
            ["deactivate", "medlem1-1", "--until", "2099-01-01"], ["hold", "medlem1-1", "--reference", ""],
        ]
        let head = try LogCopy(site.files).head()
        for words in wrong {
            let refused = try await Program.run(["members"] + words + ["--data", site.data])
            #expect(refused.status == 2, "\(words): \(refused.errors)")
            #expect(refused.errors.split(separator: "\n").count == 1, "\(words): \(refused.errors)")
        }
        #expect(try LogCopy(site.files).head() == head)
        let answered = try await site.run("members", "close", "medlem1-1", "--json")
        #expect(answered.output.contains("\"state\":\"closed\""))
    }
}
