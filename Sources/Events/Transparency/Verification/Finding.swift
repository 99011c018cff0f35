/// A deviation of a log from its format, or from an earlier checkpoint. Carries no personal data.
package struct Finding: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case file
        /// A table, an index or a guard by its name.
        case schema(String)
        case identity
        case event(position: Int)
        case tile(level: Int, number: Int)
        case checkpoint
    }

    package let place: Place
    package let defect: Defect
    /// The column at fault, where it is known.
    package let column: String?

    init(_ place: Place, _ defect: Defect, column: String? = nil) {
        self.place = place
        self.defect = defect
        self.column = column
    }

    package var position: Int? { if case .event(let position) = place { position } else { nil } }
}

/// The kind of deviation at a place in the log.
package enum Defect: Hashable, Sendable {
    /// The structure of the database is broken; SQLite's message.
    case damaged(String)
    case notALog
    case unknownFormat(Int)
    case missing
    case changed
    case unexpected
    /// The rows between the one before and this one are missing.
    case gapBefore(from: Int)
    case outOfOrder
    case versionGap(expected: Int, found: Int)
    case wrongStorage
    case malformed
    case notCanonical(offset: Int)
    case earlierThanTheOneBefore
    case notEarlier
    case sealedInPart
    /// The subject was sealed under another key, or for another owner, before.
    case unlikeItsFirst
    case keyOfAnother
    case hashDiffers
    case differsFromTile
    case otherOrigin(String)
    case shorterThanCheckpoint(events: Int, size: Int)
    /// The log was continued without these positions.
    case lost(from: Int, through: Int)
    case rootDiffers(size: Int)
    case rootNotComparable
    case notSignedByKey
    case wrongSignature
}

extension Finding: CustomStringConvertible {
    package var description: String {
        let subject =
            switch place {
            case .file: "file"
            case .schema(let name): "schema, \(name)"
            case .identity: "log identity"
            case .event(let position): "position \(position)"
            case .tile(let level, let number): "tile \(level)/\(number)"
            case .checkpoint: "checkpoint"
            }
        return "\(subject)\(column.map { ", \($0)" } ?? ""): \(defect)"
    }
}

extension Defect: CustomStringConvertible {
    package var description: String {
        switch self {
        case .damaged(let words): "damaged file: \(words)"
        case .notALog: "not a log of this program"
        case .unknownFormat(let format): "format \(format) is not known to this program"
        case .missing: "missing"
        case .changed: "is not what the format says"
        case .unexpected: "does not belong here"
        case .gapBefore(let from): "positions from \(from) up to this one are missing"
        case .outOfOrder: "out of order"
        case .versionGap(let expected, let found): "version \(found) of its stream where \(expected) should follow"
        case .wrongStorage: "a value of another kind than the column's"
        case .malformed: "not of the form that the format says"
        case .notCanonical(let offset): "not canonical JSON at byte \(offset)"
        case .earlierThanTheOneBefore: "earlier than the event before"
        case .notEarlier: "not an earlier position"
        case .sealedInPart: "subject, owner, key and sealed part are not there together"
        case .unlikeItsFirst: "not the one under which the subject was first sealed"
        case .keyOfAnother: "a key number that was in use before the subject was"
        case .hashDiffers: "contents and hash do not match"
        case .differsFromTile: "its tile holds another hash"
        case .otherOrigin(let origin): "is of another log, \(origin)"
        case .shorterThanCheckpoint(let events, let size):
            "the log ends after \(events) events and the checkpoint has \(size): the newest may still lie in log.sqlite-wal; copy both files together, or make the copy with 'mikroforetag backup'"
        case .lost(let from, let through):
            "the log was restored without the events \(from) to \(through) that it covers, and goes on under a new name"
        case .rootDiffers(let size): "the first \(size) events are not those that it was made over"
        case .rootNotComparable: "cannot be compared, because not every event was found in its place"
        case .notSignedByKey: "bears no signature of the key"
        case .wrongSignature: "its signature is wrong"
        }
    }
}
