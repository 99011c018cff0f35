/// What tells a page in memory from the others: its path as it was asked for, and its number.
struct PageKey: Hashable, Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    static func page(_ number: Int, at path: String) -> PageKey { PageKey("\(path)?\(number)") }

    /// What a request asks for, as far as that can be said without reading its query; other spellings of it are in no memory.
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
