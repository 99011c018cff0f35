package import Accounts
package import Events
import SiteMap

/// A row of the visit log: one page that somebody asked for.
package struct Visit: Hashable, Sendable {
    package let time: Instant
    package var number: VisitID?
    package var member: MemberID?
    /// The route, as `/trad/{id}`, never what was typed; nil when the address led nowhere.
    package var page: String?
    /// The thread or post in it.
    var pageID: String?
    package var status: Int?
    /// A route of our own, or the origin of another site.
    package var referrer: String?
    package var device: VisitDevice?
    /// A member's address, or a visitor's network.
    package var address: String?

    package init(time: Instant) { self.time = time }

    /// What the rules allow to keep of a request; nil when they leave out the time, without which nothing could be pruned.
    ///
    /// - Parameters:
    ///   - network: the visitor's address, cut as the rules say.
    ///   - referrer: what is kept of it.
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
            // Nobody here can tell a place from an address without asking a third party, and there are no advertisements.
            case .place, .advertisement: break
            }
        }
    }

    /// What the row holds, for settings and access report; nil when it holds nothing.
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
        case .place, .advertisement: nil
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
