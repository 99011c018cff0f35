/// The part of an address after the question mark.
struct Query: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        let name: FieldName
        let value: String

        init(_ name: FieldName, _ value: String?) {
            self.name = name
            self.value = value ?? ""
        }
    }

    private let items: [Item]

    /// Empty items leave no trace in the address.
    init(_ items: [Item] = []) { self.items = items.filter { !$0.value.isEmpty } }

    init(_ name: FieldName, _ value: String?) { self.init([Item(name, value)]) }

    /// The first page needs no number: it has one address only.
    static func page(_ number: Int) -> Query { Query("sida", number > 1 ? String(number) : nil) }

    func and(_ other: Query) -> Query { Query(items + other.items) }

    func appended(to path: String) -> String {
        guard !items.isEmpty else { return path }
        let pairs = items.map { "\(percentEncoded($0.name.rawValue))=\(percentEncoded($0.value, keeping: "/"))" }
        return path + "?" + pairs.joined(separator: "&")
    }
}
