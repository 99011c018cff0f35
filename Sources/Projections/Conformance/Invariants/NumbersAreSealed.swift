import Accounts
import Events

/// P-14.1: no clear part has a personal identity number.
struct NumbersAreSealed: Invariant {
    static let name = InvariantName.numbersAreSealed
    static let sources = Set(ProjectedEvent.Source.allCases)

    func take(_ event: AuditedEvent, after _: History, _ violations: inout Violations) {
        guard event.recorded.clear.bytes.hasNumberAsString(today: event.time) else { return }
        violations.add("a clear part has a personal identity number", at: event.position)
    }
}

extension [UInt8] {
    /// Whether a whole JSON string in it is a personal identity number: ten or twelve digits, with or without a sign before the last four.
    fileprivate func hasNumberAsString(today: Instant) -> Bool {
        let quote = UInt8(ascii: "\"")
        var start: Int?
        for index in indices {
            let byte = self[index]
            if byte == quote {
                if let start, (10...13).contains(index - start),
                    PersonalIdentityNumber.isOne(String(decoding: self[start..<index], as: UTF8.self), at: today)
                {
                    return true
                }
                start = index + 1
            } else if start != nil, !(0x30...0x39).contains(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "+")
            {
                start = nil
            }
        }
        return false
    }
}
