import Crypto
package import Events
import Foundation
import HTML

package enum VisitKind: IdentifierKind { package static let name = "visit" }

/// The number by which the requests of one visit are told to belong together.
package typealias VisitID = Identifier<VisitKind>

/// How visitors get a visit's number without anything kept in their browser (P-05.2, P-08.6).
///
/// The number comes from what is recorded anyway, network and device, under a salt that lives in memory for a day at most:
/// nobody can find out afterwards whether two days' numbers belong to the same visitor, nor try networks until one fits.
struct VisitorNumbers {
    private var salt = SymmetricKey(size: .bits256)
    private var day: Int?
    /// The hour since 1970 of the last request: in one hour it is the same day in Stockholm.
    private var hour: Int64?
    private var known: [Visitor: VisitID] = [:]
    private var renewed: [VisitID: VisitID] = [:]
    private static let most = 10_000

    private struct Visitor: Hashable {
        let network: String?
        let device: VisitDevice
    }

    mutating func number(of network: String?, _ device: VisitDevice, at time: Instant) -> VisitID {
        let number = hash(network, device, at: time)
        return renewed[number] ?? number
    }

    /// From now on visitors with this network and device have a number that they did not have before, as when one of them signed in or out.
    mutating func renew(_ network: String?, _ device: VisitDevice, at time: Instant) {
        let number = hash(network, device, at: time)
        if renewed.count >= VisitorNumbers.most { forgetAll() }
        renewed[number] = .random()
    }

    private mutating func hash(_ network: String?, _ device: VisitDevice, at time: Instant) -> VisitID {
        renewSalt(at: time)
        let visitor = Visitor(network: network, device: device)
        if let number = known[visitor] { return number }
        let text = Data("\(network ?? "") \(device.kind.rawValue) \(device.browser.rawValue)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: text, using: salt)
        let number = VisitID(rawValue: code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
        if known.count >= VisitorNumbers.most { known = [:] }
        known[visitor] = number
        return number
    }

    private mutating func renewSalt(at time: Instant) {
        let hour = time.milliseconds / 3_600_000
        guard hour != self.hour else { return }
        self.hour = hour
        let today = StockholmClock(time).day
        guard today != day else { return }
        forgetAll()
        day = today
    }

    private mutating func forgetAll() {
        salt = SymmetricKey(size: .bits256)
        renewed = [:]
        known = [:]
    }
}
