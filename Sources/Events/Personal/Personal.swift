/// A personal value as read from the log: known, or erased for ever.
package enum Personal<Value> {
    case known(Value)
    case erased

    package var value: Value? {
        switch self {
        case .known(let value): value
        case .erased: nil
        }
    }

    package func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Personal<Other> {
        switch self {
        case .known(let value): .known(try transform(value))
        case .erased: .erased
        }
    }
}

extension Personal: Sendable where Value: Sendable {}
extension Personal: Equatable where Value: Equatable {}
extension Personal: Hashable where Value: Hashable {}

extension Personal: CustomStringConvertible {
    /// Never the value: it must not reach a log line by interpolation.
    package var description: String {
        switch self {
        case .known: "known"
        case .erased: "erased"
        }
    }
}
