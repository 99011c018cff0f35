package import Events
import HTTPTypes
package import Hummingbird

/// Checks the browser's statement that a form was sent from one of the site's own pages: an early refusal before the form token decides.
package enum SameOrigin {
    package static func admits(_ request: Request, at baseURL: BaseURL) -> Bool {
        switch request.headers[.token("Sec-Fetch-Site")] {
        case "same-origin"?, "none"?: return true
        case _?: return false
        case nil: break
        }
        // Older browsers, and every browser over plain http. Pages without a referrer send `null`, which proves nothing either way.
        guard let origin = request.headers[.origin], origin != "null" else { return true }
        if origin == baseURL.origin { return true }
        return origin.drop { $0 != "/" }.dropFirst(2) == request.head.authority ?? ""
    }
}
