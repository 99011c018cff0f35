/// A read-ahead cache of keys, for events that are read in sequence: neighbouring events mostly have neighbouring keys. Must not outlive
/// one reading: events erased afterwards must not be opened from here.
struct KeyWindow {
    private let vault: Vault
    private var keys: [Vault.WrappedKey] = []
    private var next = 0
    private var ids = 0..<0
    private var width = 4
    private static let widest = 256

    init(_ vault: Vault) { self.vault = vault }

    mutating func key(_ id: Int) throws -> Vault.Key {
        if !ids.contains(id) {
            // The id in a damaged row may be any number.
            guard id < Int.max - KeyWindow.widest, ids.isEmpty || isSoonAfter(id) else { return try vault.key(id) }
            ids = id..<(id + width)
            keys = try vault.wrappedKeys(id...(id + width - 1))
            next = 0
            width = min(width * 4, KeyWindow.widest)
        }
        if next >= keys.count || keys[next].id > id { next = 0 }
        while next < keys.count, keys[next].id < id { next += 1 }
        guard next < keys.count, keys[next].id == id else { return .missing }
        return try vault.unwrapped(keys[next])
    }

    private func isSoonAfter(_ id: Int) -> Bool {
        id >= ids.upperBound && id < ids.upperBound + KeyWindow.widest
    }
}
