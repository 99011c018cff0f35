import Events
import Foundation
import Testing
import Testkit

@Suite(.clause("P-16.4")) struct `Administering members at the shell` {
    @Test func `closing, deactivating and restoring are one event each, with and without a running site`()
        async throws
    {
        let alone = try await ProgramSite()
        let served = try alone.copy()
        let server = try await served.serve()
        let reasons = ["--rule", "T-04.2", "--facts", "Annonser"]
        let steps: [(words: [String], event: String)] = [
            (["close", "medlem1-1"], "accounts.closed.v2 operator"),
            (["restore", "medlem1-1", "--reason", "Ärende 7"], "accounts.restored.v1 operator"),
            (["deactivate", "medlem1-1", "--until", "2099-01-01"] + reasons, "accounts.deactivated.v1 operator"),
            (["restore", "medlem1-1", "--reason", "Ärende 8"], "oversight.data-viewed.v1 operator"),
            (["close", "medlem1-1", "--breach"] + reasons, "accounts.closed.v2 operator"),
            (
                ["purge", "medlem1-1", "--reason", "requested"],
                "accounts.purged.v2 operator {\"order\":\"requested\"}"
            ),
        ]
        for step in steps {
            for site in [alone, served] {
                let done = try await Program.run(["members"] + step.words + ["--data", site.data])
                #expect(done.status == 0, "\(step.words): \(done.errors)")
            }
            #expect(try alone.lastEvents(20).contains { $0.contains(step.event) }, "\(step.words)")
            #expect(try served.lastEvents(20).contains { $0.contains(step.event) }, "\(step.words)")
        }
        server.signal(SIGTERM)
        #expect(try await server.finish().status == 0)
    }

    @Test func `what cannot be is said in one line`() async throws {
        let site = try await ProgramSite()
        let wrong = [
            ["close", "nobody"], ["close", "medlem1-1", "--breach"], ["close", "medlem1-1", "--rule", "x"],
            ["restore", "medlem1-1", "--reason", "Ärende 7"],
            ["restore", "medlem1-1", "--reason", ""],
            ["deactivate", "medlem1-1", "--until", "2020-01-01", "--rule", "a", "--facts", "b"],
            ["deactivate", "medlem1-1", "--until", "soon", "--rule", "a", "--facts", "b"],
            ["deactivate", "medlem1-1", "--until", "2099-01-01"],
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

    @Test(.clause("P-12.5")) func `a closed account is purged with a reason, unless an authority holds it`()
        async throws
    {
        let site = try await ProgramSite()
        let purge = ["members", "purge", "--data", site.data]
        func refused(_ words: [String], saying words2: String) async throws {
            let head = try LogCopy(site.files).head()
            let answer = try await Program.run(purge + words)
            #expect(answer.status == 2 && answer.output.isEmpty, "\(words)")
            #expect(answer.errors.contains(words2), "\(answer.errors)")
            #expect(answer.errors.split(separator: "\n").count == 1 || words.count == 1, "\(answer.errors)")
            #expect(try LogCopy(site.files).head() == head)
        }
        try await refused(["medlem1-1"], saying: "--reason")
        try await refused(["medlem1-1", "--reason", "whim"], saying: "requested, mistaken, underage, ordered")
        try await refused(["nobody", "--reason", "requested"], saying: "no confirmed member")
        try await refused(["medlem1-1", "--reason", "requested"], saying: "close it first, with 'members close'")
        _ = try await site.run("members", "close", "medlem1-1")
        let (member, proposal) = try await site.proposedHold(on: "medlem1-1", by: "medlem1-0")
        #expect(try await site.run("holds", "confirm", proposal).output.contains("is held"))
        try await refused(["medlem1-1", "--reason", "requested"], saying: "lift that first, with 'holds lift'")
        #expect(try await site.run("holds", "lift", member).output.contains("is released"))
        let head = try LogCopy(site.files).head()
        let purged = try await Program.run(purge + ["medlem1-1", "--reason", "requested"])
        #expect(purged.status == 0, "\(purged.errors)")
        let events = try LogCopy(site.files).events(after: head, limit: 10)
        // The fences of the member's data and of the content of the hold.
        #expect(events.map(\.type.name) == ["accounts.purged", "erasure.fenced", "erasure.fenced"])
        let token = try #require(purged.output.split(separator: "/kvitto/").last?.prefix { $0 != "." })
        #expect(purged.output.contains("The fence is event \(events[1].position)."))
        #expect(String(decoding: events[1].clear.bytes, as: UTF8.self).contains("\(TextHash(of: String(token)))"))
        try await refused(["medlem1-1", "--reason", "requested"], saying: "no confirmed member")

        _ = try await site.run("members", "close", "medlem1-2")
        let json = try await Program.run(purge + ["medlem1-2", "--reason", "mistaken", "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["state"] as? String == "purged")
        let fence = try LogCopy(site.files).head()
        #expect(object?["fence"] as? Int == fence)
        #expect((object?["receipt"] as? String)?.hasPrefix("/kvitto/") == true)
    }
}
