import Events
import HTML
import SiteMap

/// The addresses on a page of posts, which has a hundred of them.
struct PostAddresses {
    static let post = LinkPattern { SiteLink.post($0) }
    static let history = LinkPattern { SiteLink.postHistory($0) }
    static let edit = LinkPattern { SiteLink.editPost($0) }
    static let delete = LinkPattern { SiteLink.erasePost($0) }
    static let remove = LinkPattern { SiteLink.removePost($0) }
    static let report = LinkPattern { SiteLink.report($0) }
    static let author = LinkPattern { SiteLink.member($0) }

    let quote: LinkPattern
    /// Until when the reader can undo the deletion of a post of hers.
    let undoableUntil: [PostID: Instant]

    init(in thread: ThreadID, undoableUntil: [PostID: Instant] = [:]) {
        quote = LinkPattern { SiteLink.reply(to: thread, quoting: $0) }
        self.undoableUntil = undoableUntil
    }
}
