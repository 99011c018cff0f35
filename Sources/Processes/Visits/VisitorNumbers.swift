import Crypto
package import Events
import Foundation
import HTML

package enum VisitKind: IdentifierKind { package static let name = "visit" }

/// The number that links the requests of one visit.
package typealias VisitID = Identifier<VisitKind>

/// Assigns visit numbers without storing anything in the browser (P-05.2, P-08.6).
///
/// A number is a MAC of recorded data, network and device, under a salt that is in memory for at most a day: afterwards it cannot be
/// determined whether numbers of two days belong to the same visitor, nor can a network be found by trying candidates.
struct VisitorNumbers {
    private var salt = SymmetricKey(size: .bits256)
    private var day: Int?
    /// The hour since 1970 of the last request; within one hour the Stockholm day does not change.
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

    /// Gives visitors with this network and device a new number from now on, as when one of them signs in or out.
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
