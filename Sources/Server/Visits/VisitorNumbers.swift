import Crypto
import Events
import Foundation

enum VisitKind: IdentifierKind { static let name = "visit" }

/// The number by which the requests of one visit are told to belong together.
typealias VisitID = Identifier<VisitKind>

/// How visitors get a visit's number without anything kept in their browser (P-05.2, P-08.6).
///
/// The number comes from what is recorded anyway, network and device, under a salt that lives in memory for a day at most:
/// nobody can find out afterwards whether two days' numbers belong to the same visitor, nor try networks until one fits.
struct VisitorNumbers {
    private var salt = SymmetricKey(size: .bits256)
    private var day: Int?
    private var renewed: [VisitID: VisitID] = [:]
    private static let mostRenewed = 10_000

    mutating func number(of network: String?, _ device: VisitDevice, at time: Instant) -> VisitID {
        let number = hash(network, device, at: time)
        return renewed[number] ?? number
    }

    /// From now on visitors with this network and device have a number that they did not have before, as when one of them signed in or out.
    mutating func renew(_ network: String?, _ device: VisitDevice, at time: Instant) {
        let number = hash(network, device, at: time)
        if renewed.count >= VisitorNumbers.mostRenewed { forgetAll() }
        renewed[number] = .random()
    }

    private mutating func hash(_ network: String?, _ device: VisitDevice, at time: Instant) -> VisitID {
        let today = StockholmClock(time).day
        if today != day {
            forgetAll()
            day = today
        }
        let visitor = Data("\(network ?? "") \(device.kind.rawValue) \(device.browser.rawValue)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: visitor, using: salt)
        return VisitID(rawValue: code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private mutating func forgetAll() {
        salt = SymmetricKey(size: .bits256)
        renewed = [:]
    }
}
