import Events

/// The addresses on a page of posts, a hundred of them: each is cut once where the id goes, and spelled by `Page` all the same.
struct PostAddresses {
    struct Pattern {
        let before: String
        let after: String

        /// - Parameter page: where an id leads.
        init<Kind>(_ page: (Identifier<Kind>) -> Page) {
            let marker = Identifier<Kind>(rawValue: .max)
            let url = page(marker).url
            let (text, mark) = (url.utf8, Array(marker.description.utf8))
            let start = text.indices.first { text[$0] == mark[0] && text[$0...].starts(with: mark) } ?? text.endIndex
            before = String(url[..<start])
            after = String(url[start...].dropFirst(mark.count))
        }
    }

    static let post = Pattern { Page.post($0) }
    static let history = Pattern { Page.postHistory($0) }
    static let edit = Pattern { Page.editPost($0) }
    static let delete = Pattern { Page.erasePost($0) }
    static let remove = Pattern { Page.removePost($0) }
    static let report = Pattern { Page.report($0) }
    static let author = Pattern { Page.member($0) }

    let quote: Pattern

    init(in thread: ThreadID) { quote = Pattern { Page.reply(to: thread, quoting: $0) } }
}

extension HTMLWriter {
    /// The beginning of a link, up to what may follow the address.
    mutating func anchor(_ markup: StaticString, _ pattern: PostAddresses.Pattern, _ id: String) {
        raw(markup)
        text(pattern.before)
        text(id)
        text(pattern.after)
    }
}
