/// The key of a cached page: the requested path and the page number.
struct PageKey: Hashable, Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    static func page(_ number: Int, at path: String) -> PageKey { PageKey("\(path)?\(number)") }

    /// The key of a request target, found without parsing the query; a target spelled in any other way misses the cache.
    init(target: String) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            text = target + "?1"
            return
        }
        let query = target[target.utf8.index(after: mark)...]
        let number = query.hasPrefix("sida=") ? query.dropFirst(5) : "-"
        text = "\(target[..<mark])?\(number)"
    }

    /// In bytes.
    var size: Int { text.utf8.count }
}
