import Crypto
import Events
import Foundation
import Messaging

/// A unique envelope sender for each mail (VERP): the address of a delivery report identifies the mail, whatever the report's text says.
/// The code in it is a permutation of 128 bits under a secret of the site: it reveals nothing, and a valid code cannot be guessed.
struct ReturnPaths: Sendable {
    /// The mail that an address identifies; the kind is stored only as a 16-bit hash.
    struct Trace: Hashable, Sendable {
        let asked: Int
        let member: MemberID
        fileprivate let hint: UInt16

        func fits(_ name: MailName) -> Bool { ReturnPaths.hint(name) == hint }
    }

    private let localPart: String
    private let domain: String
    private let key: SymmetricKey

    /// - Parameter address: the base address; all mail to `name+code@domain` is delivered to it.
    init(_ address: MailAddress, log: EventLog) {
        localPart = address.localPart.lowercased()
        domain = address.domain
        key = SymmetricKey(data: log.secret("return paths"))
    }

    func address(for mail: MailKey) -> MailAddress? {
        let right = UInt64(truncatingIfNeeded: mail.asked) << 16 | UInt64(ReturnPaths.hint(mail.name))
        let (a, b) = permuted(mail.member.rawValue, right)
        return MailAddress("\(localPart)+\(Identifier<Half>(rawValue: a))\(Identifier<Half>(rawValue: b))@\(domain)")
    }

    /// Nil for an address not created here; ignores case, which may have changed in transit.
    func trace(of address: String) -> Trace? {
        let address = address.lowercased()
        let (start, end) = ("\(localPart)+", "@\(domain)")
        guard address.hasPrefix(start), address.hasSuffix(end) else { return nil }
        let code = String(address.dropFirst(start.count).dropLast(end.count))
        guard code.utf8.count == 26, let a = Identifier<Half>(String(code.prefix(13))),
            let b = Identifier<Half>(String(code.suffix(13)))
        else { return nil }
        let (left, right) = restored(a.rawValue, b.rawValue)
        return Trace(
            asked: Int(right >> 16), member: MemberID(rawValue: left), hint: UInt16(truncatingIfNeeded: right))
    }

    private enum Half: IdentifierKind { static let name = "half" }

    private static func hint(_ name: MailName) -> UInt16 {
        SHA256.hash(data: Data(name.rawValue.utf8)).prefix(2).reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// Four rounds give a permutation that is indistinguishable from random (Luby and Rackoff).
    private static let rounds: [UInt8] = [1, 2, 3, 4]

    private func permuted(_ left: UInt64, _ right: UInt64) -> (UInt64, UInt64) {
        ReturnPaths.rounds.reduce((left, right)) { halves, round in (halves.1, halves.0 ^ mixed(halves.1, round)) }
    }

    private func restored(_ left: UInt64, _ right: UInt64) -> (UInt64, UInt64) {
        ReturnPaths.rounds.reversed().reduce((left, right)) { halves, round in
            (halves.1 ^ mixed(halves.0, round), halves.0)
        }
    }

    private func mixed(_ half: UInt64, _ round: UInt8) -> UInt64 {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: [round] + withUnsafeBytes(of: half.bigEndian, Array.init))
        return mac.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
