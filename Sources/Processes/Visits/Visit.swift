package import Accounts
package import Events
import SiteMap

/// A row of the visit log: one page request.
package struct Visit: Hashable, Sendable {
    package let time: Instant
    package var number: VisitID?
    package var member: MemberID?
    /// The route, as `/trad/{id}`, never the typed path; nil if the address matched no route.
    package var page: String?
    /// The id of the thread or post in the path.
    var pageID: String?
    package var status: Int?
    /// A route of this site, or the origin of another site.
    package var referrer: String?
    package var device: VisitDevice?
    /// A member's address, or a visitor's network.
    package var address: String?

    package init(time: Instant) { self.time = time }

    /// The fields that the rules allow to be stored of a request; nil if they exclude the time, without which rows could not be pruned.
    ///
    /// - Parameters:
    ///   - network: the visitor's address, truncated as the rules say.
    ///   - referrer: the part that may be stored.
    package init?(
        _ request: VisitingRequest, number: VisitID, device: VisitDevice, network: String?, referrer: String?,
        under rules: VisitLogRules
    ) {
        guard rules.fields.contains(.time) else { return nil }
        time = request.time
        for field in rules.fields {
            switch field {
            case .time: break
            case .visit: self.number = number
            case .member: member = request.signedIn?.member
            case .page:
                page = request.route?.pattern
                pageID = request.route?.publicID(in: request.path)
            case .status: status = request.status
            case .referrer: self.referrer = referrer
            case .device: self.device = device
            case .ipAddress: address = request.signedIn == nil ? network : request.client.text.nonEmpty
            }
        }
    }

    /// The field's value for settings and access report; nil if it is empty.
    package func value(of field: VisitField) -> String? {
        switch field {
        case .time: time.description
        case .visit: number?.description
        case .member: member?.description
        case .page: page.map { $0 + (pageID.map { " (\($0))" } ?? "") }
        case .status: status.map(String.init)
        case .referrer: referrer
        case .device: device.map { "\($0.kind.rawValue), \($0.browser.rawValue)" }
        case .ipAddress: address
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
