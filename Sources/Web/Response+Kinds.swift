package import Events
package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// Redirects to another page of the site with 303, so that the browser does not post the form again.
    package static func redirect(to page: SiteLink) -> Response {
        Response(status: .seeOther, headers: [.location: page.url])
    }

    /// Redirects to the canonical address of the page with 301.
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
