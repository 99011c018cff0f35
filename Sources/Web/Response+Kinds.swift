package import Events
package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// To another page of the site. 303: whatever was posted is not posted again.
    package static func redirect(to page: SiteLink) -> Response {
        Response(status: .seeOther, headers: [.location: page.url])
    }

    /// The page has moved to its one right address; the old address stays wrong.
    package static func permanentRedirect(to page: SiteLink) -> Response {
        Response(status: .movedPermanently, headers: [.location: page.url])
    }

    package static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    package static func bytes(_ bytes: [UInt8], type: StaticString, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "\(type)"], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
