import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// The stylesheet and the script, each at an address that names its content: browsers may keep it for ever.
struct Assets: Sendable {
    struct Asset: Sendable {
        let name: String
        let type: StaticString
        let bytes: ByteBuffer
        let eTag: String
    }

    private let byName: [String: Asset]
    let styleSheet: Page
    let script: Page

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
        let hash = SHA256.hash(data: bytes.readableBytesView).prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        name = "\(stem).\(hash).\(ending)"
        eTag = "\"\(hash)\""
        self.type = type
    }

    func response(to request: Request) -> Response {
        let headers: HTTPFields = [
            .eTag: eTag, .cacheControl: "public, max-age=31536000, immutable", .contentType: "\(type)",
        ]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        if known.contains(where: { $0.trimmingPrefix { $0 == " " } == eTag }) {
            var unchanged = Response(status: .notModified, headers: headers)
            unchanged.headers[.contentLength] = nil
            return unchanged
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
