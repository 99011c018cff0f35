package import Events

/// The links to the things of one kind: built once by `SiteLink` and split where the id goes, for pages with hundreds of them.
package struct LinkPattern: Sendable {
    let before: String
    let after: String

    /// - Parameter page: the link for an id.
    package init<Kind>(_ page: (Identifier<Kind>) -> SiteLink) {
        let marker = Identifier<Kind>(rawValue: .max)
        let url = page(marker).url
        let (text, mark) = (url.utf8, Array(marker.description.utf8))
        let start = text.indices.first { text[$0] == mark[0] && text[$0...].starts(with: mark) } ?? text.endIndex
        before = String(url[..<start])
        after = String(url[start...].dropFirst(mark.count))
    }
}
