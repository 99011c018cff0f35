/// The path of a tile in C2SP tlog-tiles: `tile/0/x001/x234/067` for a full one, with `.p/112` for a partial one.
package struct TilePath: Hashable, Sendable {
    package let level: Int
    package let number: Int
    /// How many hashes: 256 for a full tile.
    package let width: Int

    package init(level: Int, number: Int, width: Int = Tile.width) {
        self.level = level
        self.number = number
        self.width = width
    }
}

extension TilePath: LosslessStringConvertible {
    package var description: String {
        var groups: [String] = []
        var rest = number
        repeat {
            let digits = String(rest % 1000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1000
        } while rest > 0
        let name = groups.dropLast().map { "x\($0)/" }.joined() + groups[groups.count - 1]
        return "tile/\(level)/\(name)" + (width == Tile.width ? "" : ".p/\(width)")
    }

    /// Nil for anything that is not written as `description` would.
    package init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard parts.popFirst() == "tile", let level = parts.popFirst().flatMap(PlainNumber.parse), level <= 63 else {
            return nil
        }
        var width = Tile.width
        if parts.count >= 2, parts[parts.endIndex - 2].hasSuffix(".p") {
            guard let partial = parts.popLast().flatMap(PlainNumber.parse), let last = parts.popLast() else {
                return nil
            }
            width = partial
            parts.append(last.dropLast(2))
        }
        guard !parts.isEmpty, parts.count <= 6, (1...Tile.width).contains(width) else { return nil }
        var number = 0
        for part in parts {
            guard let group = Int(part.drop { $0 == "x" }), (0...999).contains(group) else { return nil }
            number = number * 1000 + group
        }
        self.init(level: level, number: number, width: width)
        // Each path has one spelling: no superfluous groups, no full tile named as a partial one.
        guard description == text else { return nil }
    }
}
