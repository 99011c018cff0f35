import Events
import HTTPTypes
import Hummingbird
import Processes
import Web

extension SiteContext {
    /// Begins a session for the member under a new token, and ends the previous session of this browser.
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

    /// Gives the session a new token; any other holder of the old token is signed out.
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

    /// Ends the session, clears its cookie and tells the browser to drop cached pages; the known-device cookie stays.
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
