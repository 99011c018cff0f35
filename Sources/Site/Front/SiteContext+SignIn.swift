import Events
import HTTPTypes
import Hummingbird
import Processes
import Web

extension SiteContext {
    /// Signs the member in, in this browser, under a new token; whatever it was signed in as before ends.
    func signIn(_ member: MemberID, then response: Response, userAgent: String?) throws -> Response {
        let token = try visit.site.sessions.begin(
            for: member, device: DeviceLabel.label(userAgent: userAgent),
            replacing: visit.cookie.isKnown ? visit.cookie.token : nil, at: now)
        var response = response
        response.headers.append(
            SessionCookie(replacing: visit.cookie, with: token).setting(
                seconds: visit.site.sessions.cookieTime(at: now)))
        return response
    }

    /// The same session under another token: what else knew the old one is signed out.
    func renewSession(then response: Response) throws -> Response {
        guard visit.session != nil, let token = try visit.site.sessions.renew(visit.cookie.token) else {
            return response
        }
        var response = response
        response.headers.append(
            SessionCookie(replacing: visit.cookie, with: token).setting(
                seconds: visit.site.sessions.cookieTime(at: now)))
        return response
    }

    /// Signs this browser out, takes its cookie back and has it forget the pages it has seen. The cookie of a known device stays.
    func signOut(then response: Response) throws -> Response {
        try visit.site.sessions.end(visit.cookie.token)
        var response = response
        response.headers.append(visit.cookie.clearing)
        if visit.site.baseURL.isTrustworthy {
            response.headers[.token("Clear-Site-Data")] = "\"cache\", \"storage\""
        }
        return response
    }
}
