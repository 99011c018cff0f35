import Crypto
import Events
import HTTPTypes
import Hummingbird
import NIOCore
import SiteMap
import Web

/// The stylesheet and the script, each at an address that contains the hash of its content, so that browsers may cache it for ever.
struct Assets: Sendable {
    struct Asset: Sendable {
        let name: String
        let type: StaticString
        let bytes: ByteBuffer
        let gzipped: ByteBuffer?
        let hash: String
    }

    private let byName: [String: Asset]
    let styleSheet: SiteLink
    let script: SiteLink

    init() {
        let style = Asset("site", "css", type: "text/css; charset=utf-8", Embedded.siteCss)
        let script = Asset("site", "js", type: "text/javascript; charset=utf-8", Embedded.siteJs)
        byName = [style.name: style, script.name: script]
        styleSheet = .asset(named: style.name)
        self.script = .asset(named: script.name)
    }

    func asset(named name: String) -> Asset? { byName[name] }
}

extension Assets.Asset {
    init(_ stem: String, _ ending: String, type: StaticString, _ text: StaticString) {
        bytes = ByteBuffer(staticString: text)
        hash = Hex.encode(Array(SHA256.hash(data: bytes.readableBytesView).prefix(8)))
        name = "\(stem).\(hash).\(ending)"
        gzipped = Gzip.compress(bytes, level: Gzip.thorough)
        self.type = type
    }

    /// Answers with the gzipped or the plain bytes; the two have the same address but different entity tags.
    func response(to request: Request) -> Response {
        let gzipped = Compression.isAccepted(by: request.headers) ? gzipped : nil
        let eTag = gzipped == nil ? "\"\(hash)\"" : "\"\(hash).gz\""
        let headers: HTTPFields = [
            .eTag: eTag, .cacheControl: "public, max-age=31536000, immutable", .contentType: "\(type)",
            .vary: "Accept-Encoding",
        ]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        if known.contains(where: { $0.trimmingPrefix { $0 == " " } == eTag }) {
            var unchanged = Response(status: .notModified, headers: headers)
            unchanged.headers[.contentLength] = nil
            return unchanged
        }
        var response = Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
        if let gzipped { response.use(gzipped: gzipped) }
        return response
    }
}
