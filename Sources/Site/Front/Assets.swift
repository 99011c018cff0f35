import Crypto
import Events
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SiteMap
import Web

/// The stylesheet, the script and the icon, each at an address that contains the hash of its content, so that browsers may cache it for
/// ever; and the pictures that browsers look for at fixed addresses.
struct Assets: Sendable {
    struct Asset: Sendable {
        let name: String
        let type: StaticString
        let bytes: ByteBuffer
        let gzipped: ByteBuffer?
        let hash: String
        /// For how long browsers use it without asking.
        let caching: StaticString
    }

    private let byName: [String: Asset]
    let styleSheet: SiteLink
    let script: SiteLink
    let icon: SiteLink
    let favicon: Asset
    let touchIcon: Asset

    init() {
        let style = Asset("site", "css", type: "text/css; charset=utf-8", Embedded.siteCss)
        let script = Asset("site", "js", type: "text/javascript; charset=utf-8", Embedded.siteJs)
        let icon = Asset("icon", "svg", type: "image/svg+xml", Embedded.iconsIconSvg)
        byName = Dictionary(uniqueKeysWithValues: [style, script, icon].map { ($0.name, $0) })
        self.icon = .asset(named: icon.name)
        favicon = Asset(picture: Embedded.iconsFaviconIcoTxt, type: "image/vnd.microsoft.icon")
        touchIcon = Asset(picture: Embedded.iconsAppleTouchIconPngTxt, type: "image/png")
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
        caching = "public, max-age=31536000, immutable"
    }

    /// - Parameter text: the picture in base 64.
    init(picture text: StaticString, type: StaticString) {
        bytes = ByteBuffer(bytes: Data(base64Encoded: "\(text)") ?? Data())
        hash = Hex.encode(Array(SHA256.hash(data: bytes.readableBytesView).prefix(8)))
        name = hash
        gzipped = nil
        self.type = type
        caching = "public, max-age=604800"
    }

    /// Answers with the gzipped or the plain bytes; the two have the same address but different entity tags.
    func response(to request: Request) -> Response {
        let gzipped = Compression.isAccepted(by: request.headers) ? gzipped : nil
        let eTag = gzipped == nil ? "\"\(hash)\"" : "\"\(hash).gz\""
        let headers: HTTPFields = [
            .eTag: eTag, .cacheControl: "\(caching)", .contentType: "\(type)",
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
