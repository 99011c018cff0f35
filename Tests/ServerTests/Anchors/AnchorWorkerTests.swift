import Crypto
import Events
import Foundation
import Synchronization
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Server
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Witnesses and time stamps` {
    @Test func `a witness cosigns each checkpoint after the last, and its cosignature is kept and checked`()
        async throws
    {
        let (site, witness) = (try AnchoredSite(), WitnessStandIn(name: "witness.example.org"))
        try await site.withLog { log async throws in
            let worker = site.worker(log, [witness.witness], post: witness.post)
            try await site.grow(log)
            await worker.work(on: try await log.checkpoint())
            #expect(witness.sizes.value == [3])
            try await site.grow(log)
            await worker.work(on: try await log.checkpoint())
            #expect(witness.sizes.value == [3, 6])
            let cosigned = try #require(site.files.cosigned)
            #expect(cosigned.checkpoint.size == 6)
            #expect(witness.witness.key.verify(cosigned) == .valid(at: witness.time))
            #expect(site.verifierKey.verify(cosigned) == .valid, "the log's own signature stays")
            #expect(FileManager.default.fileExists(atPath: site.anchor.appending(path: "checkpoint.cosigned").path))
        }
    }

    @Test func `a witness that has seen more than is known here is asked from there`() async throws {
        let (site, witness) = (try AnchoredSite(), WitnessStandIn(name: "witness.example.org"))
        try await site.withLog { log async throws in
            try await site.grow(log)
            await site.worker(log, [witness.witness], post: witness.post).work(on: try await log.checkpoint())
            try FileManager.default.removeItem(at: site.files.url(of: .cosigned))
            try await site.grow(log)
            await site.worker(log, [witness.witness], post: witness.post).work(on: try await log.checkpoint())
            #expect(witness.sizes.value == [3, 6])
            #expect(site.files.cosigned?.checkpoint.size == 6)
        }
    }

    @Test func `a witness that is silent, or signs something else, hinders no other`() async throws {
        let (site, witness) = (try AnchoredSite(), WitnessStandIn(name: "one.example.org"))
        let liar = WitnessStandIn(name: "two.example.org", lies: true)
        let silent = WitnessStandIn(name: "three.example.org")
        let post = HTTPPost { address, type, body in
            if address.contains("one.") { return try await witness.post.send(address, type, body) }
            if address.contains("two.") { return try await liar.post.send(address, type, body) }
            throw HTTPPost.Unreachable(code: 7)
        }
        try await site.withLog { log async throws in
            try await site.grow(log)
            let all = [liar.witness, silent.witness, witness.witness]
            await site.worker(log, all, post: post).work(on: try await log.checkpoint())
            let cosigned = try #require(site.files.cosigned)
            #expect(witness.witness.key.verify(cosigned) == .valid(at: witness.time))
            #expect(liar.witness.key.verify(cosigned) == .absent && silent.witness.key.verify(cosigned) == .absent)
        }
    }

    @Test func `an authority's time stamp is asked for, kept and verified, and proves nothing of another file`()
        async throws
    {
        let (site, authority) = (try AnchoredSite(), try TimestampAuthority())
        try await site.withLog { log async throws in
            try await site.grow(log)
            let worker = site.worker(log, [], authority: WebAddress("http://tsa.example.org"), post: authority.post)
            await worker.work(on: try await log.checkpoint())
            await worker.work(on: try await log.checkpoint())
            #expect(authority.count.value == 1, "nothing has happened since")
            let (response, stamped) = (site.files.url(of: .timestamp), site.files.url(of: .stamped))
            guard case .valid = try Timestamp.verify(response, of: stamped, by: authority.certificate) else {
                Issue.record("the stamp is the authority's")
                return
            }
            let other = try TimestampAuthority()
            guard case .wrong = try Timestamp.verify(response, of: stamped, by: other.certificate) else {
                Issue.record("another authority is not believed")
                return
            }
            try Data("something else".utf8).write(to: stamped)
            guard case .wrong = try Timestamp.verify(response, of: stamped, by: authority.certificate) else {
                Issue.record("it is of that file only")
                return
            }
        }
    }

    @Test func `an answer that is no time stamp is not kept`() async throws {
        let site = try AnchoredSite()
        let post = HTTPPost { _, _, _ in HTTPPost.Answer(status: 200, body: Array("<html>".utf8)) }
        try await site.withLog { log async throws in
            try await site.grow(log)
            await site.worker(log, [], authority: WebAddress("http://tsa.example.org"), post: post)
                .work(on: try await log.checkpoint())
            #expect(site.files.read(.timestamp) == nil && site.files.read(.stamped) == nil)
        }
    }

    @Test func `log verify says which of it could be checked`() async throws {
        let (site, witness) = (try AnchoredSite(), WitnessStandIn(name: "witness.example.org"))
        let authority = try TimestampAuthority()
        let post = HTTPPost { address, type, body in
            try await (address.contains("tsa") ? authority.post : witness.post).send(address, type, body)
        }
        try await site.withLog { log async throws in
            try await site.grow(log)
            await site.worker(log, [witness.witness], authority: WebAddress("http://tsa.example.org"), post: post)
                .work(on: try await log.checkpoint())
            try await site.grow(log)
            _ = try await log.checkpoint()
        }
        let verify = ["log", "verify", "--data", site.data.path]
        let bare = try await Program.run(verify)
        #expect(bare.status == 0)
        for words in ["anchor: not checked (give", "witnesses: not checked (give", "time stamp: not checked (give"] {
            #expect(bare.output.contains(words), "\(bare.output)")
        }
        let stranger = WitnessStandIn(name: "stranger.example.org")
        let whole = try await Program.run(
            verify + [
                "--anchor", site.anchor.path, "--witness", witness.witness.key.description, "--witness",
                stranger.witness.key.description, "--timestamp-certificates", authority.certificate.path,
            ])
        #expect(whole.status == 0, "\(whole.output) \(whole.errors)")
        for words in [
            "anchor: the log goes on from the 6 events", "witness witness.example.org: cosigned 3 events at",
            "witness stranger.example.org: not checked (it has not cosigned", "time stamp: 3 events were there at",
        ] {
            #expect(whole.output.contains(words), "\(whole.output)")
        }
        let other = try TimestampAuthority()
        let wrong = try await Program.run(verify + ["--timestamp-certificates", other.certificate.path])
        #expect(wrong.status == 1 && wrong.output.contains("time stamp: WRONG"))
        #expect(try await Program.run(verify + ["--witness", "abc"]).status == 2)
        #expect(try await Program.run(verify + ["--timestamp-certificates", "/nowhere"]).status == 2)
    }

    @Test func `a log that was written anew is not the one that the witness saw`() async throws {
        let (site, witness) = (try AnchoredSite(), WitnessStandIn(name: "witness.example.org"))
        try await site.withLog { log async throws in
            try await site.grow(log)
            await site.worker(log, [witness.witness], post: witness.post).work(on: try await log.checkpoint())
        }
        // The same log name over different events.
        let note = try #require(site.files.cosigned)
        let forged = Checkpoint(
            origin: note.checkpoint.origin, size: 2, root: Array(repeating: 7, count: 32))
        let text = forged.text
        let cosigned = text + "\n" + witness.line(for: text)
        try site.files.keep(Array(cosigned.utf8), as: .cosigned)
        let result = try await Program.run(
            ["log", "verify", "--data", site.data.path, "--witness", witness.witness.key.description])
        #expect(result.status == 1)
        #expect(
            result.output.contains("witness witness.example.org: WRONG, the log does not go on"), "\(result.output)")
    }

    @Test func `addresses and keys are read as they are written`() throws {
        let witness = WitnessStandIn(name: "witness.example.org").witness
        #expect(Witness(witness.description) == witness)
        for text in [
            "", "https://w.example.org", "ftp://w.example.org \(witness.key)", "https://w.example.org abc",
            "https://w.example.org \(witness.key.description.replacing("witness", with: "another"))",
        ] {
            #expect(Witness(text) == nil, "\(text)")
        }
    }

    @Test func `libcurl posts what it is given, and gives up what is too long`() async throws {
        let server = try await EchoServer()
        let answer = try await HTTPPost.live.send(
            "http://127.0.0.1:\(server.port)/add-checkpoint", "text/plain; charset=utf-8", Array("old 0\n".utf8))
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "/add-checkpoint text/plain; charset=utf-8 old 0\n")
        await #expect(throws: HTTPPost.Unreachable.self) {
            try await HTTPPost.live.send("http://127.0.0.1:\(server.port)/long", "text/plain", [])
        }
        await #expect(throws: HTTPPost.Unreachable.self) {
            try await HTTPPost.live.send("file:///etc/passwd", "text/plain", [])
        }
        server.stop()
        await #expect(throws: HTTPPost.Unreachable.self) {
            try await HTTPPost.live.send("http://127.0.0.1:\(server.port)/", "text/plain", [])
        }
    }
}
