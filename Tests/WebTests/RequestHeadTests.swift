import NIOHTTP1
import Testing

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `The head of a request` {
    private func head(
        _ uri: String, _ headers: HTTPHeaders, _ method: HTTPMethod = .GET, _ version: HTTPVersion = .http1_1
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: method, uri: uri, headers: headers)
    }

    private func refusal(of head: HTTPRequestHead) -> RequestRefusal? {
        do throws(RequestRefusal) {
            _ = try head.checked()
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "example.org", "example.org:8080", "localhost", "127.0.0.1:80", "[::1]", "[::1]:8080", "a_b.example", "x:",
    ])
    func `says for which host it is`(host: String) {
        #expect(refusal(of: head("/", ["Host": host])) == nil)
    }

    @Test(arguments: [
        "", " ", "a b", "a/b", "user@example.org", "a:b", "a:123456", "a:70000", ":80", "[::1", "[]", "[1.2.3.4]", "å",
        "a,b", "a\tb", "<x>", "a?b", String(repeating: "a", count: 300),
    ])
    func `is refused when the host is none`(host: String) {
        #expect(refusal(of: head("/", ["Host": host])) == .malformed)
        #expect(refusal(of: head("/", ["Host": host], .GET, .http1_0)) == .malformed)
    }

    @Test func `names one host, no fewer and no more; HTTP/1.0 may leave it out`() {
        #expect(refusal(of: head("/", [:])) == .malformed)
        #expect(refusal(of: head("/", [("Host", "a"), ("host", "a")].headers)) == .malformed)
        #expect(refusal(of: head("/", [:], .GET, .http1_0)) == nil)
        #expect(refusal(of: head("/", [("Host", "a"), ("Host", "b")].headers, .GET, .http1_0)) == .malformed)
    }

    @Test func `may spell the whole address; then its host counts`() throws {
        let read = try head("HTTP://Example.org:80/forum?sida=2", ["Host": "other"]).checked()
        #expect(read.uri == "/forum?sida=2" && read.headers["host"] == ["Example.org:80"])
        #expect(try head("https://example.org", ["Host": "example.org"]).checked().uri == "/")
        #expect(try head("http://example.org?q=1", ["Host": "example.org"]).checked().uri == "/?q=1")
    }

    @Test(arguments: ["http:///forum", "http://", "ftp://a/", "http://u@a/", "forum", "*", "a:80", "/forum#x"])
    func `is refused for a target that is none`(target: String) {
        #expect(refusal(of: head(target, ["Host": "a"])) == .malformed)
    }

    @Test func `may ask for no page in particular, and for no tunnel`() {
        #expect(refusal(of: head("*", ["Host": "a"], .OPTIONS)) == nil)
        #expect(refusal(of: head("a:443", ["Host": "a"], .CONNECT)) == .connect)
    }

    @Test func `says how long the body is in one way only`() {
        func framed(_ fields: [(String, String)], _ version: HTTPVersion = .http1_1) -> RequestRefusal? {
            refusal(of: head("/kontakt", ([("Host", "a")] + fields).headers, .POST, version))
        }
        #expect(framed([("Content-Length", "5")]) == nil)
        #expect(framed([("Transfer-Encoding", "Chunked")]) == nil)
        #expect(framed([("Transfer-Encoding", "chunked")], .http1_0) == .malformed)
        #expect(framed([("Transfer-Encoding", "chunked"), ("Content-Length", "5")]) == .malformed)
        #expect(framed([("Content-Length", "5"), ("Content-Length", "5")]) == .malformed)
        for coding in ["identity", "gzip, chunked", "chunked, chunked", "xchunked", "chunked;a=1", ""] {
            #expect(framed([("Transfer-Encoding", coding)]) == .malformed, "\(coding)")
        }
        for length in ["-1", "+5", "5 5", "0x5", ""] {
            #expect(framed([("Content-Length", length)]) == .malformed, "\(length)")
        }
        #expect(framed([("Content-Length", "99999999999999999999")]) == .tooLarge)
        #expect(framed([("Content-Length", String(RequestBounds.body + 1))]) == .tooLarge)
    }

    @Test func `has a target of bounded length, and expects nothing that is unknown`() {
        let long = "/" + String(repeating: "a", count: RequestBounds.target)
        #expect(refusal(of: head(long, ["Host": "a"])) == .targetTooLong)
        #expect(refusal(of: head("/", ["Host": "a", "Expect": "100-Continue"])) == nil)
        #expect(refusal(of: head("/", ["Host": "a", "Expect": "gold"])) == .expectation)
    }
}

extension [(String, String)] {
    fileprivate var headers: HTTPHeaders { HTTPHeaders(self) }
}
