import CSQLite

/// Checks one row of `events` by itself: how its values are stored, and what form they have.
struct RowCheck {
    let row: Statement
    let place: Finding.Place

    private static let names = EventRow.columns.split(separator: ", ").map(String.init)

    func run(_ findings: inout FindingList) {
        storage(&findings)
        require(EventForm.isName(row.raw(1)) || EventForm.isNamedID(row.raw(1)), 1, &findings)
        require(row.integer(2) > 0, 2, &findings)
        require(EventForm.isName(row.raw(3)), 3, &findings)
        require(row.integer(4) > 0, 4, &findings)
        require(EventForm.isActor(row.raw(6)), 6, &findings)
        if let causation = row.optionalInteger(7), causation < 1 || causation >= row.integer(0) {
            findings.add(place, .notEarlier, column: "causation")
        }
        require(EventForm.isCommandID(row.raw(8)), 8, &findings)
        sealing(&findings)
        if let offset = CanonicalJSON.defect(in: row.raw(13)) {
            findings.add(place, .notCanonical(offset: offset), column: "clear")
        }
    }

    private func require(_ isWellFormed: Bool, _ column: Int32, _ findings: inout FindingList) {
        if !isWellFormed { findings.add(place, .malformed, column: RowCheck.names[Int(column)]) }
    }

    private func storage(_ findings: inout FindingList) {
        for column in Int32(0)..<15 {
            let isOptional = column == 7 || (9...12).contains(column)
            let kind =
                switch column {
                case 0, 2, 4, 5, 7, 11: SQLITE_INTEGER
                case 12, 14: SQLITE_BLOB
                default: SQLITE_TEXT
                }
            let found = row.storage(column)
            if found != kind, !isOptional || found != SQLITE_NULL {
                findings.add(place, .wrongStorage, column: RowCheck.names[Int(column)])
            }
        }
    }

    private func sealing(_ findings: inout FindingList) {
        let present = (Int32(9)...12).filter { !row.isNull($0) }
        if present.isEmpty { return }
        guard present.count == 4 else { return findings.add(place, .sealedInPart) }
        require(EventForm.isNamedID(row.raw(9)), 9, &findings)
        require(EventForm.isNamedID(row.raw(10)), 10, &findings)
        require(row.integer(11) > 0, 11, &findings)
        require(row.raw(12).count >= EventForm.shortestSealed, 12, &findings)
    }
}

/// The forms of names and ids, checked in SQLite's own buffers.
enum EventForm {
    /// Nonce, an empty object, tag.
    static let shortestSealed = 12 + 2 + 16

    /// Letters a to z, digits, dots and hyphens, beginning with a letter and ending with a letter or a digit.
    static func isName(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, isLetter(first), isLetter(last) || isDigit(last) else {
            return false
        }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// `word:` and 13 digits of base 32, the value within 64 bits.
    static func isNamedID(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 14, bytes[bytes.count - 14] == UInt8(ascii: ":") else { return false }
        return isName(bytes.prefix(bytes.count - 14)) && isBase32(bytes.suffix(13), first: UInt8(ascii: "f"))
    }

    static func isActor(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: "member:".utf8) && isNamedID(bytes)
            || bytes.elementsEqual("system".utf8) || bytes.elementsEqual("visitor".utf8)
            || bytes.elementsEqual("operator".utf8)
    }

    static func isCommandID(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count == 26 && isBase32(bytes[...], first: UInt8(ascii: "7"))
    }

    /// - Parameter first: The greatest first digit that does not exceed the width.
    private static func isBase32(_ bytes: Slice<UnsafeRawBufferPointer>, first: UInt8) -> Bool {
        guard let leading = bytes.first, leading <= first else { return false }
        return bytes.allSatisfy { byte in
            // Crockford's alphabet leaves out i, l, o and u.
            isDigit(byte) || isLetter(byte) && byte != 105 && byte != 108 && byte != 111 && byte != 117
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 97 && byte <= 122 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}
