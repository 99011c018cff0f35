/// A link to a page of the site: path, query and fragment, percent-encoded, ready for an attribute or a `Location` header.
///
/// Only `SiteMap` creates links, from its declared addresses.
package struct SiteLink: Hashable, Sendable {
    private let path: String
    private var query: [QueryItem] = []
    private var fragment: String?

    package init(path: String) { self.path = path }

    package var url: String {
        guard !query.isEmpty || fragment != nil else { return path }
        var url = path
        for (index, item) in query.enumerated() {
            url += index == 0 ? "?" : "&"
            url += "\(percentEncoded(item.name.rawValue))=\(percentEncoded(item.value, keeping: "/"))"
        }
        if let fragment { url += "#" + fragment }
        return url
    }

    /// The link with one more field in the query; an empty value is left out.
    package func with(_ name: FieldName, _ value: String?) -> SiteLink { with([QueryItem(name, value)]) }

    package func with(_ items: [QueryItem]) -> SiteLink {
        var link = self
        link.query += items.filter { !$0.value.isEmpty }
        return link
    }

    /// A page of a list. The first page has no number, so that it has only one address.
    package func page(_ number: Int) -> SiteLink { with("sida", number > 1 ? String(number) : nil) }

    /// - Parameter id: of an element on the page.
    package func fragment(_ id: String?) -> SiteLink {
        var link = self
        link.fragment = id
        return link
    }
}

/// One field of a link's query.
package struct QueryItem: Hashable, Sendable {
    package let name: FieldName
    package let value: String

    package init(_ name: FieldName, _ value: String?) {
        self.name = name
        self.value = value ?? ""
    }
}
