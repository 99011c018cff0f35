/// Buffers values until the next flush, which writes only the last value of each key.
final class WriteBuffer<Key: Hashable, Value> {
    private var values: [Key: Value] = [:]
    private static var most: Int { 50_000 }

    var isFull: Bool { values.count >= Self.most }

    subscript(key: Key) -> Value? {
        get { values[key] }
        set { values[key] = newValue }
    }

    func takeAll() -> [Key: Value] {
        defer { values = [:] }
        return values
    }
}
