import CZlib
import Events
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import Testkit

@testable import HTML
@testable import Processes
@testable import Site
@testable import SiteMap
@testable import SiteTestkit
@testable import Web

@Suite struct `Sending pages in fewer bytes` {
    private func gzipped(_ site: KitSite, _ path: String, _ method: HTTPRequest.Method = .get, accepting: String?)
        async throws -> TestResponse
    {
        var headers = HTTPFields()
        if let accepting { headers[.acceptEncoding] = accepting }
        return try await site.server.application.test(.router) { [headers] client in
            try await client.executeRequest(uri: path, method: method, headers: headers, body: nil)
        }
    }

    @Test func `a page is the same compressed, and caches are told that there are two forms`() async throws {
        let site = try KitSite()
        let plain = try await gzipped(site, "/", accepting: nil)
        let packed = try await gzipped(site, "/", accepting: "br;q=1, gzip;q=0.8")
        #expect(plain.headers[.contentEncoding] == nil && packed.headers[.contentEncoding] == "gzip")
        #expect(try gunzipped(packed.body) == String(buffer: plain.body))
        #expect(packed.headers[.contentLength] == String(packed.body.readableBytes))
        for answer in [plain, packed] { #expect(answer.headers[.vary] == "Cookie, Accept-Encoding") }
        let head = try await gzipped(site, "/", .head, accepting: "gzip")
        #expect(head.headers[.contentEncoding] == "gzip" && head.body.readableBytes == 0)
        #expect(head.headers[.contentLength] == packed.headers[.contentLength])
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("*", true), ("deflate, gzip;q=0.1", true), ("br, *;q=0.2", true),
        ("identity", false), ("gzip;q=0", false), ("gzip; q=0.0, *", false), ("*;q=0", false), ("", false),
        ("br", false), ("gzipped", false),
    ])
    func `only clients that accept gzip get it`(accepting: String, isGiven: Bool) async throws {
        let answer = try await gzipped(KitSite(), "/", accepting: accepting)
        #expect((answer.headers[.contentEncoding] == "gzip") == isGiven)
    }

    @Test func `an error is compressed like a page; what fits into a packet and what is secret are not`() async throws {
        let site = try KitSite()
        #expect(try await gzipped(site, "/finns-inte", accepting: "gzip").headers[.contentEncoding] == "gzip")
        for path in ["/healthz", "/kvitto/hemligt"] {
            let answer = try await gzipped(site, path, accepting: "gzip")
            #expect(answer.status == .ok && answer.headers[.contentEncoding] == nil)
        }
    }

    @Test func `the stylesheet has a tag for each of its forms`() async throws {
        let site = try KitSite()
        let path = site.site.assets.styleSheet.url
        let plain = try await gzipped(site, path, accepting: nil)
        let packed = try await gzipped(site, path, accepting: "gzip")
        #expect(try gunzipped(packed.body) == String(buffer: plain.body))
        #expect(packed.body.readableBytes < plain.body.readableBytes / 2)
        let (plainTag, packedTag) = (plain.headers[.eTag], packed.headers[.eTag])
        #expect(plainTag != nil && packedTag != nil && plainTag != packedTag)
        for (accepting, tag, status) in [
            (nil, plainTag, 304), (nil, packedTag, 200), ("gzip", packedTag, 304), ("gzip", plainTag, 200),
        ] as [(String?, String?, Int)] {
            var headers = HTTPFields()
            headers[.acceptEncoding] = accepting
            headers[.ifNoneMatch] = tag
            let answer = try await site.server.application.test(.router) { [headers] client in
                try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
            }
            #expect(answer.status.code == status)
            #expect(answer.headers[.vary] == "Accept-Encoding")
            #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
        }
    }

    @Test func `a page cached for visitors is compressed once for all`() async throws {
        try await ForumSite.visited { site, client async throws in
            let moa = try await site.member("moa")
            let (thread, _) = try await site.thread("Hej hej", in: try await site.category("Allmänt"), by: moa)
            let path = "/trad/\(thread)/hej-hej"
            let plain = try await site.browser(client).get(path).text
            let pages = site.forumPages.visitorPages
            let size = pages.size
            func packed() async throws -> String {
                let answer = try await client.executeRequest(
                    uri: path, method: .get, headers: [.acceptEncoding: "gzip"], body: nil)
                #expect(answer.headers[.contentEncoding] == "gzip")
                return try gunzipped(answer.body)
            }
            #expect(try await packed() == plain)
            let both = pages.size
            #expect(both > size && both < size * 2)
            #expect(try await packed() == plain)
            #expect(pages.size == both)
            #expect(try await site.browser(client).get(path).text == plain)
        }
    }
}

private func gunzipped(_ bytes: ByteBuffer) throws -> String {
    var stream = z_stream()
    let version = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    try #require(version == Z_OK)
    defer { inflateEnd(&stream) }
    var source = Array(bytes.readableBytesView)
    var target = [UInt8](repeating: 0, count: 1 << 20)
    let status = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = uInt(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = uInt(target.count)
            return inflate(&stream, Z_FINISH)
        }
    }
    try #require(status == Z_STREAM_END)
    return String(decoding: target.prefix(Int(stream.total_out)), as: UTF8.self)
}
