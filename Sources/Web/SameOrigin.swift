package import Events
import HTTPTypes
package import Hummingbird

/// Whether a browser says that a form was sent from one of our own pages. The form's token decides; this stops the rest at the door.
package enum SameOrigin {
    package static func admits(_ request: Request, at baseURL: BaseURL) -> Bool {
        switch request.headers[.token("Sec-Fetch-Site")] {
        case "same-origin"?, "none"?: return true
        case _?: return false
        case nil: break
        }
        // Older browsers, and any over plain http. `null` comes from pages that send no referrer: it says nothing.
        guard let origin = request.headers[.origin], origin != "null" else { return true }
        if origin == baseURL.origin { return true }
        return origin.drop { $0 != "/" }.dropFirst(2) == request.head.authority ?? ""
    }
}
