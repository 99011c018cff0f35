import Events
import HTML
import SiteMap

/// The addresses on a page of posts, which has a hundred of them: each is built once by `SiteLink` and split where the id goes.
struct PostAddresses {
    struct Pattern {
        let before: String
        let after: String

        /// - Parameter page: the link for an id.
        init<Kind>(_ page: (Identifier<Kind>) -> SiteLink) {
            let marker = Identifier<Kind>(rawValue: .max)
            let url = page(marker).url
            let (text, mark) = (url.utf8, Array(marker.description.utf8))
            let start = text.indices.first { text[$0] == mark[0] && text[$0...].starts(with: mark) } ?? text.endIndex
            before = String(url[..<start])
            after = String(url[start...].dropFirst(mark.count))
        }
    }

    static let post = Pattern { SiteLink.post($0) }
    static let history = Pattern { SiteLink.postHistory($0) }
    static let edit = Pattern { SiteLink.editPost($0) }
    static let delete = Pattern { SiteLink.erasePost($0) }
    static let remove = Pattern { SiteLink.removePost($0) }
    static let report = Pattern { SiteLink.report($0) }
    static let author = Pattern { SiteLink.member($0) }

    let quote: Pattern

    init(in thread: ThreadID) { quote = Pattern { SiteLink.reply(to: thread, quoting: $0) } }
}

extension HTMLWriter {
    /// Writes the beginning of a link, up to and including the address.
    mutating func anchor(_ markup: StaticString, _ pattern: PostAddresses.Pattern, _ id: String) {
        raw(markup)
        text(pattern.before)
        text(id)
        text(pattern.after)
    }
}
