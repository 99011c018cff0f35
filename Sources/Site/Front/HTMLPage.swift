import Events
import Forum
import HTML
import SiteMap

/// A page: a view model that knows how to write itself between the site's header and footer.
protocol HTMLPage: Sendable {
    /// Stands in the window's title and in bookmarks; the page's one `h1` mostly says the same.
    var title: String { get }
    /// One sentence for search engines and previews; nil on pages that none of them sees.
    var summary: String? { get }
    /// The page's own address; nil on pages that search engines may not list.
    var address: SiteLink? { get }
    /// The feed of what the page lists.
    var feed: FeedLink? { get }
    /// The item of the main menu that the page belongs to.
    var menu: MainMenu? { get }
    /// The staff tab that the page belongs to; nil for all other pages.
    var staffTab: SiteLink? { get }
    var width: PageWidth { get }
    /// Whether search engines may list the page, which then holds nothing personal.
    var isIndexed: Bool { get }
    /// The members for whom the page differs from what other members without a role see; nil when it differs for each member.
    var variesFor: Set<MemberID>? { get }

    func write(into html: inout HTMLWriter)
    /// The page's content for search engines, as visitors see it; written in the body, because it may name who wrote it.
    func linkedData(at base: BaseURL) -> LinkedData?
}

/// An Atom feed, as a page names it.
struct FeedLink: Sendable {
    let title: String
    let page: SiteLink

    static let forum = FeedLink(title: "Forum", page: .feed)
}

extension HTMLPage {
    var summary: String? { nil }
    var address: SiteLink? { nil }
    var feed: FeedLink? { nil }
    var menu: MainMenu? { nil }
    var staffTab: SiteLink? { nil }
    var width: PageWidth { .normal }
    var isIndexed: Bool { false }
    var variesFor: Set<MemberID>? { nil }

    func linkedData(at base: BaseURL) -> LinkedData? { nil }
}

/// How wide the column of a page is.
enum PageWidth: Sendable {
    case normal
    /// One column for forms and long texts.
    case narrow
}

/// The main menu, in its order.
enum MainMenu: CaseIterable, Sendable {
    case forum, information, members, search

    var page: SiteLink {
        switch self {
        case .forum: .forum
        case .information: .information
        case .members: .members()
        case .search: .search()
        }
    }

    var label: String {
        switch self {
        case .forum: "Forum"
        case .information: "Information"
        case .members: "Medlemmar"
        case .search: "Sök"
        }
    }

    /// The directory shows members to members only.
    var isForMembersOnly: Bool { self == .members }

    /// Whether the item is shown on the site of a past moment, for which there are no news.
    var isShownOfThePast: Bool { self != .information }
}
